"""Folder in, NDJSON out: every readable file analysed once, failures listed, resumable by content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.domain.errors import MingzeError

RESULTS = "results.ndjson"
FAILURES = "failed.ndjson"


@dataclass(frozen=True, slots=True)
class BulkProgress:
    """One file dealt with: done now, done in an earlier run, or failed with a reason."""

    path: str
    outcome: str
    reason: str | None = None


def sources(folder: Path) -> tuple[Path, ...]:
    """Return the files under a folder in a fixed order; hidden files and folders are left out."""
    found = (path for path in folder.rglob("*") if path.is_file())
    visible = (p for p in found if not any(part.startswith(".") for part in p.relative_to(folder).parts))
    return tuple(sorted(visible))


def run(
    folder: Path,
    out: Path,
    *,
    analyse: Callable[[bytes, str], dict[str, Any]],
    model: str,
) -> Iterator[BulkProgress]:
    """Analyse every file under `folder`, and write one line per file to ``results.ndjson``.

    Args:
        folder: where the files are.
        out: where the results go; results of an earlier run with the same model are kept.
        analyse: bytes and file name to the ``analyze`` object; raises our errors.
        model: name and version of the model; results of another model are done again.

    A line counts as done when it is whole: a run that was killed leaves at most one half line, which is cut
    off and done again.
    """
    out.mkdir(parents=True, exist_ok=True)
    results, failures = out / RESULTS, out / FAILURES
    done = _kept(results, model)
    with results.open("a", encoding="utf-8") as stream, failures.open("w", encoding="utf-8") as failed:
        for path in sources(folder):
            name = path.relative_to(folder).as_posix()
            try:
                data = path.read_bytes()
                digest = hashlib.sha256(data).hexdigest()
                if (name, digest) in done:
                    yield BulkProgress(name, "kept")
                    continue
                line = {"path": name, "sha256": digest, "model_id": model, **analyse(data, path.name)}
            except (MingzeError, OSError) as error:
                entry = _failure(name, error)
                failed.write(json.dumps(entry, ensure_ascii=False) + "\n")
                failed.flush()
                yield BulkProgress(name, "failed", entry["detail"])
                continue
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")
            stream.flush()
            yield BulkProgress(name, "done")


def _failure(name: str, error: MingzeError | OSError) -> dict[str, str]:
    if isinstance(error, MingzeError):
        return {"path": name, "code": error.code, "title": error.title, "detail": error.detail}
    return {
        "path": name,
        "code": "unreadable-file",
        "title": "文件无法读取",
        "detail": f"无法读取文件：{error.strerror}",
    }


def _kept(results: Path, model: str) -> set[tuple[str, str]]:
    """Return the (path, hash) of finished lines; lines of other models and a half line at the end are dropped."""
    if not results.exists():
        return set()
    done: set[tuple[str, str]] = set()
    aside = results.with_suffix(".ndjson.part")
    with results.open("rb") as source, aside.open("wb") as target:
        for raw in source:
            entry = _parse(raw)
            if entry is not None and entry.get("model_id") == model:
                target.write(raw)
                done.add((str(entry["path"]), str(entry["sha256"])))
    aside.replace(results)
    return done


def _parse(raw: bytes) -> dict[str, Any] | None:
    if not raw.endswith(b"\n"):
        return None
    try:
        entry = json.loads(raw)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and {"path", "sha256"} <= entry.keys() else None
