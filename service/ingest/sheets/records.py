"""Survey of an .xls workbook: one pass over its binary records (BIFF 5 and 8), of which it keeps the harmless ones."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from service.domain.errors import BrokenDocument, EncryptedDocument
from service.ingest.limits import Limits
from service.ingest.sheets.container import DAMAGED
from service.ingest.sheets.number_formats import BUILT_IN
from service.ingest.sheets.strings import shared_lengths
from service.ingest.sheets.survey import SheetFacts, SheetSurvey, Tally

_EOF, _BOF, _CONTINUE, _SHEET, _PASSWORD = 0x0A, 0x0809, 0x3C, 0x85, 0x2F
_STYLE, _FORMAT, _STRINGS, _DATE_MODE, _CODE_PAGE = 0xE0, 0x041E, 0xFC, 0x22, 0x42
_TEXTS, _SHARED, _TEXT_RESULT = (0x0204, 0xD6), 0xFD, 0x0207
_NUMBERS, _NUMBER_ROW, _BOOLEAN, _FORMULAS = (0x0203, 0x027E), 0xBD, 0x0205, (0x06, 0x0206, 0x0406)
_MERGED = 0xE5
_CELLS = frozenset({*_TEXTS, _SHARED, *_NUMBERS, _NUMBER_ROW, _BOOLEAN, *_FORMULAS})
_KEPT = _CELLS | {
    *(_EOF, _BOF, _SHEET, _STYLE, _FORMAT, _STRINGS, _DATE_MODE, _CODE_PAGE, _TEXT_RESULT, _MERGED),
}
_WORKSHEET = 0
#: An index into the shared strings that nobody needs; what is left out is turned into one.
_LEFT_OUT = 0xFF
_EXPRESSION = 20
_BIFF8 = 0x0600
_NO_NUMBER = b"\xff\xff"
_ERROR, _EMPTY = 2, 3


@dataclass(frozen=True, slots=True)
class _Record:
    """A record; `owner` is the kind of the record that it continues, or else its own."""

    place: int
    kind: int
    owner: int
    content: bytes

    @property
    def end(self) -> int:
        return self.place + 4 + len(self.content)


@dataclass(slots=True)
class _Globals:
    """What the first part of the stream says about the whole workbook.

    Attributes:
        sheets: where each sheet begins; ``None`` for charts and macros.
        entries: where the stream says so.
        styles: numbers of the number formats, by style.
        codes: number formats by number.
        lengths: characters of the shared strings.
    """

    sheets: list[int | None] = field(default_factory=list)
    entries: list[int] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    lengths: Sequence[int] = ()

    def code(self, style: int) -> str:
        number = self.styles[style] if style < len(self.styles) else 0
        return self.codes.get(number, "")


@dataclass(frozen=True, slots=True)
class SurveyedRecords:
    """A workbook that is safe to convert.

    Attributes:
        facts: what was found, one for each sheet, whether shown or not.
        stream: the records of cells, formats and merged ranges, at their old places; the claims of the file
            about its own size are corrected, and formulas are emptied.
    """

    facts: tuple[SheetFacts, ...]
    stream: bytes


def survey_records(stream: bytes, limits: Limits) -> SurveyedRecords:
    """Survey all sheets of a workbook, in order.

    Raises:
        BrokenDocument: if the records are damaged, or the rows of a sheet out of order.
        EncryptedDocument: if the workbook needs a password.
        DocumentTooLarge: if there are too many cells or characters.
    """
    tally = Tally(limits)
    safe = bytearray(len(stream))
    try:
        workbook, end = _read_globals(stream, safe)
        found: dict[int, SheetFacts] = {}
        for start in sorted(start for start in workbook.sheets if start is not None):
            if start < end:
                raise BrokenDocument(DAMAGED)
            found[start], end = _survey_sheet(stream, start, safe, workbook, SheetSurvey(tally))
    except struct.error as error:
        raise BrokenDocument(DAMAGED) from error
    facts = (SheetFacts({}) if start is None else found[start] for start in workbook.sheets)
    return SurveyedRecords(tuple(facts), bytes(safe))


def _records(stream: bytes, start: int, safe: bytearray) -> Iterator[_Record]:
    """Yield the records from `start` to the end of their substream, those of charts inside left out.

    What is kept is copied to `safe`, the rest as records without a meaning.
    """
    place, depth, owner = start, 0, 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        content = stream[place + 4 : place + 4 + size]
        if len(content) < size:
            raise struct.error("a record reaches past the end of the stream")
        owner = owner if kind == _CONTINUE else kind
        depth += kind == _BOF
        kept = depth == 1 and owner in _KEPT
        struct.pack_into("<HH", safe, place, kind if kept else _LEFT_OUT, size)
        if kept:
            safe[place + 4 : place + 4 + size] = content
        if depth == 1:
            yield _Record(place, kind, owner, content)
        depth -= kind == _EOF
        if depth <= 0:
            return
        place += 4 + size
    raise struct.error("a substream has no end")


def _read_globals(stream: bytes, safe: bytearray) -> tuple[_Globals, int]:
    """Return what the first substream says, and where it ends."""
    workbook = _Globals()
    strings: list[bytes] = []
    wide = True
    table = end = 0
    for record in _records(stream, 0, safe):
        content, end = record.content, record.end
        if record.kind == _BOF:
            wide = struct.unpack_from("<H", content)[0] >= _BIFF8
        elif record.kind == _PASSWORD:
            raise EncryptedDocument("表格设置了打开密码，请用 Excel 或 WPS 取消密码后另存为 .xlsx 再上传")
        elif record.kind == _SHEET:
            start, _, kind = struct.unpack_from("<IBB", content)
            workbook.sheets.append(start if kind == _WORKSHEET else None)
            workbook.entries.append(record.place + 4)
        elif record.kind == _STYLE:
            workbook.styles.append(struct.unpack_from("<H", content, 2)[0])
        elif record.kind == _FORMAT:
            workbook.codes[struct.unpack_from("<H", content)[0]] = _format_code(content[2:], wide=wide)
        elif record.kind == _STRINGS:
            strings, table = [content], record.place
        elif record.owner == _STRINGS:
            strings.append(content)
    workbook.lengths = shared_lengths(strings)
    if strings:
        struct.pack_into("<II", safe, table + 4, len(workbook.lengths), len(workbook.lengths))
    _close_other_sheets(workbook, safe, end - 4)
    return workbook, end


def _close_other_sheets(workbook: _Globals, safe: bytearray, last_record: int) -> None:
    """Let charts and macros, which are not read, begin where the first substream ends."""
    for start, entry in zip(workbook.sheets, workbook.entries, strict=True):
        if start is None:
            struct.pack_into("<I", safe, entry, last_record)


def _format_code(content: bytes, *, wide: bool) -> str:
    if not wide:
        return _general(content[1 : 1 + content[0]].decode("gb18030", errors="replace"))
    count, flags = struct.unpack_from("<HB", content)
    text = content[3 : 3 + count * (1 + (flags & 1))]
    return _general(text.decode("utf-16-le" if flags & 1 else "latin-1", errors="replace"))


def _general(code: str) -> str:
    return "" if code == "General" else code


def _survey_sheet(
    stream: bytes, start: int, safe: bytearray, workbook: _Globals, survey: SheetSurvey
) -> tuple[SheetFacts, int]:
    """Return the facts about the sheet that begins at `start`, and where it ends."""
    row, end = 0, start
    for record in _records(stream, start, safe):
        end = record.end
        if record.kind == _TEXT_RESULT:
            survey.add_characters(struct.unpack_from("<H", record.content)[0])
            continue
        if record.kind not in _CELLS:
            continue
        above, row = row, struct.unpack_from("<H", record.content)[0]
        if row < above:  # the converter takes the first and last row that it meets for the edges of the sheet
            raise BrokenDocument(DAMAGED)
        if record.kind == _NUMBER_ROW:
            _add_numbers(record.content, workbook, survey)
        elif record.kind in _FORMULAS:
            _add_formula(record.content, workbook, survey)
            safe[record.place + 4 + _EXPRESSION : end] = bytes(max(0, len(record.content) - _EXPRESSION))
        else:
            _add_cell(record.kind, record.content, workbook, survey)
    return survey.finish(), end


def _add_cell(kind: int, content: bytes, workbook: _Globals, survey: SheetSurvey) -> None:
    row, column, style = struct.unpack_from("<HHH", content)
    characters = 0
    if kind == _SHARED:
        number = struct.unpack_from("<I", content, 6)[0]
        characters = workbook.lengths[number] if number < len(workbook.lengths) else 0
    elif kind in _TEXTS:
        characters = struct.unpack_from("<H", content, 6)[0]
    elif kind == _BOOLEAN and struct.unpack_from("<BB", content, 6)[1]:
        survey.add_failed((row, column))
        return
    survey.add((row, column), characters=characters, code=workbook.code(style))


def _add_numbers(content: bytes, workbook: _Globals, survey: SheetSurvey) -> None:
    row, first = struct.unpack_from("<HH", content)
    count = (len(content) - 6) // 6
    if struct.unpack_from("<H", content, len(content) - 2)[0] != first + count - 1:
        raise struct.error("a row of numbers is not as long as it says")
    for number in range(count):
        style = struct.unpack_from("<H", content, 4 + 6 * number)[0]
        survey.add((row, first + number), code=workbook.code(style))


def _add_formula(content: bytes, workbook: _Globals, survey: SheetSurvey) -> None:
    row, column, style = struct.unpack_from("<HHH", content)
    result = content[6:14]
    if result[6:] != _NO_NUMBER:
        survey.add((row, column), code=workbook.code(style))
    elif result[0] == _EMPTY:
        survey.add_unvalued((row, column))
    elif result[0] == _ERROR:
        survey.add_failed((row, column))
    else:
        survey.add((row, column))
