"""Inline Markdown to the text that a reader sees."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|span|font|p|div|center|sup|sub|del|ins|mark|code)(?:\s[^<>]*)?>", re.IGNORECASE
)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^()\n]*\)")
_LINK = re.compile(r"\[([^\]\n]+)\]\([^()\n]*\)")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_MARKS = (
    re.compile(r"\*\*\*(?=\S)(.+?)(?<=\S)\*\*\*"),
    re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"),
    re.compile(r"__(?=\S)(.+?)(?<=\S)__"),
    re.compile(r"~~(?=\S)(.+?)(?<=\S)~~"),
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>])")


def strip_comments(text: str) -> str:
    """Remove HTML comments; the line breaks inside them stay."""
    return _COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)


def plain_inline(text: str) -> str:
    """Remove emphasis, links, images, code marks and tags; ``<br>`` becomes a line break.

    Single asterisks and underlines stay: they mask names in published documents more often than
    they set italics.
    """
    text = _BREAK_TAG.sub("\n", text)
    text = _TAG.sub("", text)
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _CODE.sub(r"\2", text)
    for pattern in _MARKS:
        text = pattern.sub(r"\1", text)
    return _ESCAPE.sub(r"\1", text).strip()
