"""The character classes that every step of the text layer agrees on."""

from __future__ import annotations

import re
import unicodedata

from corpora.schema.span import Span

#: One line break, whatever system or word processor wrote it.
LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")

#: Marks that end a sentence wherever they stand outside quotes and brackets.
STRONG_ENDS = frozenset("。！？!?｡")
SEMICOLONS = frozenset("；;﹔")
QUOTE_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "〝": "〞"}
BRACKET_PAIRS = {"（": "）", "(": ")", "【": "】", "[": "]", "［": "］", "〔": "〕", "〖": "〗"}
TITLE_PAIRS = {"《": "》", "〈": "〉"}
PAIRS = QUOTE_PAIRS | BRACKET_PAIRS | TITLE_PAIRS
CLOSERS = frozenset(PAIRS.values())
CHINESE_NUMERALS = "一二三四五六七八九十百零〇两"

_CJK_PUNCTUATION = frozenset("，。、；：？！…—·～￥") | frozenset(PAIRS) | CLOSERS
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})


def is_cjk(char: str) -> bool:
    """Say whether `char` is a Chinese character (ideographic zero included)."""
    return (
        "\u4e00" <= char <= "\u9fff"
        or char == "〇"
        or "\u3400" <= char <= "\u4dbf"
        or "\uf900" <= char <= "\ufaff"
        or "\u2e80" <= char <= "\u2fdf"
        or "\U00020000" <= char <= "\U0003ffff"
    )


def is_chinese(char: str) -> bool:
    """Say whether `char` is set without spaces: a Chinese character or a full-width mark."""
    return char in _CJK_PUNCTUATION or is_cjk(char)


def is_visible(char: str) -> bool:
    """Say whether `char` leaves ink: no white space, control, format or lone surrogate character."""
    if char.isalnum():
        return True
    return not char.isspace() and unicodedata.category(char) not in _INVISIBLE_CATEGORIES


def visible_span(text: str, start: int, end: int) -> Span | None:
    """Return ``[start, end)`` without invisible characters at its ends, or ``None`` if nothing is left."""
    while start < end and not is_visible(text[start]):
        start += 1
    while start < end and not is_visible(text[end - 1]):
        end -= 1
    return Span(start, end) if start < end else None


def next_visible(text: str, position: int, end: int) -> int:
    """Return the first position in ``[position, end)`` that holds a visible character, else `end`."""
    while position < end and not is_visible(text[position]):
        position += 1
    return position


def last_visible(text: str, start: int, position: int) -> int | None:
    """Return the last position in ``[start, position)`` that holds a visible character."""
    while position > start:
        position -= 1
        if is_visible(text[position]):
            return position
    return None
