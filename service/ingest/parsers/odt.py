"""OpenDocument texts (.odt): headings, paragraphs, numbered lists and tables, with all revisions accepted."""

from __future__ import annotations

from lxml import etree

from service.domain.errors import BrokenDocument, EmptyDocument, EncryptedDocument
from service.ingest.assemble import assemble
from service.ingest.fragments import Content
from service.ingest.limits import Limits
from service.ingest.odf.body import OdfReader
from service.ingest.odf.styles import qualified, read_styles
from service.ingest.packages import PackageKind, open_zip

_KIND = PackageKind("OpenDocument 文本", "请用 LibreOffice 或 WPS 打开后重新保存再上传")
_MAX_DEPTH = 150


def parse(data: bytes, limits: Limits) -> Content:
    """Read an .odt file: deletions, comments, indexes, hidden text, headers and pictures are left out.

    Raises:
        BrokenDocument: if the package is damaged or hostile.
        DocumentTooLarge: if text or tables exceed a limit.
        EmptyDocument: if there is no text.
        EncryptedDocument: if it is protected by a password.
    """
    with open_zip(data, _KIND) as package:
        manifest = package.parse("META-INF/manifest.xml")
        if "encrypted-package" in package or _is_encrypted(manifest):
            raise EncryptedDocument("文件设置了打开密码，请用 LibreOffice 或 WPS 取消密码后重新保存再上传")
        content, styles = package.parse("content.xml"), package.parse("styles.xml")
    body = content.find(f"{qualified('office:body')}/{qualified('office:text')}") if content is not None else None
    if content is None or body is None:
        raise BrokenDocument("OpenDocument 文本缺少正文部分，文件可能已损坏，请用 LibreOffice 或 WPS 重新保存后上传")
    _check_depth(body)
    limits.check_characters(sum(len(str(text)) for text in body.itertext() if str(text).strip()))
    found = assemble(OdfReader(read_styles(styles, content), limits).read(body), limits)
    if not found.blocks:
        raise EmptyDocument("文档中没有文字（可能只有图片），暂不支持文字识别（OCR），请上传带文字的文件")
    return found


def _is_encrypted(manifest: etree._Element | None) -> bool:
    return manifest is not None and next(manifest.iter(qualified("manifest:encryption-data")), None) is not None


def _check_depth(body: etree._Element) -> None:
    depth = 0
    for event, _ in etree.iterwalk(body, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            raise BrokenDocument(
                "OpenDocument 文本的内部结构嵌套过深，无法读取，请用 LibreOffice 或 WPS 重新保存后上传"
            )
