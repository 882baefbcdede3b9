"""A sheet as read: its filled cells, still where the file has them."""

from __future__ import annotations

from dataclasses import dataclass

from service.ingest.fragments import Cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """The filled cells of one sheet, row by row from left to right; merged ones begin where their range does."""

    name: str
    cells: tuple[Cell, ...]
