"""Survey of an .xls workbook: one pass over its binary records (BIFF 5 and 8)."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import olefile

from service.domain.errors import BrokenDocument, EncryptedDocument
from service.ingest.limits import Limits
from service.ingest.sheets.number_formats import BUILT_IN
from service.ingest.sheets.strings import shared_lengths
from service.ingest.sheets.survey import SheetFacts, SheetSurvey, Tally

DAMAGED = "表格文件已损坏、不完整或版本过旧，无法读取，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传"

_STREAMS = ("workbook", "book")
_EOF, _BOF, _CONTINUE, _SHEET, _PASSWORD = 0x0A, 0x0809, 0x3C, 0x85, 0x2F
_STYLE, _FORMAT, _STRINGS = 0xE0, 0x041E, 0xFC
_TEXTS, _SHARED, _TEXT_RESULT = (0x0204, 0xD6), 0xFD, 0x0207
_NUMBERS, _NUMBER_ROW, _BOOLEAN, _FORMULAS = (0x0203, 0x027E), 0xBD, 0x0205, (0x06, 0x0206, 0x0406)
_BIFF8 = 0x0600
_NO_NUMBER = b"\xff\xff"
_ERROR, _EMPTY = 2, 3


@dataclass(slots=True)
class _Globals:
    """What the first part of the stream says about the whole workbook."""

    sheets: list[int] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    lengths: Sequence[int] = ()

    def code(self, style: int) -> str:
        number = self.styles[style] if style < len(self.styles) else 0
        return self.codes.get(number, "")


def survey_records(data: bytes, limits: Limits) -> tuple[SheetFacts, ...]:
    """Survey all sheets of a workbook, in order, whether shown or not.

    Raises:
        BrokenDocument: if the container or its records are damaged.
        EncryptedDocument: if the workbook needs a password.
        DocumentTooLarge: if there are too many cells or characters.
    """
    tally = Tally(limits)
    found: tuple[SheetFacts, ...] | None = None
    for path, stream in _streams(data):
        try:
            facts = _survey_stream(stream, tally)
        except struct.error as error:
            raise BrokenDocument(DAMAGED) from error
        if len(path) == 1 and found is None:
            found = facts
    if found is None:
        raise BrokenDocument(DAMAGED)
    return found


def _streams(data: bytes) -> Iterator[tuple[Sequence[str], bytes]]:
    """Yield the streams that may hold a workbook: its own, and those of embedded workbooks."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            paths = [path for path in container.listdir() if path[-1].lower() in _STREAMS]
            paths.sort(key=lambda path: (len(path), path[-1].lower() != _STREAMS[0]))
            streams = [(path, container.openstream(path).read()) for path in paths]
    except (OSError, ValueError, LookupError, TypeError, struct.error, RecursionError) as error:
        raise BrokenDocument(DAMAGED) from error
    yield from streams


def _survey_stream(stream: bytes, tally: Tally) -> tuple[SheetFacts, ...]:
    workbook = _read_globals(stream)
    return tuple(_survey_sheet(stream, start, workbook, SheetSurvey(tally)) for start in workbook.sheets)


def _records(stream: bytes, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield kind and content of the records from `start` to the end of its substream, those of charts inside left out."""
    place, depth = start, 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        place += 4
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, stream[place : place + size]
        place += size


def _read_globals(stream: bytes) -> _Globals:
    workbook = _Globals()
    strings: list[bytes] = []
    wide = True
    last = 0
    for kind, content in _records(stream):
        if kind == _BOF:
            wide = struct.unpack_from("<H", content)[0] >= _BIFF8
        elif kind == _PASSWORD:
            raise EncryptedDocument("表格设置了打开密码，请用 Excel 或 WPS 取消密码后另存为 .xlsx 再上传")
        elif kind == _SHEET:
            workbook.sheets.append(struct.unpack_from("<I", content)[0])
        elif kind == _STYLE:
            workbook.styles.append(struct.unpack_from("<H", content, 2)[0])
        elif kind == _FORMAT:
            workbook.codes[struct.unpack_from("<H", content)[0]] = _format_code(content[2:], wide=wide)
        elif kind == _STRINGS or (kind == _CONTINUE and last == _STRINGS):
            strings.append(content)
        last = _STRINGS if kind == _CONTINUE and last == _STRINGS else kind
    workbook.lengths = shared_lengths(strings)
    return workbook


def _format_code(content: bytes, *, wide: bool) -> str:
    if not wide:
        return _general(content[1 : 1 + content[0]].decode("gb18030", errors="replace"))
    count, flags = struct.unpack_from("<HB", content)
    text = content[3 : 3 + count * (1 + (flags & 1))]
    return _general(text.decode("utf-16-le" if flags & 1 else "latin-1", errors="replace"))


def _general(code: str) -> str:
    return "" if code == "General" else code


def _survey_sheet(stream: bytes, start: int, workbook: _Globals, survey: SheetSurvey) -> SheetFacts:
    for kind, content in _records(stream, start):
        if kind == _TEXT_RESULT:
            survey.add_characters(struct.unpack_from("<H", content)[0])
        elif kind == _NUMBER_ROW:
            _add_numbers(content, workbook, survey)
        elif kind in _FORMULAS:
            _add_formula(content, workbook, survey)
        elif kind in (*_TEXTS, _SHARED, *_NUMBERS, _BOOLEAN):
            _add_cell(kind, content, workbook, survey)
    return survey.finish()


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
    for number in range((len(content) - 6) // 6):
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
