"""Web pages (.html, .htm) of government sites: title, date, source and body, without the furniture of the site."""

from __future__ import annotations

from service.domain.errors import EmptyDocument
from service.ingest.assemble import assemble
from service.ingest.fragments import Content
from service.ingest.limits import Limits
from service.ingest.webpage.page import read_page
from service.ingest.webpage.tree import decode_page


def parse(data: bytes, limits: Limits) -> Content:
    """Read a web page; scripts, hidden parts, navigation and footers are left out.

    Raises:
        BrokenDocument: if the bytes are no text, or the page is nested too deeply.
        DocumentTooLarge: if text or tables exceed a limit.
        EmptyDocument: if there is no text beside the furniture.
    """
    decoded = decode_page(data)
    page = read_page(decoded.text, limits)
    warnings = decoded.warnings
    if page.left_out:
        warnings += (f"已略去网页的导航、页脚等 {page.left_out} 字",)
    content = assemble(page.fragments, limits, encoding=decoded.encoding, warnings=warnings)
    if not content.blocks:
        raise EmptyDocument("网页中没有正文（可能是栏目列表页，或正文由脚本加载），请打开正文页另存后再上传")
    return content
