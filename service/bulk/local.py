"""Documents in, NDJSON out: every readable one analysed once, failures listed, resumable by content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TextIO

from service.bulk.claim import claimed
from service.bulk.results import put_in_order, take_over
from service.bulk.sources import Entry, Source
from service.domain.errors import MingzeError
from service.domain.filesystem import os_reason
from service.domain.records import DocumentRecord

RESULTS = "results.ndjson"
FAILURES = "failed.ndjson"

Analyse = Callable[[bytes | DocumentRecord, str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class BulkProgress:
    """One document dealt with: done now, kept from an earlier run, or failed with a reason."""

    path: str
    outcome: Literal["done", "kept", "failed"]
    reason: str = ""


def run(source: Source, out: Path, *, analyse: Analyse, stamp: Mapping[str, Any]) -> Iterator[BulkProgress]:
    """Analyse every document of `source`, and write one line for each to ``results.ndjson``.

    Args:
        source: the documents.
        out: where the results go; results of an earlier run are kept if document and stamp are the same.
        analyse: content and file name to the ``analyze`` object; raises our errors.
        stamp: what the results depend on beside the documents (model, program, options); a part of every line.

    A line counts as done when it is whole: a run that was killed leaves at most one half line, which is cut off and
    done again. At the end the lines stand in the order of the source, one for each document that could be read.

    Raises:
        FolderInUse: if another run writes into `out`.
        OSError: if the results cannot be written.
    """
    out.mkdir(parents=True, exist_ok=True)
    with claimed(out):
        yield from _run(source, out, analyse, stamp)


def _run(source: Source, out: Path, analyse: Analyse, stamp: Mapping[str, Any]) -> Iterator[BulkProgress]:
    results = out / RESULTS
    done = take_over(results, stamp)
    finished: list[str] = []
    with results.open("a", encoding="utf-8") as stream, (out / FAILURES).open("w", encoding="utf-8") as failed:
        for entry in source.entries():
            outcome = _step(entry, done, analyse, stamp)
            if isinstance(outcome, dict):
                _append(stream, outcome)
                outcome = BulkProgress(entry.path, "done")
            elif isinstance(outcome, MingzeError | OSError):
                failure = _failure(entry.path, outcome)
                _append(failed, failure)
                outcome = BulkProgress(entry.path, "failed", failure["detail"])
            if outcome.outcome != "failed":
                finished.append(entry.path)
            yield outcome
    put_in_order(results, finished)


def _step(
    entry: Entry, done: Mapping[str, str], analyse: Analyse, stamp: Mapping[str, Any]
) -> BulkProgress | dict[str, Any] | MingzeError | OSError:
    """Return the line of a document, the note that it is there already, or the error."""
    try:
        content = entry.load()
        digest = _digest(content)
        if done.get(entry.path) == digest:
            return BulkProgress(entry.path, "kept")
        return {"path": entry.path, "sha256": digest, **stamp, **analyse(content, entry.name)}
    except (MingzeError, OSError) as error:
        return error


def _digest(content: bytes | DocumentRecord) -> str:
    data = content if isinstance(content, bytes) else content.model_dump_json().encode()
    return hashlib.sha256(data).hexdigest()


def _append(stream: TextIO, line: Mapping[str, Any]) -> None:
    stream.write(json.dumps(line, ensure_ascii=False) + "\n")
    stream.flush()


def _failure(path: str, error: MingzeError | OSError) -> dict[str, str]:
    if isinstance(error, MingzeError):
        return {"path": path, "code": error.code, "title": error.title, "detail": error.detail}
    return {"path": path, "code": "unreadable-file", "title": "文件无法读取", "detail": os_reason(error)}
