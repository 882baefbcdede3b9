"""What paragraph styles say of the outline and of automatic numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from service.ingest.word.package import qualified

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "标题", "文档标题"})
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*\d", re.IGNORECASE)
_MAX_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Numbered:
    """A place in a list: number definition and level from 0."""

    list_id: str
    level: int


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits.

    Attributes:
        outline: level from 1 (0 for the document title), or ``None`` for body text.
        contents: whether it sets an entry of a table of contents.
    """

    outline: int | None = None
    numbered: Numbered | None = None
    contents: bool = False


def attribute(element: etree._Element | None, name: str = "val") -> str | None:
    """Return an attribute of the WordprocessingML namespace, or ``None``."""
    return None if element is None else element.get(qualified(name))


def number(value: str | None, *, low: int, high: int) -> int | None:
    """Return a whole number within bounds, or ``None`` for anything else."""
    if value is None or not re.fullmatch(r"-?\d{1,12}", value.strip(), re.ASCII):
        return None
    found = int(value)
    return found if low <= found <= high else None


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Follow a path of child elements, or return ``None`` where one is missing."""
    for name in path:
        element = None if element is None else element.find(qualified(name))
    return element


def read_styles(root: etree._Element | None, levels_by_style: Mapping[str, Numbered]) -> dict[str, Style]:
    """Return the paragraph styles by their id.

    Args:
        root: the styles part, if there is one.
        levels_by_style: list levels that are tied to a style in the numbering part.
    """
    if root is None:
        return {}
    elements = {
        style_id: element
        for element in root.iterchildren(qualified("style"))
        if attribute(element, "type") in (None, "paragraph") and (style_id := attribute(element, "styleId"))
    }
    return {style_id: _style(style_id, elements, levels_by_style) for style_id in elements}


def style_by_id_alone(style_id: str) -> Style:
    """Guess a style that is used but not defined from the ids that Word gives."""
    match = _HEADING_NAME.fullmatch(style_id)
    return Style(outline=int(match.group(1)) if match else 0 if style_id.lower() == "title" else None)


def _style(style_id: str, elements: Mapping[str, etree._Element], levels_by_style: Mapping[str, Numbered]) -> Style:
    chain = _chain(style_id, elements)
    names = [(attribute(child(element, "name")) or "").strip() for _, element in chain]
    outline = next(
        (
            level
            for (_, element), name in zip(chain, names, strict=True)
            if (level := _outline(element, name)) is not None
        ),
        None,
    )
    return Style(
        outline=outline if outline is not None and outline <= 9 else None,
        numbered=next(
            (found for i, element in chain if (found := _numbered(i, element, levels_by_style)) is not None), None
        ),
        contents=any(_CONTENTS_NAME.fullmatch(name) for name in names[:1]),
    )


def _chain(style_id: str, elements: Mapping[str, etree._Element]) -> list[tuple[str, etree._Element]]:
    """Return a style and the styles it is based on, nearest first."""
    chain: list[tuple[str, etree._Element]] = []
    current: str | None = style_id
    while current is not None and current in elements and len(chain) < _MAX_CHAIN:
        chain.append((current, elements[current]))
        current = attribute(child(elements[current], "basedOn"))
    return chain


def _outline(element: etree._Element, name: str) -> int | None:
    """Return the outline level from 1, 0 for a title, 10 for body text by decree, ``None`` if left open."""
    level = number(attribute(child(element, "pPr", "outlineLvl")), low=0, high=9)
    if level is not None:
        return level + 1
    match = _HEADING_NAME.fullmatch(name)
    if match:
        return int(match.group(1))
    return 0 if name.lower() in _TITLE_NAMES else None


def _numbered(style_id: str, element: etree._Element, levels_by_style: Mapping[str, Numbered]) -> Numbered | None:
    list_id = attribute(child(element, "pPr", "numPr", "numId"))
    if list_id is None:
        return None
    tied = levels_by_style.get(style_id)
    level = number(attribute(child(element, "pPr", "numPr", "ilvl")), low=0, high=8)
    return Numbered(list_id, level if level is not None else tied.level if tied else 0)
