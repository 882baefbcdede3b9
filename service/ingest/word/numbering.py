"""Automatic numbers of paragraphs, which are not in the text of a .docx file but printed by Word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from service.ingest.word.numerals import format_number
from service.ingest.word.package import qualified
from service.ingest.word.styles import Numbered, attribute, child, number

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    legal: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    """A number definition: the counter it shares, its levels, and the counts it restarts at."""

    counter: str
    levels: Mapping[int, _Level]
    restarts: Mapping[int, int]


class Numbering:
    """Counts numbered paragraphs in reading order and prints their numbers."""

    def __init__(self, root: etree._Element | None) -> None:
        self.levels_by_style: dict[str, Numbered] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        if root is not None:
            self._read(root)

    def next_label(self, place: Numbered) -> str:
        """Count one paragraph at `place` and return its number as printed; empty for bullets and unknown lists."""
        found = self._lists.get(place.list_id)
        if found is None or place.level not in found.levels:
            return ""
        counts = self._counts.setdefault(found.counter, [None] * _LEVELS)
        if place.list_id not in self._begun:
            self._begun.add(place.list_id)
            for index, start in found.restarts.items():
                counts[index] = start - 1
        level = found.levels[place.level]
        current = counts[place.level]
        counts[place.level] = level.start if current is None else current + 1
        counts[place.level + 1 :] = [None] * (_LEVELS - place.level - 1)
        return _print(level, counts, found.levels)

    def _read(self, root: etree._Element) -> None:
        definitions = {
            key: element
            for element in root.iterchildren(qualified("abstractNum"))
            if (key := attribute(element, "abstractNumId")) is not None
        }
        by_style = {attribute(child(e, "styleLink")): e for e in definitions.values()}
        for element in root.iterchildren(qualified("num")):
            list_id, counter = attribute(element, "numId"), attribute(child(element, "abstractNumId"))
            definition = definitions.get(counter or "")
            if list_id is None or counter is None or definition is None:
                continue
            linked = attribute(child(definition, "numStyleLink"))
            if linked is not None:
                definition = by_style.get(linked, definition)
            self._add(list_id, counter, definition, element)

    def _add(self, list_id: str, counter: str, definition: etree._Element, element: etree._Element) -> None:
        levels = _levels(definition)
        restarts: dict[int, int] = {}
        for override in element.iterchildren(qualified("lvlOverride")):
            level = number(attribute(override, "ilvl"), low=0, high=_LEVELS - 1)
            start = number(attribute(child(override, "startOverride")), low=0, high=9999)
            if level is not None and start is not None:
                restarts[level] = start
            levels |= _levels(override)
        self._lists[list_id] = _List(counter, levels, restarts)
        for lvl in definition.iterchildren(qualified("lvl")):
            style, level = attribute(child(lvl, "pStyle")), number(attribute(lvl, "ilvl"), low=0, high=_LEVELS - 1)
            if style is not None and level is not None:
                self.levels_by_style.setdefault(style, Numbered(list_id, level))


def _levels(parent: etree._Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for element in parent.iterchildren(qualified("lvl")):
        level = number(attribute(element, "ilvl"), low=0, high=_LEVELS - 1)
        if level is None:
            continue
        start = number(attribute(child(element, "start")), low=0, high=9999)
        levels[level] = _Level(
            start=1 if start is None else start,
            style=attribute(child(element, "numFmt")) or "decimal",
            pattern=attribute(child(element, "lvlText")) or "",
            legal=child(element, "isLgl") is not None,
        )
    return levels


def _print(level: _Level, counts: list[int | None], levels: Mapping[int, _Level]) -> str:
    if level.style == "bullet":
        return ""

    def place(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        other = levels.get(index, _Level())
        count = counts[index]
        style = "decimal" if level.legal else other.style
        return format_number(other.start if count is None else count, style)

    label = _PLACE.sub(place, level.pattern).strip()
    return f"{label} " if label and label[-1].isalnum() else label
