"""From the body of an OpenDocument text to paragraphs and grids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from corpora.schema.document import BlockKind
from service.ingest.fragments import Fragment, Grid, Paragraph
from service.ingest.grids import MAX_COLUMN_SPAN, SpannedCell, place_cells
from service.ingest.limits import Limits
from service.ingest.odf.styles import ListLevel, OdfStyles, list_label, qualified, whole

_PARAGRAPH, _HEADING, _LIST, _TABLE = map(qualified, ("text:p", "text:h", "text:list", "table:table"))
_STYLE = qualified("text:style-name")
_ROW, _CELL = map(qualified, ("table:table-row", "table:table-cell"))
_ROW_GROUPS = tuple(map(qualified, ("table:table-header-rows", "table:table-rows", "table:table-row-group")))
_CONTAINERS = tuple(
    map(qualified, ("text:section", "text:index-body", "draw:text-box", "draw:frame", "draw:g", "draw:custom-shape"))
)
_DROPPED = frozenset(
    map(
        qualified,
        (
            *("text:tracked-changes", "office:annotation", "office:annotation-end", "text:table-of-content"),
            *("text:alphabetical-index", "text:illustration-index", "text:table-index", "text:hidden-text"),
            *("text:sequence-decls", "office:forms", "text:note-citation", "text:ruby-text"),
        ),
    )
)
_NOTE, _NOTE_BODY = qualified("text:note"), qualified("text:note-body")
_SPACE, _TAB, _BREAK = map(qualified, ("text:s", "text:tab", "text:line-break"))
_BOXES = tuple(map(qualified, ("draw:text-box", "draw:custom-shape")))
_DRAWING = qualified("draw:frame").partition("}")[0] + "}"
_MAX_SPACES = 100
_WHITE = re.compile(r"[ \t\r\n]+")


class OdfReader:
    """Reads a body in order; notes gather until the end, and numbered lists are counted."""

    def __init__(self, styles: OdfStyles, limits: Limits) -> None:
        self._styles, self._limits = styles, limits
        self._notes: list[etree._Element] = []
        self._counts: dict[tuple[str, int], int] = {}
        self._outline: list[int] = []

    def read(self, body: etree._Element) -> Iterator[Fragment]:
        """Yield the fragments of a body, its notes last.

        Raises:
            DocumentTooLarge: if its tables have more cells than allowed.
        """
        yield from self._blocks(body)
        while self._notes:
            yield from self._blocks(self._notes.pop(0))

    def _blocks(self, parent: etree._Element) -> Iterator[Fragment]:
        for element in parent.iterchildren(etree.Element):
            if element.tag in (_PARAGRAPH, _HEADING):
                yield from self._paragraphs(element)
            elif element.tag == _LIST:
                yield from self._entries(element, "", [])
            elif element.tag == _TABLE:
                yield self._grid(element)
            elif element.tag in _CONTAINERS and not self._is_hidden(element):
                yield from self._blocks(element)

    def _paragraphs(self, element: etree._Element, label: str = "") -> Iterator[Fragment]:
        """Yield a heading or the lines of a paragraph, then what stands in text boxes anchored to it."""
        lines = "".join(self._inline(element)).split("\n")
        level = self._level(element)
        if level is not None:
            text = "".join(lines).strip()
            number = label or self._outline_label(element, level) if text else ""
            yield Paragraph(number + text, BlockKind.HEADING, level)
        else:
            yield from (
                Paragraph(label + line if place == 0 and line.strip() else line) for place, line in enumerate(lines)
            )
        for box in element.iter(*_BOXES):
            if next(box.iterancestors(*_BOXES, _PARAGRAPH, _HEADING), None) is element:
                yield from self._blocks(box)

    def _level(self, element: etree._Element) -> int | None:
        if element.get(_STYLE) in self._styles.titles:
            return 0
        if element.tag != _HEADING:
            return None
        return whole(element.get(qualified("text:outline-level")), highest=9)

    def _outline_label(self, element: etree._Element, level: int) -> str:
        """Count a heading in the numbering of the chapters."""
        if level == 0 or element.get(qualified("text:is-list-header")) == "true":
            return ""
        levels = self._styles.outline
        above = [
            *self._outline,
            *(levels.get(depth, ListLevel()).start for depth in range(len(self._outline) + 1, level)),
        ]
        count = self._outline[level - 1] + 1 if level <= len(self._outline) else levels.get(level, ListLevel()).start
        self._outline = [*above[: level - 1], count]
        return list_label(levels, self._outline)

    def _entries(self, element: etree._Element, style: str, above: list[int]) -> Iterator[Fragment]:
        """Yield the entries of a list with their numbers; lists of one style count on where they say so."""
        style = element.get(_STYLE) or style
        levels = self._styles.lists.get(style, {})
        depth = len(above) + 1
        count = self._counts.get((style, depth), 0) if _goes_on(element) else levels.get(depth, ListLevel()).start - 1
        for item in element.iterchildren(qualified("text:list-item"), qualified("text:list-header")):
            label = ""
            if item.tag == qualified("text:list-item"):
                given = item.get(qualified("text:start-value"))
                count = whole(given, highest=9999) if given else count + 1
                label = list_label(levels, [*above, count])
            for inner in item.iterchildren(_PARAGRAPH, _HEADING, _LIST):
                if inner.tag == _LIST:
                    yield from self._entries(inner, style, [*above, count])
                else:
                    yield from self._paragraphs(inner, label)
                    label = ""
        self._counts[style, depth] = count

    def _inline(self, element: etree._Element) -> Iterator[str]:
        yield _squeezed(element.text)
        for inner in element.iterchildren(etree.Element):
            if inner.tag == _SPACE:
                yield " " * whole(inner.get(qualified("text:c")), highest=_MAX_SPACES)
            elif inner.tag == _TAB:
                yield " "
            elif inner.tag == _BREAK:
                yield "\n"
            elif inner.tag == _NOTE:
                self._notes.extend(inner.iterchildren(_NOTE_BODY))
            elif inner.tag not in _DROPPED and not str(inner.tag).startswith(_DRAWING) and not self._is_hidden(inner):
                yield from self._inline(inner)
            yield _squeezed(inner.tail)

    def _is_hidden(self, element: etree._Element) -> bool:
        return (
            element.get(_STYLE) in self._styles.hidden
            or element.get(qualified("text:display")) == "none"
            or element.get(qualified("text:is-hidden")) == "true"
        )

    def _grid(self, table: etree._Element) -> Grid:
        rows = []
        for row in _rows(table):
            rows.append([spanned for cell in row.iterchildren(_CELL) for spanned in self._spanned(cell)])
            self._limits.check_cells(len(rows))
        return place_cells(rows, self._limits)

    def _spanned(self, cell: etree._Element) -> list[SpannedCell]:
        """Return a cell as often as it is repeated."""
        found = SpannedCell(
            self._cell_text(cell),
            whole(cell.get(qualified("table:number-rows-spanned")), highest=10**6),
            whole(cell.get(qualified("table:number-columns-spanned")), highest=MAX_COLUMN_SPAN),
        )
        return [found] * whole(cell.get(qualified("table:number-columns-repeated")), highest=MAX_COLUMN_SPAN)

    def _cell_text(self, cell: etree._Element) -> str:
        lines: list[str] = []
        for fragment in self._blocks(cell):
            match fragment:
                case Paragraph():
                    lines.append(" ".join(fragment.text.split()))
                case Grid():
                    lines.extend(
                        " ".join(c.text.replace("\n", " ") for c in fragment.cells if c.row == row and c.text)
                        for row in range(fragment.rows)
                    )
        return "\n".join(line for line in lines if line)


def _goes_on(element: etree._Element) -> bool:
    """Say whether a list takes up the count of the one before it."""
    return element.get(qualified("text:continue-numbering")) == "true" or (
        element.get(qualified("text:continue-list")) is not None
    )


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table.iterchildren(_ROW, *_ROW_GROUPS):
        if element.tag == _ROW:
            yield element
        else:
            yield from _rows(element)


def _squeezed(text: str | None) -> str:
    """Return a stretch of text with the white space of the XML joined to single spaces."""
    return _WHITE.sub(" ", text or "")
