"""A web page as a document: title, date and source first, then the body, without the furniture of the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import html

from corpora.schema.document import BlockKind
from service.ingest.fragments import Fragment, Paragraph
from service.ingest.limits import Limits
from service.ingest.webpage.body import find_body, remove_furniture
from service.ingest.webpage.furniture import footer_start, is_furniture_line, opens_related
from service.ingest.webpage.lines import PageLine, read_lines
from service.ingest.webpage.masthead import Masthead, head_length, is_byline, read_masthead, same_title
from service.ingest.webpage.tree import parse_page

#: A line that is linked to this share is a link.
_MOSTLY = 0.9


@dataclass(frozen=True, slots=True)
class Page:
    """What is read of a page.

    Attributes:
        left_out: characters of furniture, white space aside.
    """

    fragments: tuple[Fragment, ...]
    left_out: int


def read_page(source: str, limits: Limits) -> Page:
    """Read a page of a web site.

    Raises:
        BrokenDocument: if it is nested too deeply.
        DocumentTooLarge: if text or tables exceed a limit.
        EmptyDocument: if there is no element in it.
    """
    root = parse_page(source)
    everything = _shown(root)
    limits.check_characters(everything)
    remove_furniture(root)
    lines = read_lines(next(iter(root.iter("body")), root), limits, body=find_body(root))
    texts = [_text(line) for line in lines]
    headings = [t for line, t in zip(lines, texts, strict=True) if _level(line) == 1]
    masthead = read_masthead(root, headings, texts)
    fragments = (*_head(masthead), *_body([line for line in lines if line.inside], masthead))
    kept = sum(map(_length, fragments))
    return Page(fragments, max(0, everything - kept))


def read_mail_page(source: str, limits: Limits) -> tuple[Fragment, ...]:
    """Read the body of a mail in HTML, which has no furniture.

    Raises:
        BrokenDocument: if it is nested too deeply.
        DocumentTooLarge: if text or tables exceed a limit.
        EmptyDocument: if there is no element in it.
    """
    root = parse_page(source)
    return tuple(line.fragment for line in read_lines(next(iter(root.iter("body")), root), limits))


def _head(masthead: Masthead) -> Iterator[Fragment]:
    if masthead.title:
        yield Paragraph(masthead.title, BlockKind.HEADING, 0)
    if masthead.date:
        yield Paragraph(f"发布时间：{masthead.date}")
    if masthead.source:
        yield Paragraph(f"来源：{masthead.source}")


def _body(lines: Sequence[PageLine], masthead: Masthead) -> Sequence[Fragment]:
    kept = list(_without_furniture(lines, masthead))
    return [line.fragment for line in kept[: footer_start([_text(line) for line in kept])]]


def _without_furniture(lines: Sequence[PageLine], masthead: Masthead) -> Iterator[PageLine]:
    head = head_length([_text(line) for line in lines])
    related = False
    for number, line in enumerate(lines):
        text = _text(line)
        related = opens_related(text) or (related and line.linked >= _MOSTLY)
        if related or is_furniture_line(text) or (number < head and _repeats(text, masthead)):
            continue
        yield line


def _repeats(text: str, masthead: Masthead) -> bool:
    return same_title(text, masthead.title) or is_byline(text)


def _text(line: PageLine) -> str:
    return line.fragment.text if isinstance(line.fragment, Paragraph) else ""


def _level(line: PageLine) -> int | None:
    return line.fragment.level if isinstance(line.fragment, Paragraph) else None


def _shown(root: html.HtmlElement) -> int:
    return sum(len("".join(str(text).split())) for body in root.iter("body") for text in body.itertext())


def _length(fragment: Fragment) -> int:
    texts = [fragment.text] if isinstance(fragment, Paragraph) else [cell.text for cell in fragment.cells]
    return sum(len("".join(text.split())) for text in texts)
