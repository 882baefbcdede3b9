"""`mingze classify` and `mingze extract`: a record a line in, an answer a line out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from service.cli.streams import (
    DONE,
    SOME_FAILED,
    complain,
    dump,
    on_terminal,
    progress_bar,
    read_lines,
    text_by_place,
    writing,
)
from service.domain.errors import InvalidRequest, MingzeError
from service.domain.filesystem import os_reason

Record = TypeVar("Record")

#: Records that are answered together; also how often the progress bar moves.
_CHUNK = 256


def answer_file(
    source: Path,
    target: Path | None,
    *,
    parse: Callable[[object], Record],
    answer: Callable[[Sequence[Record]], list[dict[str, Any]]],
) -> int:
    """Answer every record of a JSON Lines file, in order; bad lines are named and left out.

    Returns:
        The exit status.

    Raises:
        OSError: if the answers cannot be written.
    """
    try:
        read = list(_records(source, parse))
    except OSError as error:
        complain(str(source), os_reason(error))
        return SOME_FAILED
    records = [record for record in read if record is not None]
    with writing(target) as stream, progress_bar(silent=on_terminal(target)) as progress:
        task = progress.add_task(source.name, total=len(records))
        for start in range(0, len(records), _CHUNK):
            chunk = records[start : start + _CHUNK]
            stream.writelines(dump(found) + "\n" for found in answer(chunk))
            progress.advance(task, len(chunk))
    return DONE if len(records) == len(read) else SOME_FAILED


def _records(source: Path, parse: Callable[[object], Record]) -> Iterator[Record | None]:
    """Yield the record of each line; ``None`` for one that is wrong, after saying so."""
    for line in read_lines(source):
        try:
            if line.error is not None:
                raise InvalidRequest(line.error)
            value = text_by_place(line.value, source.parent) if isinstance(line.value, dict) else line.value
            yield parse(value)
        except MingzeError as error:
            complain(f"{source}:{line.number}", error.detail)
            yield None
