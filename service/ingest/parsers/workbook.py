"""Workbooks (.xlsx, .xls, .et): the visible sheets as they print; formulas are never run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from service.domain.errors import EmptyDocument
from service.ingest.assemble import assemble
from service.ingest.fragments import Content
from service.ingest.limits import Limits
from service.ingest.sheets import container, package
from service.ingest.sheets.arrange import arrange
from service.ingest.sheets.loading import Book
from service.ingest.sheets.markup import read_strings, survey_markup
from service.ingest.sheets.records import survey_records
from service.ingest.sheets.sheet import Sheet
from service.ingest.sheets.survey import Place, SheetFacts, address

_MAX_LISTED = 10


def parse_package(data: bytes, limits: Limits) -> Content:
    """Read an .xlsx file; macros, charts, pictures and comments are left out.

    Raises:
        BrokenDocument: if the package is damaged or hostile.
        DocumentTooLarge: if cells or characters exceed a limit.
        EmptyDocument: if no visible sheet holds anything.
    """
    parts = package.open_book(data)
    if not parts.sheets:
        return _content((), parts.hidden, limits)
    strings = read_strings(parts)
    facts = survey_markup(parts, strings, limits)
    book = Book(package.pack(parts, strings), facts, damaged=package.KIND.damaged().detail)
    return _content(book.sheets(limits), parts.hidden, limits)


def parse_records(data: bytes, limits: Limits) -> Content:
    """Read an .xls file, or an .et file, which is built the same way.

    Raises:
        BrokenDocument: if the file is damaged or older than Excel 5.
        EncryptedDocument: if it needs a password.
        DocumentTooLarge: if cells or characters exceed a limit.
        EmptyDocument: if no visible sheet holds anything.
    """
    found = survey_records(container.workbook_stream(data), limits)
    book = Book(container.pack_stream(found.stream), found.facts, damaged=container.DAMAGED)
    return _content(book.sheets(limits), book.hidden, limits)


def _content(read: Iterable[tuple[Sheet, SheetFacts]], hidden: Sequence[str], limits: Limits) -> Content:
    found = tuple(read)
    sheets = tuple(sheet for sheet, _ in found)
    if not any(sheet.cells for sheet in sheets):
        others = f"，隐藏的工作表{_names(hidden)}没有读取，请取消隐藏后再上传" if hidden else "，请检查后重新上传"
        raise EmptyDocument(f"工作簿的可见工作表中没有内容{others}")
    return assemble(arrange(sheets), limits, warnings=tuple(_warnings(found, hidden)))


def _warnings(found: Sequence[tuple[Sheet, SheetFacts]], hidden: Sequence[str]) -> Iterator[str]:
    if hidden:
        yield f"隐藏的工作表{_names(hidden)}没有读取"
    unvalued = [(sheet.name, place) for sheet, facts in found for place in facts.unvalued]
    if unvalued:
        yield f"{_places(unvalued)}的公式没有保存结果，已按空白读取；如应有内容，请用 Excel 或 WPS 打开并保存后再上传"
    failed = [(sheet.name, place) for sheet, facts in found for place in facts.failed]
    if failed:
        yield f"{_places(failed)}的值是错误（如 #REF!），已按空白读取"


def _names(names: Sequence[str]) -> str:
    shown = "、".join(f"“{name}”" for name in names[:_MAX_LISTED])
    return shown if len(names) <= _MAX_LISTED else f"{shown}等 {len(names)} 个"


def _places(places: Sequence[tuple[str, Place]]) -> str:
    shown = "、".join(f"{name}!{address(place)}" for name, place in places[:_MAX_LISTED])
    return f"单元格 {shown} " if len(places) <= _MAX_LISTED else f"单元格 {shown} 等 {len(places)} 处"
