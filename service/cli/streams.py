"""Input and output of the command line: JSON Lines, error lines, files replaced in one step."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from service.domain.errors import InvalidRequest
from service.domain.filesystem import os_reason, printable_path
from service.domain.jsontext import parse_json

#: Exit statuses of every command.
DONE, SOME_FAILED, WRONG_USAGE = 0, 1, 2


def complain(place: str, reason: str) -> None:
    """Write one error line: ``mingze: FILE: reason``."""
    line = f"{printable_path(place)}: {reason}"
    sys.stderr.write(f"mingze: {' '.join(line.split())}\n")


def progress_bar(*, silent: bool = False) -> Progress:
    """Return a progress bar on standard error; it stays silent where that is no terminal, or if told to."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=silent or not console.is_terminal,
    )


def on_terminal(path: Path | None) -> bool:
    """Say whether what is written to `path` appears on a terminal, where a progress bar would be in the way."""
    return (path is None or str(path) == "-") and sys.stdout.isatty()


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
            if not raw.strip(b" \t\r\n\xef\xbb\xbf"):
                continue
            try:
                yield Line(number, parse_json(raw))
            except InvalidRequest as error:
                yield Line(number, error=error.detail)


@contextmanager
def writing(path: Path | None) -> Iterator[TextIO]:
    """Open an output: a file that appears only when complete, or standard output for ``None`` and ``-``.

    What exists and is no ordinary file, such as a device or a pipe, is written to and not replaced.

    Raises:
        OSError: if it cannot be written.
    """
    if path is None or str(path) == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8") as stream:
            yield stream
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        stream = aside.open("w", encoding="utf-8")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        with stream:
            yield stream
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def dump(value: Any) -> str:  # noqa: ANN401  whatever JSON can hold
    """Return a value as one line of JSON, Chinese unescaped."""
    return json.dumps(value, ensure_ascii=False)


def text_by_place(value: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Fill in ``text`` of a record that gives its place instead: ``file``, ``start``, ``end``.

    The file is looked for beside the JSON Lines file, then one folder up, and nowhere else.

    Raises:
        InvalidRequest: if the file is not there or the place lies outside of it.
    """
    if "text" in value or not isinstance(value.get("file"), str):
        return value
    name, start, end = value["file"], value.get("start"), value.get("end")
    text = _text_beside(name, folder)
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        raise InvalidRequest(f"记录所指的位置 {start!r}..{end!r} 不在文件 {name!r} 之内")
    return {**value, "text": text[start:end]}


def _text_beside(name: str, folder: Path) -> str:
    for place in (folder.resolve(), folder.resolve().parent):
        path = (place / name).resolve() if "\x00" not in name else place
        if path.is_relative_to(place) and path.is_file():
            try:
                return path.read_text(encoding="utf-8")
            except UnicodeDecodeError as error:
                raise InvalidRequest(f"记录所指的文件 {name!r} 不是 UTF-8 编码") from error
            except OSError as error:
                raise InvalidRequest(f"记录所指的文件 {name!r} 无法读取：{os_reason(error)}") from error
    raise InvalidRequest(f"记录所指的文件 {name!r} 不存在")
