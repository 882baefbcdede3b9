"""The results of a bulk run on disk: NDJSON that is only appended to, and put in order at the end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


def take_over(results: Path, stamp: Mapping[str, Any]) -> dict[str, str]:
    """Keep the whole lines of an earlier run that bear `stamp`; drop all others, and a half line at the end.

    Returns:
        Path to content hash of the documents that are done.
    """
    if not results.exists():
        return {}
    done: dict[str, str] = {}
    aside = _aside(results)
    with results.open("rb") as source, aside.open("wb") as target:
        for raw in source:
            entry = _parse(raw)
            if entry is not None and all(entry.get(key) == value for key, value in stamp.items()):
                target.write(raw)
                done[str(entry["path"])] = str(entry["sha256"])
    aside.replace(results)
    return done


def put_in_order(results: Path, paths: Iterable[str]) -> None:
    """Leave one line for each of `paths`, its last one, in this order; lines of other documents go."""
    places: dict[str, tuple[int, int]] = {}
    aside, at = _aside(results), 0
    with results.open("rb") as source:
        for raw in source:
            entry = _parse(raw)
            if entry is not None:
                places[str(entry["path"])] = at, len(raw)
            at += len(raw)
    with results.open("rb") as source, aside.open("wb") as target:
        for start, length in (places[path] for path in paths if path in places):
            source.seek(start)
            target.write(source.read(length))
    aside.replace(results)


def _aside(results: Path) -> Path:
    return results.with_name(f"{results.name}.part")


def _parse(raw: bytes) -> dict[str, Any] | None:
    """Return the entry of a whole line."""
    if not raw.endswith(b"\n"):
        return None
    try:
        entry = json.loads(raw)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and {"path", "sha256"} <= entry.keys() else None
