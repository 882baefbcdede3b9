"""Marks that carry paragraphs and tables through a converter which knows text only.

A mark is one letter and its arguments between two code points that no text may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_OPEN, _CLOSE = 0xFDD0, 0xFDD1
#: Code points that are never characters; a text that names them means nothing by it.
NONCHARACTERS = range(0xFDD0, 0xFDF0)
_MARK = re.compile(f"{chr(_OPEN)}([PLCRDE])([^{chr(_OPEN)}{chr(_CLOSE)}]*){chr(_CLOSE)}")


class Mark(StrEnum):
    """What ends where a mark stands; the value is its letter."""

    PARAGRAPH = "P"
    LINE = "L"
    CELL = "C"
    ROW = "R"
    NESTED_CELL = "D"
    NESTED_ROW = "E"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the mark that ends it; the last one has none."""

    text: str
    mark: Mark | None = None
    arguments: str = ""


def write_mark(mark: Mark, arguments: str = "") -> str:
    """Return a mark as RTF."""
    return f"{{\\uc0\\u{_OPEN} {mark}{arguments}\\u{_CLOSE} }}"


def split_at_marks(text: str) -> Iterator[Piece]:
    """Yield a converted text piece by piece."""
    place = 0
    for match in _MARK.finditer(text):
        yield Piece(text[place : match.start()], Mark(match.group(1)), match.group(2))
        place = match.end()
    yield Piece(text[place:])
