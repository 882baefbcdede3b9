"""Tables that reach us as lines of text: columns parted by tabs or bars."""

from __future__ import annotations

import re

from corpora.schema.document import Table
from corpora.schema.span import Span
from models.plans.columns import is_header

_RULE = re.compile(r"[\s|｜:：\-—+]*$")
_BARS = re.compile(r"[|｜]")


def find_text_tables(text: str) -> tuple[tuple[Span, Table], ...]:
    """Return the stretches of `text` that print a table with a header line, each with its grid."""
    found: list[tuple[Span, Table]] = []
    lines = _lines(text)
    index = 0
    while index < len(lines):
        separator = _separator(lines[index].of(text))
        header = _cells(text, lines[index], separator) if separator else []
        if len(header) < 3 or not is_header(text, header):
            index += 1
            continue
        end = index + 1
        while end < len(lines) and separator and re.search(separator, lines[end].of(text)):
            end += 1
        rows = [_cells(text, line, separator or "\t") for line in lines[index:end] if not _RULE.match(line.of(text))]
        grid = tuple(tuple((*row, *[None] * len(header))[: len(header)]) for row in rows)
        if len(grid) > 1:
            found.append((Span(lines[index].start, lines[end - 1].end), Table(len(found), grid)))
        index = end
    return tuple(found)


def _lines(text: str) -> list[Span]:
    return [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]


def _separator(line: str) -> str | None:
    if line.count("\t") >= 2:
        return r"\t"
    return r"[|｜]" if len(_BARS.findall(line)) >= 2 else None


def _cells(text: str, line: Span, separator: str) -> list[Span | None]:
    start, end = line.start, line.end
    if separator != r"\t":
        while start < end and text[start] in " \t|｜":
            start += 1
        while start < end and text[end - 1] in " \t|｜":
            end -= 1
    cells: list[Span | None] = []
    position = start
    for match in re.finditer(separator, text[start:end]):
        cells.append(_trim(text, position, start + match.start()))
        position = start + match.end()
    cells.append(_trim(text, position, end))
    return cells


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
