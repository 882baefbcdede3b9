"""What the styles of an OpenDocument text say: titles, hidden text, and the numbers of lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from service.ingest.word.numerals import format_number

_NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}
_TITLE = "Title"
_MAX_CHAIN = 20
_MAX_LEVELS = 10
#: How number formats begin that are spelt as the first numbers of a row.
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_ROWS = {
    "一": "chineseCounting",
    "壹": "chineseLegalSimplified",
    "①": "decimalEnclosedCircle",
    "甲": "ideographTraditional",
}


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list is numbered; `pattern` is empty where it is not."""

    pattern: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1


@dataclass(frozen=True, slots=True)
class OdfStyles:
    """Names of styles by what they mean."""

    titles: frozenset[str]
    hidden: frozenset[str]
    lists: Mapping[str, Mapping[int, ListLevel]]
    outline: Mapping[int, ListLevel]


def qualified(name: str) -> str:
    """Return a prefixed name such as ``text:p`` as lxml spells it."""
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def read_styles(*parts: etree._Element | None) -> OdfStyles:
    """Read the styles of a document from the parts that hold some."""
    roots = [part for part in parts if part is not None]
    elements = [element for root in roots for element in root.iter(qualified("style:style"))]
    parents = {
        name: element.get(qualified("style:parent-style-name"))
        for element in elements
        if (name := element.get(qualified("style:name")))
    }
    return OdfStyles(
        titles=frozenset(name for name in {*parents, _TITLE} if _descends(name, parents)),
        hidden=frozenset(_hidden(roots)),
        lists={
            name: _levels(element)
            for root in roots
            for element in root.iter(qualified("text:list-style"))
            if (name := element.get(qualified("style:name")))
        },
        outline=next((_levels(e) for root in roots for e in root.iter(qualified("text:outline-style"))), {}),
    )


def list_label(levels: Mapping[int, ListLevel], counts: list[int]) -> str:
    """Print the number of an entry.

    Args:
        levels: the levels of its list by depth from 1.
        counts: the counts of the levels down to the entry's own.
    """
    level = levels.get(len(counts), ListLevel())
    if not level.pattern:
        return ""
    first = max(0, len(counts) - level.shown)
    numbers = [
        format_number(counts[depth], _format(levels.get(depth + 1, ListLevel()).pattern or level.pattern))
        for depth in range(first, len(counts))
    ]
    label = f"{level.prefix}{'.'.join(numbers)}{level.suffix}".strip()
    return f"{label} " if label and label[-1].isalnum() else label


def _format(pattern: str) -> str:
    return _FORMATS.get(pattern) or _ROWS.get(pattern[:1], "decimal")


def _descends(name: str, parents: Mapping[str, str | None]) -> bool:
    current: str | None = name
    for _ in range(_MAX_CHAIN):
        if current is None or current == _TITLE:
            break
        current = parents.get(current)
    return current == _TITLE


def _hidden(roots: list[etree._Element]) -> Iterator[str]:
    for root in roots:
        for style in root.iter(qualified("style:style")):
            properties = style.iter(qualified("style:text-properties"), qualified("style:section-properties"))
            if any(p.get(qualified("text:display")) == "none" for p in properties):
                yield style.get(qualified("style:name")) or ""


def _levels(element: etree._Element) -> dict[int, ListLevel]:
    levels: dict[int, ListLevel] = {}
    for entry in element.iterchildren(*map(qualified, ("text:list-level-style-number", "text:outline-level-style"))):
        depth = whole(entry.get(qualified("text:level")), highest=_MAX_LEVELS)
        levels[depth] = ListLevel(
            pattern=entry.get(qualified("style:num-format")) or "",
            prefix=entry.get(qualified("style:num-prefix")) or "",
            suffix=entry.get(qualified("style:num-suffix")) or "",
            start=whole(entry.get(qualified("text:start-value")), highest=9999),
            shown=whole(entry.get(qualified("text:display-levels")), highest=_MAX_LEVELS),
        )
    return levels


def whole(value: str | None, *, highest: int) -> int:
    """Return a whole number from 1 to `highest`; 1 for anything that is none."""
    value = (value or "").strip()
    found = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 1
    return max(1, min(found, highest))
