"""PDF files with a text layer: paragraphs and ruled tables, page by page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from service.domain.errors import EmptyDocument
from service.ingest.assemble import assemble
from service.ingest.fragments import Content
from service.ingest.limits import Limits
from service.ingest.pages.glyphs import Sheet, read_sheets
from service.ingest.pages.layout import PageTables, lay_out
from service.ingest.pages.ruled import find_tables

_MAX_UNREADABLE = 0.3
_NOTABLE_UNREADABLE = 0.02
_MAX_LISTED = 10


def parse(data: bytes, limits: Limits) -> Content:
    """Read a PDF.

    Raises:
        BrokenDocument: if the file is damaged.
        EncryptedDocument: if a password is needed.
        DocumentTooLarge: if pages, characters or cells exceed a limit.
        EmptyDocument: if there is no text layer, or only one that cannot be read.
    """
    sheets = read_sheets(data, limits)
    unreadable = _unreadable_share(sheets)
    numbers = [sheet.number for sheet in sheets if sheet.glyphs and sheet.may_have_tables]
    tables, failed = find_tables(data, numbers, limits)
    pages = [PageTables(sheet, tables.get(sheet.number, ())) for sheet in sheets]
    warnings = tuple(_warnings(sheets, failed, unreadable))
    return assemble(lay_out(pages), limits, pages=max(1, len(sheets)), warnings=warnings)


def _unreadable_share(sheets: Sequence[Sheet]) -> float:
    """Return the share of characters that mean nothing outside their font.

    Raises:
        EmptyDocument: if there are no characters at all, or too few readable ones.
    """
    total = sum(len(sheet.glyphs) for sheet in sheets)
    if total == 0:
        raise EmptyDocument(
            "PDF 中没有文字层，可能是扫描件；暂不支持文字识别（OCR），请上传原来的 .docx，或先识别成带文字的 PDF"
        )
    unreadable = sum(
        glyph.char == "\ufffd" or unicodedata.category(glyph.char) == "Co" for sheet in sheets for glyph in sheet.glyphs
    )
    if unreadable > _MAX_UNREADABLE * total:
        raise EmptyDocument("PDF 的文字层是乱码（字体没有编码表），无法读取，请上传原来的 .docx 文件或重新导出 PDF")
    return unreadable / total


def _warnings(sheets: Sequence[Sheet], failed: Sequence[int], unreadable: float) -> Iterator[str]:
    blank = [sheet.number for sheet in sheets if not sheet.glyphs]
    if blank:
        yield f"{_pages(blank)}没有文字（可能是图片或空白页）"
    if failed:
        yield f"{_pages(failed)}的表格线无法识别，已按普通文字读取"
    drawings = [sheet.number for sheet in sheets if sheet.glyphs and sheet.segments and not sheet.may_have_tables]
    if drawings:
        yield f"{_pages(drawings)}线条过多，未识别其中的表格"
    if unreadable > _NOTABLE_UNREADABLE:
        yield f"约 {unreadable:.0%} 的字符无法识别，读取结果可能有误"


def _pages(numbers: Sequence[int]) -> str:
    shown = "、".join(map(str, numbers[:_MAX_LISTED]))
    return f"第{shown}页" if len(numbers) <= _MAX_LISTED else f"第{shown}等{len(numbers)}页"
