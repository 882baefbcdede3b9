"""Which printed lines belong to one paragraph; for plain text and for PDF pages alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_ENDS = "。！？!?；;：:…"
_CLOSERS = "”’」』）)】〕]》〉\"'"
_GOES_ON = "，,、—（(“‘《【〔"
_OPENERS, _CLOSING = "（(【〔《“", "）)】〕》”"
_NUMERAL = "[一二三四五六七八九十百零〇]"
_STARTS_ITEM = re.compile(
    rf"[（(]\s*(?:{_NUMERAL}{{1,4}}|\d{{1,3}})\s*[）)]"
    rf"|{_NUMERAL}{{1,4}}\s*[、.．]"
    r"|\d{1,3}(?:\.\d{1,2}){0,3}\s*[、.．)）](?!\d)"
    rf"|第\s*(?:{_NUMERAL}{{1,4}}|\d{{1,3}})\s*[条章节编项款部]"
    r"|[①-⑳⑴-⒇㈠-㈩●◆■□▲★☆※•·➢✓☑☐]"
    r"|[-*+]\s+(?=\S)"
    r"|附件?\s*\d{0,2}\s*[：:]"
)
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,10}\s*[：:]")
#: Free space at the end of a line, in characters, up to which the line counts as full.
_FULL = 2.0
#: Characters by which the first line of a paragraph stands in.
_INDENT = 1.2
_CENTRE_TOLERANCE = 1.5
_SAME_SIZE = 0.12
_OPEN_WINDOW = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line and how it stands between the margins; lengths are in characters of its size.

    Attributes:
        text: what is printed, without white space at either end.
        indent: free space before the line.
        slack: free space after it; infinite where lines are not wrapped.
        size: height of the characters, in any unit.
        gap: whether more than the usual space precedes the line.
        indented_style: whether paragraphs around it begin with an indented line.
    """

    text: str
    indent: float = 0.0
    slack: float = float("inf")
    size: float = 1.0
    gap: bool = False
    indented_style: bool = False


def group_lines(lines: Sequence[Line]) -> tuple[range, ...]:
    """Group lines into paragraphs; return the positions of the lines of each, in order."""
    starts = [number for number in range(len(lines)) if number == 0 or _breaks(lines, number)]
    return tuple(range(start, end) for start, end in pairwise([*starts, len(lines)]))


def ends_sentence(text: str) -> bool:
    """Say whether `text` ends with sentence punctuation, closing quotes and brackets aside."""
    return text.rstrip().rstrip(_CLOSERS).endswith(tuple(_ENDS))


def starts_item(text: str) -> bool:
    """Say whether `text` begins with a number, a bullet or a field label such as 责任单位：."""
    return _STARTS_ITEM.match(text) is not None or _LABEL.match(text) is not None


def join_lines(texts: Sequence[str]) -> str:
    """Join the lines of one paragraph: with a space between words in Latin letters, with nothing in Chinese."""
    result = ""
    for text in texts:
        if result and text and _is_latin(result[-1]) and _is_latin(text[0]):
            result += " "
        result += text
    return result


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _breaks(lines: Sequence[Line], number: int) -> bool:
    """Say whether a paragraph begins with line `number`."""
    last, line = lines[number - 1], lines[number]
    if abs(last.size - line.size) > _SAME_SIZE * max(last.size, line.size):
        return True
    if _is_centred(last) or _is_centred(line):
        return not _goes_on_centred(last, line)
    if line.gap:
        return True
    if line.indented_style and line.indent >= _INDENT:
        return True
    if last.text.endswith(tuple(_GOES_ON)):
        return False
    unfinished = not ends_sentence(last.text)
    if last.slack > _FULL:
        return True
    if starts_item(line.text) and not _is_open(lines, number):
        return not (unfinished and line.indented_style and last.slack < 1)
    return not (unfinished or line.indented_style or _is_open(lines, number))


def _is_centred(line: Line) -> bool:
    return line.indent > _FULL and _FULL < line.slack < 1e6 and abs(line.indent - line.slack) <= _CENTRE_TOLERANCE


def _goes_on_centred(last: Line, line: Line) -> bool:
    """Say whether two lines are parts of one centred title; its first line may run from margin to margin."""
    if line.gap or starts_item(line.text) or ends_sentence(last.text) or line.text[0] in "（(":
        return False
    return _is_centred(line) and (_is_centred(last) or last.slack <= _FULL)


def _is_open(lines: Sequence[Line], number: int) -> bool:
    """Say whether a bracket is open before line `number`."""
    text = "".join(line.text for line in lines[max(0, number - _OPEN_WINDOW) : number])
    return any(text.count(left) > text.count(right) for left, right in zip(_OPENERS, _CLOSING, strict=True))
