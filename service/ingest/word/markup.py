"""Reduces a WordprocessingML body to what the converter understands: text, outline, tables, revisions."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping

from lxml import etree

from service.ingest.word.numbering import Numbering
from service.ingest.word.package import WordParts, qualified
from service.ingest.word.styles import Numbered, Style, attribute, child, number, read_styles, style_by_id_alone

OUTLINE_STYLE = "outline"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MAX_COLUMNS = 64
_DELETED = tuple(map(qualified, ("del", "moveFrom")))
_DROPPED = tuple(
    map(
        qualified,
        (
            *("sectPr", "tblPr", "tblGrid", "sdtPr", "sdtEndPr", "bookmarkStart", "bookmarkEnd", "commentReference"),
            *("commentRangeStart", "commentRangeEnd", "softHyphen", "rt", "rubyPr", "tblPrEx", "ptab", "altChunk"),
        ),
    )
)
_UNWRAPPED = tuple(
    map(
        qualified,
        ("hyperlink", "fldSimple", "smartTag", "customXml", "dir", "bdo", "ruby", "rubyBase", "ins", "moveTo"),
    )
)
_NOTE_REFERENCES = tuple(map(qualified, ("footnoteReference", "endnoteReference")))


def reduce_markup(parts: WordParts) -> etree._Element:
    """Return the document with automatic numbers written out and notes appended, ready for conversion.

    Headings get the paragraph style ``outline0`` (document title) to ``outline9``. Hidden text,
    tables of contents, pictures and deletions are dropped; text boxes stay. The parts are altered.
    """
    body = child(parts.document, "body")
    root = etree.Element(qualified("document"), nsmap={"w": qualified("")[1:-1]})
    if body is None:
        etree.SubElement(root, qualified("body"))
        return root
    _append_notes(body, parts)
    _replace_drawings(body)
    _simplify(body)
    numbering = Numbering(parts.numbering)
    styles = read_styles(parts.styles, numbering.levels_by_style)
    for paragraph in list(body.iter(qualified("p"))):
        _reduce_paragraph(paragraph, styles, numbering)
    for row in list(body.iter(qualified("tr"))):
        _reduce_row(row)
    root.append(body)
    return root


def _append_notes(body: etree._Element, parts: WordParts) -> None:
    """Put the paragraphs of foot- and endnotes at the end, in the order of their references."""
    notes = {
        (qualified(f"{kind}Reference"), attribute(note, "id")): note
        for kind, part in (("footnote", parts.footnotes), ("endnote", parts.endnotes))
        if part is not None
        for note in part.iterchildren(qualified(kind))
    }
    for reference in list(body.iter(*_NOTE_REFERENCES)):
        note = notes.pop((str(reference.tag), attribute(reference, "id")), None)
        if note is not None:
            body.extend([copy.deepcopy(paragraph) for paragraph in note.iterchildren(qualified("p"))])
        _remove(reference)


def _replace_drawings(body: etree._Element) -> None:
    """Replace drawings by the text boxes in them, and alternatives by the one that holds text."""
    alternative, choice, fallback = (f"{{{_MC}}}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
    boxes, holders = qualified("txbxContent"), tuple(map(qualified, ("drawing", "pict", "object")))
    for element in list(body.iter(alternative, *holders)):
        if not _is_within(element, body):
            continue
        source = element
        if element.tag == alternative:
            options = [*element.iterchildren(choice), *element.iterchildren(fallback)]
            with_text = [o for o in options if next(o.iter(boxes, qualified("t")), None) is not None]
            source = next(iter(with_text), element)
        found = [box for box in source.iter(boxes) if not _has_ancestor(box, boxes, source)]
        if not found and element.tag == alternative:
            _replace(element, [node for node in source if node.tag not in (choice, fallback)])
            continue
        holder = etree.Element(qualified("pict"))
        holder.extend(found)
        _replace(element, [holder] if found else [])


def _simplify(body: etree._Element) -> None:
    for run in list(body.iter(qualified("r"))):
        vanish = child(run, "rPr", "vanish")
        if vanish is not None and attribute(vanish) not in ("0", "false", "off"):
            _remove(run)
    for element in list(body.iter(*_DELETED)):
        parent = element.getparent()
        if parent is not None and parent.tag not in (qualified("rPr"), qualified("trPr")):
            _remove(element)
    for element in list(body.iter(*_DROPPED)):
        _remove(element)
    for element in list(body.iter(*_UNWRAPPED)):
        parent = element.getparent()
        if parent is not None and parent.tag not in (qualified("rPr"), qualified("trPr")):
            _replace(element, list(element))
    for element in body.iter(qualified("cr")):
        element.tag = qualified("br")
    for element in list(body.iter(qualified("noBreakHyphen"))):
        element.tag = qualified("t")
        element.text = "-"
    for element in list(body.iter(qualified("sym"))):
        code = attribute(element, "char") or ""
        if len(code) != 4 or not set(code) <= set("0123456789abcdefABCDEF") or not attribute(element, "font"):
            _remove(element)


def _reduce_paragraph(paragraph: etree._Element, styles: Mapping[str, Style], numbering: Numbering) -> None:
    properties = child(paragraph, "pPr")
    style_id = attribute(child(properties, "pStyle"))
    style = styles.get(style_id) or style_by_id_alone(style_id) if style_id else Style()
    if style.contents:
        _remove(paragraph)
        return
    mark_deleted = child(properties, "rPr", "del") is not None
    outline = _direct_outline(properties, style)
    place = _place(properties, style)
    if properties is not None:
        paragraph.remove(properties)
    has_text = any(text.text and text.text.strip() for text in paragraph.iter(qualified("t")))
    label = numbering.next_label(place) if place is not None and not mark_deleted else ""
    reduced = etree.Element(qualified("pPr"))
    if outline is not None:
        etree.SubElement(reduced, qualified("pStyle")).set(qualified("val"), f"{OUTLINE_STYLE}{outline}")
    if mark_deleted:
        etree.SubElement(etree.SubElement(reduced, qualified("rPr")), qualified("del"))
    for formatting in list(paragraph.iter(qualified("rPr"))):
        _remove(formatting)
    paragraph.insert(0, reduced)
    if label and has_text:
        run = etree.Element(qualified("r"))
        etree.SubElement(run, qualified("t")).text = label
        paragraph.insert(1, run)


def _direct_outline(properties: etree._Element | None, style: Style) -> int | None:
    direct = number(attribute(child(properties, "outlineLvl")), low=0, high=9)
    if direct is None:
        return style.outline
    return direct + 1 if direct < 9 else None


def _place(properties: etree._Element | None, style: Style) -> Numbered | None:
    direct = child(properties, "numPr")
    list_id = attribute(child(direct, "numId"))
    level = number(attribute(child(direct, "ilvl")), low=0, high=8)
    if list_id is None:
        if style.numbered is None or level is None:
            return style.numbered
        return Numbered(style.numbered.list_id, level)
    return Numbered(list_id, level if level is not None else style.numbered.level if style.numbered else 0)


def _reduce_row(row: etree._Element) -> None:
    """Keep deletions and spans; write out the columns that a row leaves free before its first cell."""
    properties = child(row, "trPr")
    before = number(attribute(child(properties, "gridBefore")), low=1, high=_MAX_COLUMNS)
    for cell in row.iter(qualified("tc")):
        _reduce_cell(cell)
    if before is not None and properties is not None:
        filler = etree.Element(qualified("tc"))
        span = etree.SubElement(etree.SubElement(filler, qualified("tcPr")), qualified("gridSpan"))
        span.set(qualified("val"), str(before))
        etree.SubElement(filler, qualified("p"))
        row.insert(row.index(properties) + 1, filler)


def _reduce_cell(cell: etree._Element) -> None:
    properties = child(cell, "tcPr")
    if properties is None:
        return
    span, merge = child(properties, "gridSpan"), child(properties, "vMerge")
    columns = number(attribute(span), low=1, high=10**12)
    for element in list(properties):
        properties.remove(element)
    if columns is not None:
        etree.SubElement(properties, qualified("gridSpan")).set(qualified("val"), str(min(columns, _MAX_COLUMNS)))
    if merge is not None:
        properties.append(merge)


def _replace(element: etree._Element, others: list[etree._Element]) -> None:
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    element.tail = None
    parent[place : place + 1] = others


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _is_within(element: etree._Element, body: etree._Element) -> bool:
    return any(ancestor is body for ancestor in _ancestors(element))


def _has_ancestor(element: etree._Element, tag: str, below: etree._Element) -> bool:
    for ancestor in _ancestors(element):
        if ancestor is below:
            return False
        if ancestor.tag == tag:
            return True
    return False


def _ancestors(element: etree._Element) -> Iterator[etree._Element]:
    return element.iterancestors()
