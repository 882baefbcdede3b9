"""From the bytes of a surveyed workbook to sheets, by way of the converter."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from service.domain.errors import BrokenDocument
from service.ingest.fragments import Cell
from service.ingest.limits import Limits
from service.ingest.sheets.sheet import Sheet
from service.ingest.sheets.survey import Place, SheetFacts
from service.ingest.sheets.values import printed

_Made = TypeVar("_Made")
#: What the converter raises where its own code runs into a wall; the class cannot be imported.
_PANIC = "PanicException"


class Book:
    """A workbook in the converter's hands; its cells are laid out one sheet at a time."""

    def __init__(self, data: bytes, facts: Sequence[SheetFacts], *, damaged: str) -> None:
        """Open a workbook.

        Args:
            data: the file, surveyed before: the converter itself knows no limits.
            facts: what the survey found, one for each sheet.
            damaged: the Chinese detail of the error for a file that the converter refuses.

        Raises:
            BrokenDocument: if the converter refuses the file.
        """
        self._damaged, self._facts = damaged, facts
        self._workbook = self._guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))
        sheets = [(n, s) for n, s in enumerate(self._workbook.sheets_metadata) if s.typ is SheetTypeEnum.WorkSheet]
        if len(self._workbook.sheets_metadata) != len(facts):
            raise BrokenDocument(damaged)
        self._shown = tuple(number for number, sheet in sheets if sheet.visible is SheetVisibleEnum.Visible)
        self.hidden = tuple(sheet.name for _, sheet in sheets if sheet.visible is not SheetVisibleEnum.Visible)

    def sheets(self, limits: Limits) -> Iterator[tuple[Sheet, SheetFacts]]:
        """Yield the visible worksheets in the order of their tabs.

        Raises:
            BrokenDocument: if the converter refuses a sheet.
            DocumentTooLarge: if merged cells cover more places than a document may have cells.
        """
        for number in self._shown:
            sheet = self._guarded(lambda number=number: self._workbook.get_sheet_by_index(number))  # type: ignore[misc]
            facts = self._facts[number]
            yield Sheet(sheet.name, tuple(_cells(sheet, facts.formats, limits))), facts

    def _guarded(self, act: Callable[[], _Made]) -> _Made:
        try:
            return act()
        except (CalamineError, OSError, ValueError) as error:
            raise BrokenDocument(self._damaged) from error
        except BaseException as error:
            if type(error).__name__ != _PANIC:
                raise
            raise BrokenDocument(self._damaged) from error


def _cells(sheet: CalamineSheet, formats: Mapping[Place, str], limits: Limits) -> Iterator[Cell]:
    if sheet.start is None or sheet.end is None:
        return
    top, left = sheet.start
    spans, covered = _merged(sheet, sheet.end, limits)
    for row, values in enumerate(sheet.to_python(), start=top):
        for column, value in enumerate(values, start=left):
            place = (row, column)
            if value == "" or place in covered:
                continue
            text = printed(value, formats.get(place, ""))
            if text:
                rows, columns = spans.get(place, (1, 1))
                yield Cell(row, column, text, rows, columns)


def _merged(sheet: CalamineSheet, end: Place, limits: Limits) -> tuple[dict[Place, Place], set[Place]]:
    """Return the merged ranges, cut off at the last filled cell, and the places that they hide."""
    spans: dict[Place, Place] = {}
    covered: set[Place] = set()
    places = 0
    for first, last in sheet.merged_cell_ranges or ():
        rows, columns = min(last[0], end[0]) - first[0] + 1, min(last[1], end[1]) - first[1] + 1
        if rows < 1 or columns < 1:
            continue
        places += rows * columns
        limits.check_cells(places)
        spans[first] = (rows, columns)
        covered.update((first[0] + row, first[1] + column) for row in range(rows) for column in range(columns))
        covered.discard(first)
    return spans, covered
