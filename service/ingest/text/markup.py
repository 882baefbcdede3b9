"""Inline Markdown to the text that a reader sees."""

from __future__ import annotations

import re

_MARKED = re.compile(r"[<\[*_`~\\]")
_COMMENT_START, _COMMENT_END = "<!--", "-->"
_BREAK_TAG = re.compile(r"<br {0,3}/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|span|font|p|div|center|sup|sub|del|ins|mark|code)(?:\s[^<>]{0,300})?>", re.IGNORECASE
)
# Every repetition is bounded: marks without their partner must not make the search quadratic.
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\n]{0,2000}\)")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)(.{1,300}?)(?<!`)\1(?!`)")
_MARKS = (
    re.compile(r"\*\*\*(?=\S)(.{1,300}?)(?<=\S)\*\*\*"),
    re.compile(r"\*\*(?=\S)(.{1,300}?)(?<=\S)\*\*"),
    re.compile(r"__(?=\S)(.{1,300}?)(?<=\S)__"),
    re.compile(r"~~(?=\S)(.{1,300}?)(?<=\S)~~"),
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>])")


def strip_comments(text: str) -> str:
    """Remove HTML comments; the line breaks inside them stay, and so does a comment that is never closed."""
    parts: list[str] = []
    place = 0
    while (start := text.find(_COMMENT_START, place)) >= 0:
        end = text.find(_COMMENT_END, start + len(_COMMENT_START))
        if end < 0:
            break
        parts.extend((text[place:start], "\n" * text.count("\n", start, end)))
        place = end + len(_COMMENT_END)
    return "".join((*parts, text[place:]))


def plain_inline(text: str) -> str:
    """Remove emphasis, links, images, code marks and tags; ``<br>`` becomes a line break.

    Single asterisks and underlines stay: they mask names in published documents more often than
    they set italics.
    """
    if _MARKED.search(text) is None:
        return text.strip()
    text = _BREAK_TAG.sub("\n", text)
    text = _TAG.sub("", text)
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _CODE.sub(r"\2", text)
    for pattern in _MARKS:
        text = pattern.sub(r"\1", text)
    return _ESCAPE.sub(r"\1", text).strip()
