"""`mingze classify` and `mingze extract`: a record a line in, an answer a line out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from rich.progress import Progress

from service.cli.streams import DONE, SOME_FAILED, complain, dump, read_lines, text_by_place, writing
from service.domain.errors import InvalidRequest, MingzeError

Record = TypeVar("Record")

#: Records that are answered together; also how often the progress bar moves.
_CHUNK = 256


def answer_file(
    source: Path,
    target: Path | None,
    *,
    parse: Callable[[object], Record],
    answer: Callable[[Sequence[Record]], list[dict[str, Any]]],
    progress: Progress,
) -> int:
    """Answer every record of a JSON Lines file, in order; bad lines are named and left out.

    Returns:
        The exit status.
    """
    records: list[Record] = []
    failed = False
    for line in read_lines(source):
        try:
            if line.error is not None:
                raise InvalidRequest(line.error)
            value = text_by_place(line.value, source.parent) if isinstance(line.value, dict) else line.value
            records.append(parse(value))
        except MingzeError as error:
            failed = True
            complain(f"{source}:{line.number}", error.detail)
    with writing(target) as stream, progress:
        task = progress.add_task(source.name, total=len(records))
        for start in range(0, len(records), _CHUNK):
            chunk = records[start : start + _CHUNK]
            for found in answer(chunk):
                stream.write(dump(found) + "\n")
            progress.advance(task, len(chunk))
    return SOME_FAILED if failed else DONE
