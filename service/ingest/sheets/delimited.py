"""Tables in text files: which character parts the fields, and what the fields hold."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.ingest.fragments import Cell
from service.ingest.limits import Limits

_DELIMITERS = ",\t;|，；"
_NAMED_DELIMITER = re.compile(r"sep=(.)\r?\n")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_SAMPLE = 64 * 1024
_SAMPLE_ROWS = 50


@dataclass(frozen=True, slots=True)
class Fields:
    """The filled fields of a text file.

    Attributes:
        warnings: Chinese sentences.
    """

    cells: tuple[Cell, ...]
    warnings: tuple[str, ...] = ()


def read_fields(text: str, limits: Limits) -> Fields:
    """Read the fields of a text file; quoted ones may hold line breaks.

    Raises:
        DocumentTooLarge: if there are more fields than a document may have cells.
    """
    named = _NAMED_DELIMITER.match(text)
    body = text[named.end() :] if named else text
    delimiter = named[1] if named else _delimiter(body)
    try:
        return Fields(tuple(_cells(_rows(body, delimiter, quoted=True), limits)))
    except csv.Error:
        cells = tuple(_cells(_rows(body, delimiter, quoted=False), limits))
        return Fields(cells, ("有引号不成对，已按普通字符读取，个别单元格可能被拆开，请核对",))


def _delimiter(text: str) -> str:
    """Return the character that parts most rows into the same number of fields; a comma if there is none."""
    lines = [line for line in _QUOTED.sub("", text[:_SAMPLE]).splitlines()[:_SAMPLE_ROWS] if line.strip()]

    def steadiness(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        usual = max(set(counts) - {0}, key=lambda count: (counts.count(count), count), default=0)
        return (counts.count(usual) if usual else 0), usual

    return max(_DELIMITERS, key=lambda delimiter: (*steadiness(delimiter), -_DELIMITERS.index(delimiter)))


def _rows(text: str, delimiter: str, *, quoted: bool) -> Iterator[Sequence[str]]:
    """Yield the rows.

    Raises:
        csv.Error: if quotation marks do not match.
    """
    if quoted:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    else:
        yield from (line.split(delimiter) for line in text.splitlines())


def _cells(rows: Iterator[Sequence[str]], limits: Limits) -> Iterator[Cell]:
    count = 0
    for row, fields in enumerate(rows):
        for column, field in enumerate(fields):
            content = field.replace("\r\n", "\n").replace("\r", "\n").strip()
            if content:
                count += 1
                limits.check_cells(count)
                yield Cell(row, column, content)
