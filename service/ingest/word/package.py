"""The parts of a .docx package that are read, each checked before it is unpacked and parsed."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from service.domain.errors import BrokenDocument, DocumentTooLarge

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "word/document.xml"
_MAX_PART = 64 * 1024 * 1024
#: XML of office files shrinks to a twentieth or so; beyond this ratio a large part is a bomb.
_MAX_RATIO = 250
_RATIO_FROM = 4 * 1024 * 1024
_UNZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
_DAMAGED = "Word 文档已损坏或不完整，无法读取，请用 Word 或 WPS 打开后重新保存再上传"


@dataclass(frozen=True, slots=True)
class WordParts:
    """Parsed parts of a package; all but the main one may be missing."""

    document: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None
    footnotes: etree._Element | None
    endnotes: etree._Element | None


def qualified(name: str) -> str:
    """Return the name of a WordprocessingML element or attribute as lxml spells it."""
    return f"{{{W}}}{name}"


def open_package(data: bytes) -> WordParts:
    """Unpack and parse the parts that hold text.

    No entity is expanded, nothing outside the package is opened, and parts with a document type
    declaration, which no office program writes, are refused.

    Raises:
        BrokenDocument: if the package or one of the parts is damaged or hostile.
        DocumentTooLarge: if a part unpacks to more than is reasonable.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {info.filename.lstrip("/"): info for info in archive.infolist()}
            main = _main_part(archive, names)
            folder = posixpath.dirname(main)
            document = _parse(archive, names, main)
            if document is None:
                raise BrokenDocument("Word 文档缺少正文部分，文件可能已损坏，请用 Word 或 WPS 重新保存后上传")
            styles, numbering, footnotes, endnotes = (
                _parse(archive, names, posixpath.join(folder, f"{part}.xml"))
                for part in ("styles", "numbering", "footnotes", "endnotes")
            )
    except _UNZIP_ERRORS as error:
        raise BrokenDocument(_DAMAGED) from error
    return WordParts(document, styles, numbering, footnotes, endnotes)


def _main_part(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> str:
    relations = _parse(archive, names, "_rels/.rels")
    for relation in relations.iter(f"{{{_REL}}}Relationship") if relations is not None else ():
        target = (relation.get("Target") or "").lstrip("/")
        if (relation.get("Type") or "").endswith("/officeDocument") and target in names:
            return target
    return _MAIN


def _parse(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], name: str) -> etree._Element | None:
    info = names.get(name)
    if info is None:
        return None
    if info.file_size > _MAX_PART:
        raise DocumentTooLarge(f"Word 文档解压后有 {info.file_size >> 20} MB 以上，超过上限，请拆分成几个文件")
    if info.file_size > _RATIO_FROM and info.file_size > _MAX_RATIO * max(1, info.compress_size):
        raise BrokenDocument("Word 文档的压缩比异常（疑似压缩炸弹），已拒绝读取，请用 Word 或 WPS 重新保存后上传")
    content = archive.read(info).replace(_STRICT, W.encode())
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BrokenDocument(_DAMAGED) from error
    if root.getroottree().docinfo.doctype:
        raise BrokenDocument("Word 文档含有不允许的 DTD 声明，已拒绝读取，请用 Word 或 WPS 重新保存后上传")
    return root
