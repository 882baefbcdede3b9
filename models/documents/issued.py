"""When a document was issued: the date under its signature, or else the one in its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from models.deadlines.numerals import parse_number

_DIGIT = "0-9０-９〇○零一二三四五六七八九十"
_DATE = re.compile(
    rf"(?P<year>[{_DIGIT}]{{4}})\s*[年./-]\s*(?P<month>[{_DIGIT}]{{1,2}})\s*[月./-]\s*(?P<day>[{_DIGIT}]{{1,3}})\s*日?"
)
#: Words around a date that make it something else than the date of issue.
_OTHER = re.compile(r"截至|截止|至|—|－|~|公示|前|以来|期间|起")
_EDGE_LINES = 12
_LONGEST_LINE = 40


def issued_on(text: str) -> date | None:
    """Return the date of issue, or ``None`` where the text prints none.

    A signature date stands alone on a short line near the end; failing that, a dated line near the beginning
    (a newspaper's or a web page's) counts.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in (*reversed(lines[-_EDGE_LINES:]), *lines[:_EDGE_LINES]):
        if len(line) <= _LONGEST_LINE and not _OTHER.search(line):
            for found in _dates(line):
                return found
    return None


def _dates(line: str) -> Iterator[date]:
    for match in _DATE.finditer(line):
        year, month, day = (parse_number(match[name]) for name in ("year", "month", "day"))
        if year and month and day and 1949 <= year <= 2100 and month <= 12:
            try:
                yield date(year, month, day)
            except ValueError:
                continue
