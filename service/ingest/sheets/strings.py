"""How long the shared strings of an .xls workbook are; their text is left to the converter."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08
_HEAD = 8


def shared_lengths(records: Sequence[bytes]) -> tuple[int, ...]:
    """Return the length in UTF-16 units of every shared string.

    Args:
        records: the table of shared strings and the records that continue it.

    Raises:
        struct.error: if the table is damaged.
    """
    if not records:
        return ()
    count = struct.unpack_from("<I", records[0], 4)[0]
    walk = _Walk(records)
    lengths: list[int] = []
    while len(lengths) < count and walk.go_on():
        lengths.append(walk.read_string())
    return tuple(lengths)


class _Walk:
    """A place in the table, which may lie in any of its records."""

    def __init__(self, records: Sequence[bytes]) -> None:
        self._records, self._number, self._place = records, 0, _HEAD

    def go_on(self) -> bool:
        """Step into the next record at the end of one; return whether anything is left."""
        while self._number < len(self._records) and self._left() <= 0:
            self._number, self._place = self._number + 1, 0
        return self._number < len(self._records)

    def read_string(self) -> int:
        length, flags = struct.unpack_from("<HB", self._records[self._number], self._place)
        self._place += 3
        trailer = 0
        if flags & _RICH:
            trailer += 4 * self._read("<H")
        if flags & _EXTENDED:
            trailer += self._read("<I")
        self._skip_characters(length, wide=bool(flags & _WIDE))
        self._skip_bytes(trailer)
        return int(length)

    def _left(self) -> int:
        return len(self._records[self._number]) - self._place

    def _read(self, form: str) -> int:
        value = struct.unpack_from(form, self._records[self._number], self._place)[0]
        self._place += struct.calcsize(form)
        return int(value)

    def _skip_characters(self, left: int, *, wide: bool) -> None:
        """Skip characters; a record that goes on with them says anew how wide they are."""
        while left:
            width = 2 if wide else 1
            here = max(0, min(left, self._left() // width))
            self._place += here * width
            left -= here
            if left:
                self._number, self._place = self._number + 1, 0
                if self._number >= len(self._records):
                    raise struct.error("the table of shared strings ends within a string")
                wide = bool(self._read("<B") & _WIDE)

    def _skip_bytes(self, left: int) -> None:
        while left and self.go_on():
            here = min(left, self._left())
            self._place += here
            left -= here
