"""From a tree of HTML to the lines that a reader sees, headings and tables among them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import html

from corpora.schema.document import BlockKind
from service.ingest.fragments import Fragment, Grid, Paragraph
from service.ingest.grids import SpannedCell, place_cells
from service.ingest.limits import Limits
from service.ingest.word.numerals import format_number

_BLOCKS = frozenset(
    {
        *(
            "html",
            "body",
            "p",
            "div",
            "section",
            "article",
            "main",
            "header",
            "footer",
            "aside",
            "nav",
            "hgroup",
            "form",
        ),
        *("ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "hr"),
        *("blockquote", "pre", "center", "fieldset", "legend", "address", "figure", "figcaption", "details", "summary"),
        *("h1", "h2", "h3", "h4", "h5", "h6"),
    }
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_WHITE = re.compile(r"[ \t\n\r\f\xa0]+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…·]")
_ROWS = "./tr|./thead/tr|./tbody/tr|./tfoot/tr"
_COUNTERS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CHINESE_LIST = re.compile(r"list-style(?:-type)?\s*:[^;]*(?:cjk-ideographic|simp-chinese|trad-chinese)", re.IGNORECASE)
_NO_LABEL = re.compile(r"list-style(?:-type)?\s*:[^;]*none", re.IGNORECASE)
#: A table whose nested tables hold more of its text than this only arranges them.
_NESTED_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class PageLine:
    """A paragraph, heading or table of a page.

    Attributes:
        inside: whether it stands in the part of the page that holds the body.
        linked: share of its characters that are links, from 0 to 1.
    """

    fragment: Fragment
    inside: bool = True
    linked: float = 0.0


def read_lines(root: html.HtmlElement, limits: Limits, *, body: html.HtmlElement | None = None) -> tuple[PageLine, ...]:
    """Return what a tree shows, in reading order.

    Args:
        root: the tree.
        limits: bound the cells of its tables.
        body: the element that holds the body of the page; without it, all of it counts as body.

    Raises:
        DocumentTooLarge: if there are too many cells.
    """
    walker = _Walker(limits, body)
    walker.walk(root)
    walker.flush()
    return tuple(walker.lines)


def is_data_table(table: html.HtmlElement) -> bool:
    """Say whether a table tabulates; tables that only arrange the page do not."""
    rows = [[size for cell in _cells(row) if (size := _size(cell))] for row in _found(table, _ROWS)]
    if (table.get("role") or "") == "presentation" or sum(len(row) >= 2 for row in rows) < 2:
        return False
    nested = sum(_size(inner) for inner in _found(table, ".//table") if _is_outermost(inner, table))
    return nested <= _NESTED_SHARE * sum(map(sum, rows))


class _Walker:
    """Collects lines; text gathers in a buffer until an element that begins a line flushes it."""

    def __init__(self, limits: Limits, body: html.HtmlElement | None = None) -> None:
        self.lines: list[PageLine] = []
        self._limits, self._body, self._inside = limits, body, body is None
        self._parts: list[str] = []
        self._linked, self._in_link = 0, False
        self._level: int | None = None
        self._label = ""
        self._counts: dict[html.HtmlElement, int] = {}

    def walk(self, element: html.HtmlElement) -> None:
        """Add what an element shows, without the text after it."""
        if not isinstance(element.tag, str):
            return
        if element is self._body:
            self.flush()
            self._inside = True
            self._walk_block(element)
            self._inside = False
        elif element.tag == "br":
            self.flush()
        elif element.tag == "table" and is_data_table(element):
            self.flush()
            self._add_table(element)
        elif element.tag in _BLOCKS:
            self._walk_block(element)
        else:
            before = self._in_link
            self._in_link = before or (element.tag == "a" and element.get("href") is not None)
            self._walk_content(element)
            self._in_link = before

    def flush(self) -> None:
        """End the line that is being gathered."""
        text = squeeze("".join(self._parts))
        if text:
            kind = BlockKind.PARAGRAPH if self._level is None else BlockKind.HEADING
            paragraph = Paragraph(self._label + text, kind, self._level)
            share = self._linked / max(1, sum(len("".join(part.split())) for part in self._parts))
            self.lines.append(PageLine(paragraph, self._inside, share))
            self._label = ""
        self._parts.clear()
        self._linked = 0

    def _walk_block(self, element: html.HtmlElement) -> None:
        self.flush()
        level = self._level
        self._level = _HEADINGS.get(str(element.tag), level)
        if element.tag == "li":
            self._label = self._next_label(element)
        if element.tag == "pre":
            self._add_preformatted(element)
        else:
            self._walk_content(element)
        self.flush()
        self._level = level
        if element.tag == "li":
            self._label = ""

    def _next_label(self, item: html.HtmlElement) -> str:
        """Return the number that a browser prints before an entry of an ordered list."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol" or _NO_LABEL.search(parent.get("style") or ""):
            return ""
        count = self._counts.get(parent, _number(parent.get("start"), 1))
        self._counts[parent] = count + 1
        if _CHINESE_LIST.search(parent.get("style") or ""):
            return f"{format_number(count, 'chineseCounting')}、"
        return f"{format_number(count, _COUNTERS.get(parent.get('type') or '', 'decimal'))}."

    def _walk_content(self, element: html.HtmlElement) -> None:
        self._add_text(element.text)
        for inner in element.iterchildren():
            self.walk(inner)
            self._add_text(inner.tail)

    def _add_text(self, text: str | None) -> None:
        if text:
            self._parts.append(text)
            self._linked += len("".join(text.split())) if self._in_link else 0

    def _add_preformatted(self, element: html.HtmlElement) -> None:
        for line in "".join(map(str, element.itertext())).split("\n"):
            self._parts.append(line)
            self.flush()

    def _add_table(self, table: html.HtmlElement) -> None:
        for caption in _found(table, "./caption"):
            self._walk_block(caption)
        rows = _found(table, _ROWS)
        spanned = [[_spanned(cell, len(rows), self._limits) for cell in _cells(row)] for row in rows]
        self.lines.append(PageLine(place_cells(spanned, self._limits), self._inside))


def squeeze(text: str) -> str:
    """Join the white space of a line; a line break of the source between Chinese characters is none of the text."""
    parts: list[str] = []
    place = 0
    for match in _WHITE.finditer(text):
        parts.append(text[place : match.start()])
        place = match.end()
        wide = _WIDE.match(text[match.start() - 1 : match.start()]) and _WIDE.match(text[place : place + 1])
        parts.append("" if wide and "\n" in match.group() and "\xa0" not in match.group() else " ")
    return "".join((*parts, text[place:])).strip()


def cell_lines(cell: html.HtmlElement, limits: Limits) -> str:
    """Return the text of a cell, paragraphs on lines; rows of a table inside it are lines of their own."""
    lines: list[str] = []
    for line in _lines_below(cell, limits):
        match line.fragment:
            case Paragraph():
                lines.append(line.fragment.text)
            case Grid():
                lines.extend(_row_texts(line.fragment))
    return "\n".join(lines)


def _lines_below(cell: html.HtmlElement, limits: Limits) -> Iterable[PageLine]:
    walker = _Walker(limits)
    walker.walk(cell)
    return walker.lines


def _row_texts(grid: Grid) -> Iterable[str]:
    for row in range(grid.rows):
        yield " ".join(cell.text.replace("\n", " ") for cell in grid.cells if cell.row == row and cell.text)


def _spanned(cell: html.HtmlElement, rows: int, limits: Limits) -> SpannedCell:
    height = rows if (cell.get("rowspan") or "").strip() == "0" else _number(cell.get("rowspan"), 1)
    return SpannedCell(cell_lines(cell, limits), height, _number(cell.get("colspan"), 1))


def _number(value: str | None, default: int) -> int:
    value = (value or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else default


def _size(element: html.HtmlElement) -> int:
    return sum(len("".join(str(text).split())) for text in element.itertext())


def _cells(row: html.HtmlElement) -> list[html.HtmlElement]:
    return [cell for cell in row.iterchildren() if cell.tag in ("td", "th")]


def _found(element: html.HtmlElement, path: str) -> list[html.HtmlElement]:
    found = element.xpath(path)
    return [item for item in found if isinstance(item, html.HtmlElement)] if isinstance(found, list) else []


def _is_outermost(inner: html.HtmlElement, table: html.HtmlElement) -> bool:
    """Say whether no other table stands between two nested ones."""
    return next(inner.iterancestors("table"), None) is table
