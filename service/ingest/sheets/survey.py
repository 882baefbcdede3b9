"""What a workbook holds, counted cell by cell before the converter loads it, and what the converter does not tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from service.domain.errors import DocumentTooLarge
from service.ingest.limits import Limits

Place: TypeAlias = tuple[int, int]

#: The converter lays out every place between the first and the last filled cell of a sheet; so many fit in 150 MB.
_MAX_PLACES = 4_000_000


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Facts about the cells of one sheet; places are (row, column) from 0.

    Attributes:
        formats: number formats as the file spells them; cells in the general format are left out.
        unvalued: formulas without a result: it was not saved, or (.xls, which does not tell) is no character.
        failed: cells that hold an error such as ``#REF!``.
    """

    formats: Mapping[Place, str]
    unvalued: tuple[Place, ...] = ()
    failed: tuple[Place, ...] = ()


class Tally:
    """Sums over all sheets of a workbook, held against the limits while they grow."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._cells = self._characters = self._places = 0

    def add_cell(self) -> None:
        """Count a filled cell.

        Raises:
            DocumentTooLarge: if the workbook holds more cells than allowed.
        """
        self._cells += 1
        self._limits.check_cells(self._cells)

    def add_characters(self, count: int) -> None:
        """Count the characters of a cell.

        Raises:
            DocumentTooLarge: if the workbook holds more characters than allowed.
        """
        self._characters += count
        self._limits.check_characters(self._characters)

    def add_extent(self, first: Place, last: Place) -> None:
        """Count the places between two corners.

        Raises:
            DocumentTooLarge: if filled cells lie so far apart that the sheet cannot be laid out.
        """
        self._places += (last[0] - first[0] + 1) * (last[1] - first[1] + 1)
        if self._places > _MAX_PLACES:
            raise DocumentTooLarge(
                f"工作表的内容一直延伸到 {address(last)} 单元格，范围过大，请删去台账以外的内容后重新保存再上传"
            )


class SheetSurvey:
    """Grows the facts about one sheet cell by cell."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._formats: dict[Place, str] = {}
        self._unvalued: list[Place] = []
        self._failed: list[Place] = []
        self._corners: tuple[Place, Place] | None = None

    def add(self, place: Place, *, characters: int = 0, code: str = "") -> None:
        """Note a cell with a value; `code` is its number format, empty for the general one."""
        self._tally.add_cell()
        self._tally.add_characters(characters)
        first, last = self._corners or (place, place)
        self._corners = (
            (min(first[0], place[0]), min(first[1], place[1])),
            (max(last[0], place[0]), max(last[1], place[1])),
        )
        if code:
            self._formats[place] = code

    def add_characters(self, count: int) -> None:
        """Note the length of a text that the file keeps apart from its cell."""
        self._tally.add_characters(count)

    def add_unvalued(self, place: Place) -> None:
        """Note a formula without a result."""
        self._tally.add_cell()
        self._unvalued.append(place)

    def add_failed(self, place: Place) -> None:
        """Note a cell that holds an error."""
        self.add(place)
        self._failed.append(place)

    def finish(self) -> SheetFacts:
        """Return the facts.

        Raises:
            DocumentTooLarge: if filled cells lie too far apart.
        """
        if self._corners is not None:
            self._tally.add_extent(*self._corners)
        return SheetFacts(self._formats, tuple(self._unvalued), tuple(self._failed))


def address(place: Place) -> str:
    """Return the address of a cell as spreadsheets print it: ``D5`` for (4, 3)."""
    row, column = place
    letters = ""
    number = column + 1
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row + 1}"
