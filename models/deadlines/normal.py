"""Printed text folded into one plain form, with a map back to the printed offsets."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from corpora.schema.span import Span

_BLANK = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f")
_QUOTES = "“”‘’\"'「」『』＂＇"
_OPENING = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("—–―‐‑‒−─━﹣－~～〜∼〰", "-"),
        **dict.fromkeys("【［[", "("),
        **dict.fromkeys("】］]", ")"),
        **dict.fromkeys("﹑､", "、"),
        **dict.fromkeys("｡", "。"),
        **dict.fromkeys("＊✱", "*"),
        **dict(
            zip(
                "內後個週號會時間長堅續進開終結節國慶動陽歲約從標",
                "内后个周号会时间长坚续进开终结节国庆动阳岁约从标",
                strict=True,
            )
        ),
        **dict(
            zip(
                "無當據來歷實點態長責單產幾兩應須請達審視討論",
                "无当据来历实点态长责单产几两应须请达审视讨论",
                strict=True,
            )
        ),
    }
)
_CONTINUES = re.compile(
    r"\d{1,2}[月日号.]|[年月日号底末前初内]|[上中下]旬|[之以]前|个|工作日|季度|[一二三四五六七八九十]{1,3}[月日]|-?\d{1,2}日"
)
_FULL_STOP = frozenset("。;,:、)!?")
_EXPRESSION_END = frozenset("前内底末日旬度持改进期办")
_NEW_ENTRY = re.compile(r"\d|[一二三四五六七八九十]|\(")


@dataclass(frozen=True, slots=True)
class NormalText:
    """A text without spaces and quotes, in half-width form; a line break stays where it ends something.

    Attributes:
        source: the printed text.
        text: the folded text.
        offsets: for every code point of `text` its offset in `source`, strictly increasing.
    """

    source: str
    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the printed span of the folded interval; a quotation mark that it splits is taken in."""
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        before = self.source[first - 1 : first]
        closing = _OPENING.get(before)
        if closing is not None and closing in self.source[first:last]:
            first -= 1
        return Span(first, last)


def fold(source: str, *, cell: bool) -> NormalText:
    """Fold `source`; in a `cell` lines are only broken by the column's width and are joined more freely."""
    folded = [_fold_character(character) for character in source]
    kept: list[str] = []
    offsets: list[int] = []
    at = 0
    while at < len(folded):
        if folded[at].isspace():
            stop = at
            while stop < len(folded) and (folded[stop].isspace() or not folded[stop]):
                stop += 1
            gap = _gap("".join(kept[-12:]), _ahead(folded, stop), broken="\n" in folded[at:stop], cell=cell)
            kept.extend(gap)
            offsets.extend([at] * len(gap))
            at = stop
            continue
        if folded[at]:
            kept.append(folded[at])
            offsets.append(at)
        at += 1
    text = re.sub(r"(?<=\d)[Oo〇○](?=[\d年月日号])", "0", "".join(kept))
    return NormalText(source, text, tuple(offsets))


def _fold_character(character: str) -> str:
    """Return the plain form of one code point: one code point, or nothing."""
    if character in _QUOTES or character in _BLANK:
        return ""
    if character in "\r\x0b\x0c\x85\u2028\u2029":
        return "\n"
    plain = unicodedata.normalize("NFKC", character)
    return (plain if len(plain) == 1 else character).translate(_FOLDED)


def _ahead(folded: list[str], start: int) -> str:
    """Return the next twelve printed characters from `start`, without gaps."""
    return "".join(part for part in folded[start : start + 24] if not part.isspace())[:12]


def _gap(behind: str, ahead: str, *, broken: bool, cell: bool) -> str:
    """Return what stands for white space between two printed characters: nothing, a space or a line break."""
    if not behind or not ahead:
        return ""
    left = re.search(r"\d+$", behind)
    right = re.match(r"(\d+)(.?)", ahead)
    if left and right and not _one_number(left[0], right[1], right[2]):
        return "\n" if broken else " "
    if not broken or (left and right):
        return ""
    if cell:
        entry = behind[-1] in _EXPRESSION_END and _NEW_ENTRY.match(ahead)
        return "\n" if behind[-1] in _FULL_STOP or entry else ""
    joined = re.search(
        r"[年月季第至到自于在每(\-]$|\d$|[一二三四五六七八九十个]$|[月年]底$", behind
    ) and _CONTINUES.match(ahead)
    return "" if joined else "\n"


def _one_number(left: str, right: str, following: str) -> bool:
    """Say whether two runs of digits with a gap between them are one number torn apart."""
    length = len(left) + len(right)
    if following == "年":
        return length == 4
    if following and following in "月日号个天周":
        return length == 2
    return following in {".", "/", "-"} and length == 4 and right != "" and len(left) < 4
