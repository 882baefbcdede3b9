"""Input and output of the command line: JSON Lines, error lines, files replaced in one step."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from service.domain.errors import InvalidRequest

#: Exit statuses of every command.
DONE, SOME_FAILED, WRONG_USAGE = 0, 1, 2


def complain(place: str, reason: str) -> None:
    """Write one error line: ``mingze: FILE: reason``."""
    line = " ".join(reason.split())
    sys.stderr.write(f"mingze: {place}: {line}\n")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a JSON Lines file: its number from 1, and its value or what is wrong with it."""

    number: int
    value: object = None
    error: str | None = None


def read_lines(path: Path) -> Iterator[Line]:
    """Read JSON Lines; ``-`` is standard input; blank lines are skipped, bad ones reported as such.

    Raises:
        OSError: if the file cannot be opened.
    """
    stream = sys.stdin.buffer if str(path) == "-" else path.open("rb")
    with stream:
        for number, raw in enumerate(stream, 1):
            text = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
            if not text.strip():
                continue
            try:
                yield Line(number, json.loads(text))
            except ValueError as error:
                yield Line(number, error=f"不是合法的 UTF-8 JSON：{error}")


@contextmanager
def writing(path: Path | None) -> Iterator[TextIO]:
    """Open an output: a file that appears only when complete, or standard output for ``None`` and ``-``."""
    if path is None or str(path) == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    aside = Path(temporary)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            yield stream
        aside.chmod(0o644)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def dump(value: Any) -> str:  # noqa: ANN401  whatever JSON can hold
    """Return a value as one line of JSON, Chinese unescaped."""
    return json.dumps(value, ensure_ascii=False)


def text_by_place(value: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Fill in ``text`` of a record that gives its place instead: ``file``, ``start``, ``end``.

    The file is looked for beside the JSON Lines file, then one folder up.

    Raises:
        InvalidRequest: if the file is not there or the place lies outside of it.
    """
    if "text" in value or not isinstance(value.get("file"), str):
        return value
    name, start, end = value["file"], value.get("start"), value.get("end")
    path = next((p for p in (folder / name, folder.parent / name) if p.is_file()), None)
    if path is None:
        raise InvalidRequest(f"记录所指的文件 {name!r} 不存在")
    text = path.read_text(encoding="utf-8")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        raise InvalidRequest(f"记录所指的位置 {start!r}..{end!r} 不在文件 {name!r} 之内")
    return {**value, "text": text[start:end]}
