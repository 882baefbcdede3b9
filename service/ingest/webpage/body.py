"""Where the body of a page is: furniture by name and lists of links go, then the part that holds the prose is found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree, html

from service.ingest.webpage.furniture import is_footer_mark, is_furniture_line, is_furniture_part
from service.ingest.webpage.lines import is_data_table
from service.ingest.webpage.tree import drop, names_of

_CONTAINERS = frozenset({"body", "div", "article", "section", "main", "td", "form", "center", "blockquote"})
_LISTS = frozenset({"div", "ul", "ol", "dl", "table", "section", "td", "p", "center", "nav"})
_PASSED = _CONTAINERS | {"table", "tbody", "tr"}
#: The body is the smallest part that holds this share of the prose.
_BODY_SHARE = 0.95
#: What holds more of the prose than this is no furniture, whatever it is called.
_MAX_FURNITURE_SHARE = 0.2
_MIN_LINKS = 3
_LINK_SHARE = 0.7
_MAX_UNLINKED = 60
_ATTACHMENT = re.compile(r"附件|\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|ofd)\b", re.IGNORECASE)

_SIGNATURE = re.compile(r"\w\s*(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*$")
_MAX_SIGNATURE = 80


@dataclass(frozen=True, slots=True)
class _Weight:
    """How much an element holds, in characters: prose, links and all."""

    prose: int = 0
    linked: int = 0
    links: int = 0


def remove_furniture(root: html.HtmlElement) -> None:
    """Drop what is furniture by tag, name or role, and lists of links."""
    weights = _weigh(root)
    whole = max(1, weights[root].prose)
    for element in list(root.iter(etree.Element)):
        if element not in weights or element.tag in ("html", "body", "head") or not _is_attached(element, root):
            continue
        weight = weights[element]
        if element.tag in ("nav", "footer") or is_furniture_part(names_of(element), element.get("role") or ""):
            if weight.prose <= _MAX_FURNITURE_SHARE * whole and not _belongs_to_body(element, weight):
                drop(element)
        elif element.tag in _LISTS and _is_link_list(element, weight):
            drop(element)


def find_body(root: html.HtmlElement) -> html.HtmlElement:
    """Return the smallest container that holds nearly all of the prose; a table that tabulates is never entered."""
    weights = _weigh(root)
    found = next(iter(root.iter("body")), root)
    place: html.HtmlElement | None = found
    least = _BODY_SHARE * weights[found].prose
    while place is not None:
        if place.tag in _CONTAINERS:
            found = place
        heavy = [child for child in place.iterchildren() if child in weights and weights[child].prose >= least]
        place = next((child for child in heavy if child.tag in _PASSED), None)
        if place is not None and place.tag == "table" and is_data_table(place):
            break
    return found


def _weigh(root: html.HtmlElement) -> Mapping[html.HtmlElement, _Weight]:
    weights: dict[html.HtmlElement, _Weight] = {}
    stack: list[tuple[int, int, int]] = []
    linked = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag == "head":
            continue
        is_link = element.tag == "a" and element.get("href") is not None
        if event == "start":
            linked += is_link
            stack.append(_count(element.text, linked=linked > 0))
            continue
        prose, links, count = stack.pop()
        weights[element] = _Weight(prose, links, count + is_link)
        linked -= is_link
        if stack:
            tail = _count(element.tail, linked=linked > 0)
            above = stack[-1]
            stack[-1] = (above[0] + prose + tail[0], above[1] + links + tail[1], above[2] + count + is_link)
    return weights


def _count(text: str | None, *, linked: bool) -> tuple[int, int, int]:
    visible = "".join(text.split()) if text else ""
    if not visible:
        return 0, 0, 0
    if linked:
        return 0, len(visible), 0
    return (0 if is_footer_mark(visible) or is_furniture_line(visible) else len(visible)), 0, 0


def _is_link_list(element: html.HtmlElement, weight: _Weight) -> bool:
    if weight.links < _MIN_LINKS or weight.linked < _LINK_SHARE * (weight.linked + weight.prose):
        return False
    if weight.prose > _MAX_UNLINKED or any(is_data_table(table) for table in element.iter("table")):
        return False
    return not _has_attachment(element)


def _belongs_to_body(element: html.HtmlElement, weight: _Weight) -> bool:
    """Say whether a part that is called a footer or the like holds attachments or a signature with its date."""
    signed = weight.prose <= _MAX_SIGNATURE and _SIGNATURE.search(element.text_content()) is not None
    return signed or _has_attachment(element)


def _has_attachment(element: html.HtmlElement) -> bool:
    return any(_ATTACHMENT.search(f"{a.get('href') or ''} {a.text_content()}") for a in element.iter("a"))


def _is_attached(element: html.HtmlElement, root: html.HtmlElement) -> bool:
    return element is root or next((True for ancestor in element.iterancestors() if ancestor is root), False)
