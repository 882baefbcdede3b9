"""Word documents (.docx): headings, paragraphs and tables as they print with all revisions accepted."""

from __future__ import annotations

import io
import zipfile

import mammoth
from lxml import etree

from service.domain.errors import BrokenDocument, EmptyDocument
from service.ingest.assemble import assemble
from service.ingest.fragments import Content
from service.ingest.limits import Limits
from service.ingest.word.html import read_html
from service.ingest.word.markup import OUTLINE_STYLE, reduce_markup
from service.ingest.word.package import open_package, qualified

_STYLE_MAP = "\n".join(
    f"p.{OUTLINE_STYLE}{level} => h{min(max(level, 1), 6)}.outline{level}:fresh" for level in range(10)
)
#: What the converter lets through where the markup breaks the schema.
_CONVERTER_ERRORS = (ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError, zipfile.BadZipFile)


def parse(data: bytes, limits: Limits) -> Content:
    """Read a .docx file: insertions are kept, deletions, headers, footers, comments and pictures left out.

    Raises:
        BrokenDocument: if the package is damaged or hostile.
        DocumentTooLarge: if text or tables exceed a limit.
        EmptyDocument: if there is no text, as in a document of pictures.
    """
    document = reduce_markup(open_package(data))
    limits.check_characters(sum(len(text.text or "") for text in document.iter(qualified("t"))))
    limits.check_cells(sum(1 for _ in document.iter(qualified("tc"))))
    content = assemble(read_html(_convert(document), limits), limits)
    if not content.blocks:
        raise EmptyDocument("Word 文档中没有文字（可能只有图片），暂不支持文字识别（OCR），请上传带文字的文件")
    return content


def _convert(document: etree._Element) -> str:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("word/document.xml", etree.tostring(document, encoding="utf-8", xml_declaration=True))
    try:
        result = mammoth.convert_to_html(package, style_map=_STYLE_MAP, include_default_style_map=False)
    except _CONVERTER_ERRORS as error:
        raise BrokenDocument("Word 文档的内部结构有误，无法读取，请用 Word 或 WPS 打开后重新保存再上传") from error
    return str(result.value)
