"""One way of writing for the models, with a way back to the printed characters."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from corpora.schema.span import Span
from models.text.characters import CHINESE_NUMERALS, LINE_BREAK, is_chinese, is_cjk, is_visible
from models.text.labels import match_label
from models.text.lines import logical_lines

_VARIANTS = {
    **dict.fromkeys("「『〝﹁﹃", "“"),
    **dict.fromkeys("」』〞﹂﹄", "”"),
    **dict.fromkeys("(﹙❨⦅", "（"),
    **dict.fromkeys(")﹚❩⦆", "）"),
    **dict.fromkeys("[［〔〖﹝", "【"),
    **dict.fromkeys("]］〕〗﹞", "】"),
    **dict.fromkeys("《≪", "《"),
    **dict.fromkeys("》≫", "》"),
    **dict.fromkeys("–—―─━﹘︱", "—"),
    **dict.fromkeys("‐‑‒−－﹣", "-"),
    **dict.fromkeys("~～〜∼˜", "～"),
    **dict.fromkeys("•・‧∙", "·"),
    **dict.fromkeys("﹐､", "，"),
    **dict.fromkeys("﹑", "、"),
    **dict.fromkeys("﹕︰∶", "："),
    **dict.fromkeys("﹔", "；"),
    **dict.fromkeys("｡", "。"),
    "＂": '"',
    "＇": "'",
    "\uff0e": ".",
    "✕": "×",
    "✖": "×",
}
#: Full-width signs that have a half-width form with the same meaning in numbers and codes.
_SIGNS = frozenset("％＃＆＋＝＊＠＿／＼＜＞｜＄")
_WIDENED = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_GAPS = frozenset(" \t\r")
_WIDE_GAPS = frozenset("\t\u3000")
_ZEROS = frozenset("○◯OＯ")
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """A text in the models' way of writing.

    Attributes:
        text: the normalised text.
        offsets: for every code point of `text` the position of the source code point it stands
            for, strictly ascending, and at the end the length of the source.
    """

    text: str
    offsets: tuple[int, ...]

    def to_source(self, span: Span) -> Span:
        """Return the source span that runs from the first to the last code point of `span`.

        Raises:
            IndexError: if `span` reaches beyond the normalised text.
        """
        if span.start == span.end:
            return Span(self.offsets[span.start], self.offsets[span.start])
        return Span(self.offsets[span.start], self.offsets[:-1][span.end - 1] + 1)

    def from_source(self, span: Span) -> Span:
        """Return the part of the normalised text that stands for source code points inside `span`."""
        last = len(self.text)
        return Span(bisect_left(self.offsets, span.start, 0, last), bisect_left(self.offsets, span.end, 0, last))


def normalize(text: str) -> NormalizedText:
    """Rewrite `text` for the models; paragraphs stay apart by one line break each.

    Full-width letters and digits become half-width, variants of quotes, colons, brackets and dashes
    one form each, invisible characters vanish, white space inside Chinese text and line breaks
    inside sentences are closed up. A wide gap between two words (a tab, an ideographic space or
    several spaces) and any gap in front of a field label is kept as one space: it separates fields
    and names.
    """
    paragraphs = logical_lines(text, skip_furniture=False)
    return _normalize(text, tuple(paragraph.span.end for paragraph in paragraphs[:-1]))


def normalize_sentence(text: str) -> NormalizedText:
    """Rewrite one sentence like `normalize`, taking every line break in it for a wrapped line."""
    return _normalize(text, ())


def _normalize(text: str, ends: tuple[int, ...]) -> NormalizedText:
    chars, offsets = _plain(text, ends)
    chars, offsets = _closed_up(_in_context(_straightened(chars)), offsets)
    return NormalizedText("".join(chars), (*offsets, len(text)))


def _plain(text: str, ends: tuple[int, ...]) -> tuple[list[str], list[int]]:
    """Replace characters one by one and drop invisible ones.

    A wide gap becomes a tab, a wrapped line a carriage return, the end of a paragraph a line feed.
    """
    chars: list[str] = []
    offsets: list[int] = []
    breaks = [match.start() for match in LINE_BREAK.finditer(text)]
    paragraph_breaks = {breaks[place] for end in ends if (place := bisect_left(breaks, end)) < len(breaks)}
    wrapped = set(breaks) - paragraph_breaks
    for position, char in enumerate(text):
        plain = _plain_char(char)
        if position in paragraph_breaks:
            plain = "\n"
        elif position in wrapped:
            plain = "\r"
        elif plain is None:
            continue
        chars.append(plain)
        offsets.append(position)
    return chars, offsets


def _plain_char(char: str) -> str | None:
    """Return the plain form of one character: itself, a variant, a space or tab, or ``None`` to drop it."""
    if char in _VARIANTS:
        return _VARIANTS[char]
    if "！" <= char <= "～" and (char in _SIGNS or chr(ord(char) - 0xFEE0).isalnum()):
        return chr(ord(char) - 0xFEE0)
    if char in _WIDE_GAPS:
        return "\t"
    if not is_visible(char):
        return " " if unicodedata.category(char) == "Zs" else None
    if ord(char) in _VARIATION_SELECTORS or unicodedata.category(char) == "Co":
        return None
    if _RADICALS.match(char) is not None:
        form = unicodedata.normalize("NFKC", char)
        return form if len(form) == 1 else char
    return char


def _closed_up(chars: list[str], offsets: list[int]) -> tuple[list[str], list[int]]:
    """Reduce every run of white space to nothing, one space or one line break."""
    source = "".join(chars)
    kept: list[int] = []
    result: list[str] = []
    position = 0
    for match in re.finditer(r"[ \t\r\n]+", source):
        result.extend(chars[position : match.start()])
        kept.extend(offsets[position : match.start()])
        gap = _gap(source, match.start(), match.end())
        if gap:
            result.append(gap)
            kept.append(offsets[match.start()])
        position = match.end()
    result.extend(chars[position:])
    kept.extend(offsets[position:])
    return result, kept


def _gap(source: str, start: int, end: int) -> str:
    """Return what the white space ``source[start:end]`` is worth: nothing, a space or a line break."""
    if start == 0 or end == len(source):
        return ""
    run = source[start:end]
    if "\n" in run:
        return "\n"
    before, after = source[start - 1], source[end]
    if not (is_chinese(before) or is_chinese(after)):
        return " "
    if "\r" in run or not (_is_word_end(source, start - 1, -1) and _is_word_end(source, end, 1)):
        return ""
    return " " if "\t" in run or len(run) > 1 or match_label(source, end) is not None else ""


def _is_word_end(source: str, position: int, step: int) -> bool:
    """Say whether at least two word characters stand together from `position` on in direction `step`."""
    other = position + step
    return 0 <= other < len(source) and source[position].isalnum() and source[other].isalnum()


def _in_context(chars: list[str]) -> list[str]:
    """Unify marks whose meaning depends on their neighbours: half-width ones beside Chinese, zeros, dots.

    Neighbours are looked up across gaps, and a run of half-width marks has the neighbours of the run.
    """
    result = list(chars)
    before, after = _neighbours(chars, _GAPS)
    run_before, run_after = _neighbours(chars, _GAPS | _WIDENED.keys())
    for position, char in enumerate(chars):
        if char in _WIDENED:
            if is_chinese(_at(chars, run_before[position])) or is_chinese(_at(chars, run_after[position])):
                result[position] = _WIDENED[char]
        elif char == ".":
            previous = before[position]
            if not _is_number_dot(chars, before, previous) and _is_stop(
                _at(chars, previous), _at(chars, after[position])
            ):
                result[position] = "。"
        elif char == "：" or char in _ZEROS:
            result[position] = _between(char, _at(chars, before[position]), _at(chars, after[position]))
    return result


def _neighbours(chars: list[str], skipped: frozenset[str]) -> tuple[list[int], list[int]]:
    """Return for every position the nearest positions before and after it that hold none of `skipped`."""
    before: list[int] = []
    last = -1
    for position, char in enumerate(chars):
        before.append(last)
        last = last if char in skipped else position
    after = [len(chars)] * len(chars)
    last = len(chars)
    for position in range(len(chars) - 1, -1, -1):
        after[position] = last
        last = last if chars[position] in skipped else position
    return before, after


def _at(chars: list[str], position: int) -> str:
    """Return the character at `position`; beyond either end stands a line break."""
    return chars[position] if 0 <= position < len(chars) else "\n"


def _is_number_dot(chars: list[str], before: list[int], position: int) -> bool:
    """Say whether the character at `position` is a Chinese numeral that opens its paragraph."""
    if position < 0 or chars[position] not in CHINESE_NUMERALS:
        return False
    return _at(chars, before[position]) == "\n"


def _is_stop(before: str, after: str) -> bool:
    """Say whether a half-width dot between these two stands for a Chinese full stop."""
    return is_cjk(before) and (after == "\n" or is_cjk(after) or after in "”’）】")


def _between(char: str, before: str, after: str) -> str:
    """Return the colon of a clock time or the zero of a Chinese number in its usual form."""
    if char == "：":
        return ":" if before.isdigit() and after.isdigit() else char
    return "〇" if before in CHINESE_NUMERALS and after in CHINESE_NUMERALS + "年" else char


def _straightened(chars: list[str]) -> list[str]:
    """Turn straight double quotes into opening and closing ones, paragraph by paragraph."""
    result = list(chars)
    opened = False
    for position, char in enumerate(chars):
        if char == "\n":
            opened = False
        elif char == '"':
            result[position] = "”" if opened else "“"
            opened = not opened
    return result
