"""The parts of a .docx package that are read, each checked before it is unpacked and parsed."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from lxml import etree

from service.domain.errors import BrokenDocument
from service.ingest.packages import Package, PackageKind, open_zip

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "word/document.xml"
_KIND = PackageKind("Word 文档", "请用 Word 或 WPS 打开后重新保存再上传", {_STRICT: W.encode()})


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

    Raises:
        BrokenDocument: if the package or one of the parts is damaged or hostile.
        DocumentTooLarge: if a part unpacks to more than is reasonable.
    """
    with open_zip(data, _KIND) as package:
        main = _main_part(package)
        folder = posixpath.dirname(main)
        document = package.parse(main)
        if document is None:
            raise BrokenDocument("Word 文档缺少正文部分，文件可能已损坏，请用 Word 或 WPS 重新保存后上传")
        styles, numbering, footnotes, endnotes = (
            package.parse(posixpath.join(folder, f"{part}.xml"))
            for part in ("styles", "numbering", "footnotes", "endnotes")
        )
    return WordParts(document, styles, numbering, footnotes, endnotes)


def _main_part(package: Package) -> str:
    relations = package.parse("_rels/.rels")
    for relation in relations.iter(f"{{{_REL}}}Relationship") if relations is not None else ():
        target = (relation.get("Target") or "").lstrip("/")
        if (relation.get("Type") or "").endswith("/officeDocument") and target in package:
            return target
    return _MAIN
