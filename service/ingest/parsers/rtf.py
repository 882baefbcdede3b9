"""Rich text (.rtf): paragraphs, headings and tables; the characters are decoded by striprtf."""

from __future__ import annotations

from striprtf.striprtf import rtf_to_text

from service.domain.errors import BrokenDocument, EmptyDocument
from service.ingest.assemble import assemble
from service.ingest.fragments import Content
from service.ingest.limits import Limits
from service.ingest.rtf.fragments import read_fragments
from service.ingest.rtf.reduce import reduce_rtf

_REPLACEMENT = "\ufffd"
_MAX_DAMAGE = 1 / 50


def parse(data: bytes, limits: Limits) -> Content:
    """Read an .rtf file: headers, footers, notes, pictures and hidden text are left out.

    Raises:
        BrokenDocument: if its characters cannot be decoded.
        DocumentTooLarge: if text or tables exceed a limit.
        EmptyDocument: if there is no text.
    """
    reduced = reduce_rtf(data, limits)
    try:
        converted = rtf_to_text(reduced.source, encoding="gb18030", errors="replace")
    except (ValueError, LookupError, TypeError) as error:
        raise BrokenDocument("RTF 文档的内部结构有误，无法读取，请用 Word 或 WPS 打开后另存为 .docx 再上传") from error
    text = converted.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    damage = text.count(_REPLACEMENT)
    if damage > max(1, len(text)) * _MAX_DAMAGE:
        raise BrokenDocument(
            f"RTF 文档中有 {damage} 处乱码，文件可能已损坏，请用 Word 或 WPS 打开后另存为 .docx 再上传"
        )
    warnings: tuple[str, ...] = (f"有 {damage} 处字符无法识别，读取结果可能有误",) if damage else ()
    if not reduced.complete:
        warnings += ("文件末尾不完整，可能被截断",)
    content = assemble(read_fragments(text, limits), limits, warnings=warnings)
    if not content.blocks:
        raise EmptyDocument("RTF 文档中没有文字（可能只有图片），暂不支持文字识别（OCR），请上传带文字的文件")
    return content
