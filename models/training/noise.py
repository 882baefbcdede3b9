"""Printing noise of real documents, applied to training texts.

Scans, pasted web pages and typists give half-width punctuation, lost full stops, stray numbering, masks and
line breaks inside sentences. None of them changes what a statement says.
"""

from __future__ import annotations

import random
from collections.abc import Callable

_HALF = str.maketrans("，。；：！？（）", ",.;:!?()")
_PREFIXES = ("一是", "二是", "三是", "四是", "（一）", "（二）", "(3)", "1.", "2.", "3、", "①", "第二，", "一、", "——")
_MASKED = ("党委", "党组", "某县", "某镇", "某局", "纪委", "县", "镇", "市")


def _half_width(text: str, _: random.Random) -> str:
    return text.translate(_HALF)


def _drop_end(text: str, _: random.Random) -> str:
    return text.rstrip("。；;.")


def _prefix(text: str, rng: random.Random) -> str:
    return text if text[:1] in "一二三四五六七八九（(①②第——0123456789" else rng.choice(_PREFIXES) + text


def _mask(text: str, rng: random.Random) -> str:
    present = [word for word in _MASKED if word in text]
    return text.replace(rng.choice(present), "*", 1) if present else text


def _break(text: str, rng: random.Random) -> str:
    if len(text) < 16:
        return text
    at = rng.randrange(6, len(text) - 4)
    return text[:at] + "\n" + text[at:]


def _drop_comma(text: str, rng: random.Random) -> str:
    commas = [i for i, char in enumerate(text) if char in "，、,"]
    if not commas:
        return text
    at = rng.choice(commas)
    return text[:at] + text[at + 1 :]


_KINDS: tuple[Callable[[str, random.Random], str], ...] = (
    _half_width,
    _drop_end,
    _prefix,
    _mask,
    _break,
    _drop_comma,
)


def as_naming_clause(heading: str, rng: random.Random) -> str:
    """Return a heading in the form it has inside a paragraph: “二是……。”."""
    bare = heading.rstrip("。；;.")
    return (
        rng.choice(("一是", "二是", "三是", "四是", "五是")) + bare + "。"
        if bare[:1] not in "一二三四五六（(第0123456789①②“"
        else heading
    )


def disturb(text: str, rng: random.Random) -> str:
    """Return the text with one or two kinds of printing noise; never empty if `text` is not."""
    for kind in rng.sample(_KINDS, rng.choice((1, 1, 2))):
        text = kind(text, rng) or text
    return text
