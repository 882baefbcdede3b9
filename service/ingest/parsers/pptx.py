"""Presentations (.pptx): titles, text, tables and diagrams, slide by slide."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from corpora.schema.document import BlockKind
from service.domain.errors import BrokenDocument, EmptyDocument
from service.ingest.assemble import assemble
from service.ingest.fragments import Content, Fragment, Grid, Paragraph
from service.ingest.grids import SpannedCell, place_cells
from service.ingest.limits import Limits
from service.ingest.packages import Package, PackageKind, open_zip

_OOXML, _STRICT = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
_ALIASES = {
    _STRICT + b"presentationml/main": _OOXML + b"presentationml/2006/main",
    _STRICT + b"drawingml/main": _OOXML + b"drawingml/2006/main",
    _STRICT + b"drawingml/diagram": _OOXML + b"drawingml/2006/diagram",
    _STRICT + b"officeDocument/relationships": _OOXML + b"officeDocument/2006/relationships",
}
_KIND = PackageKind("PowerPoint 演示文稿", "请用 PowerPoint 或 WPS 打开后重新保存再上传", _ALIASES)
_NAMESPACES = {
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "ppt/presentation.xml"
_TITLES, _FURNITURE = frozenset({"title", "ctrTitle"}), frozenset({"sldNum", "dt", "ftr", "hdr"})
_MAX_LISTED = 10


@dataclass(frozen=True, slots=True)
class _Slide:
    number: int
    root: etree._Element
    diagrams: Mapping[str, etree._Element]


def parse(data: bytes, limits: Limits) -> Content:
    """Read a .pptx file: notes, hidden slides, page numbers, footers and pictures are left out.

    Raises:
        BrokenDocument: if the package is damaged or hostile.
        DocumentTooLarge: if slides, text or tables exceed a limit.
        EmptyDocument: if there is no text.
    """
    with open_zip(data, _KIND) as package:
        slides = tuple(_slides(package, limits))
    shown = [slide for slide in slides if slide.root.get("show") not in ("0", "false")]
    hidden = [str(slide.number) for slide in slides if slide not in shown]
    more = f"等 {len(hidden)} 页" if len(hidden) > _MAX_LISTED else ""
    warnings = (f"未读取隐藏的幻灯片：第{'、'.join(hidden[:_MAX_LISTED])}页{more}",) if hidden else ()
    fragments = (fragment for slide in shown for fragment in _fragments(slide, limits))
    content = assemble(fragments, limits, pages=max(1, len(slides)), warnings=warnings)
    if not content.blocks:
        raise EmptyDocument("演示文稿中没有文字（可能只有图片），暂不支持文字识别（OCR），请上传带文字的文件")
    return content


def _name(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def _slides(package: Package, limits: Limits) -> Iterator[_Slide]:
    presentation = package.parse(_MAIN)
    if presentation is None:
        raise BrokenDocument("演示文稿缺少正文部分，文件可能已损坏，请用 PowerPoint 或 WPS 重新保存后上传")
    targets = _relations(package, _MAIN)
    references = [entry.get(_name("r:id")) or "" for entry in presentation.iter(_name("p:sldId"))]
    limits.check_pages(len(references))
    for number, reference in enumerate(references, start=1):
        part = targets.get(reference, "")
        root = package.parse(part)
        if root is None:
            raise BrokenDocument(f"演示文稿缺少第 {number} 页，文件可能已损坏，请用 PowerPoint 或 WPS 重新保存后上传")
        yield _Slide(number, root, _diagrams(package, part, root))


def _diagrams(package: Package, part: str, root: etree._Element) -> Mapping[str, etree._Element]:
    """Return the data of the diagrams of a slide by their reference."""
    references = [element.get(_name("r:dm")) or "" for element in root.iter(_name("dgm:relIds"))]
    targets = _relations(package, part) if references else {}
    parsed = {reference: package.parse(targets.get(reference, "")) for reference in references}
    return {reference: data for reference, data in parsed.items() if data is not None}


def _relations(package: Package, part: str) -> Mapping[str, str]:
    """Return the parts that a part refers to, by the id of the reference."""
    folder, name = posixpath.split(part)
    root = package.parse(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, str] = {}
    for relation in root.iter(_RELATION) if root is not None else ():
        target = relation.get("Target") or ""
        if relation.get("TargetMode") != "External":
            found[relation.get("Id") or ""] = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return found


def _fragments(slide: _Slide, limits: Limits) -> Iterator[Fragment]:
    """Yield what a slide shows: its title first, the rest in the order of its shapes."""
    shapes = [shape for tree in slide.root.iter(_name("p:spTree")) for shape in _shapes(tree)]
    titles = [shape for shape in shapes if _placeholder(shape) in _TITLES]
    for shape in titles:
        yield Paragraph("".join(_lines(shape)), BlockKind.HEADING, 1, slide.number)
    for shape in shapes:
        if shape in titles or _placeholder(shape) in _FURNITURE:
            continue
        if shape.tag == _name("p:sp"):
            yield from (Paragraph(line, page=slide.number) for line in _lines(shape))
            continue
        for table in shape.iter(_name("a:tbl")):
            yield _grid(table, limits, slide.number)
        for reference in shape.iter(_name("dgm:relIds")):
            data = slide.diagrams.get(reference.get(_name("r:dm")) or "")
            yield from (Paragraph(line, page=slide.number) for line in (_lines(data) if data is not None else ()))


def _shapes(tree: etree._Element) -> Iterator[etree._Element]:
    """Yield the shapes of a slide or group; of alternatives, the first."""
    for element in tree.iterchildren(etree.Element):
        if element.tag == _name("p:grpSp"):
            yield from _shapes(element)
        elif element.tag == _name("mc:AlternateContent"):
            for choice in list(element.iterchildren(etree.Element))[:1]:
                yield from _shapes(choice)
        elif element.tag in (_name("p:sp"), _name("p:graphicFrame")) and not _is_hidden(element):
            yield element


def _is_hidden(shape: etree._Element) -> bool:
    return any(p.get("hidden") in ("1", "true") for p in shape.iterfind(f"*/{_name('p:cNvPr')}"))


def _placeholder(shape: etree._Element) -> str:
    return next((element.get("type") or "body" for element in shape.iter(_name("p:ph"))), "")


def _lines(element: etree._Element) -> Iterator[str]:
    """Yield the paragraphs below an element; a manual line break begins one of its own."""
    for paragraph in element.iter(_name("a:p")):
        parts = (
            "\n" if inner.tag == _name("a:br") else inner.text or ""
            for inner in paragraph.iter(_name("a:t"), _name("a:br"))
        )
        yield from "".join(parts).split("\n")


def _grid(table: etree._Element, limits: Limits, page: int) -> Grid:
    rows = [
        [
            SpannedCell(_cell_text(cell), _span(cell, "rowSpan"), _span(cell, "gridSpan"))
            for cell in row.iterchildren(_name("a:tc"))
            if cell.get("hMerge") not in ("1", "true") and cell.get("vMerge") not in ("1", "true")
        ]
        for row in table.iterchildren(_name("a:tr"))
    ]
    return place_cells(rows, limits, page=page)


def _cell_text(cell: etree._Element) -> str:
    return "\n".join(text for line in _lines(cell) if (text := line.strip()))


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name) or "1"
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 1
