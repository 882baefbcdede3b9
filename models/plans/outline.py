"""The tree of numbered paragraphs of a passage, inline numbering included."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpora.schema.span import Span

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九十")}
_CHINESE = "[一二三四五六七八九十百]"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LINE_ONLY = frozenset({"chapter", "dash"})
#: Kinds of numbering that list measures or evidence, never whole items of their own rank.
LIST_KINDS = frozenset({"circled", "ordinal", "firstly", "dash"})
_MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"({_CHINESE}{{1,3}})、")),
    ("chapter", re.compile(rf"第({_CHINESE}{{1,2}})(?:部分|类|批)(?:[：:、.．]|(?=[ \t\u3000]))")),
    ("section", re.compile(rf"[（(]({_CHINESE}{{1,3}})[）)][、.．]?")),
    ("number", re.compile(r"(\d{1,3})(?:[、．]|[.](?!\d))(?!\d{1,2}日)")),
    ("bracketed", re.compile(r"[（(](\d{1,3})[）)][、.．]?")),
    ("half", re.compile(r"(\d{1,2})[)）]")),
    ("circled", re.compile(rf"([{_CIRCLED}])[、.．]?")),
    ("section", re.compile(r"([㈠-㈩])[、.．]?")),
    ("bracketed", re.compile(r"([⑴-⒇])[、.．]?")),
    ("number", re.compile(r"([⒈-⒛])")),
    ("ordinal", re.compile(rf"第({_CHINESE}{{1,2}})[，,、](?!\d)")),
    ("firstly", re.compile(rf"({_CHINESE}{{1,2}})(?:是|要(?=[\u4e00-\u9fff]))[：:，,]?")),
    (
        "problem",
        re.compile(
            rf"(?:反馈|整改)?(?:问题|事项|任务)(?:({_CHINESE}{{1,3}}|\d{{1,3}})(?:[：:、.．]|(?=[ \t]*\n))|[（(]({_CHINESE}{{1,3}}|\d{{1,3}})[）)][：:]?)"
        ),
    ),
    ("dash", re.compile(r"(——|[•·●■◆▪])")),
)
_DEEPEST = 12
_SENTENCE_BREAK = "。；;：:！!？?）)】]”"


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbering sign; `end` is where its text begins, `rank` orders headings that carry no number."""

    kind: str
    number: int
    start: int
    end: int
    line_start: bool
    rank: int = 0


@dataclass(slots=True)
class Node:
    """A numbered paragraph with the paragraphs under it; the root has no marker.

    Attributes:
        body: where the text behind the number begins.
        own_end: where the first child begins, or the end.
    """

    marker: Marker | None
    start: int
    body: int
    end: int
    children: list[Node] = field(default_factory=list)

    @property
    def own_end(self) -> int:
        """End of the text before the first child."""
        return self.children[0].start if self.children else self.end

    @property
    def own(self) -> Span:
        """The node's text without number and children."""
        return Span(min(self.body, self.own_end), self.own_end)

    @property
    def span(self) -> Span:
        """The node with its number and all below it."""
        return Span(self.start, self.end)


def build_outline(text: str, span: Span, *, closed: Sequence[Span], headings: Sequence[tuple[Span, int]] = ()) -> Node:
    """Return the tree of the numbered paragraphs in `span`.

    Args:
        text: the text `span` points into.
        span: the passage.
        closed: stretches in which no numbering is looked for (brackets, short fields).
        headings: unnumbered headings known from the layout, with their level.
    """
    root = Node(None, span.start, span.start, span.end)
    stack: list[tuple[Marker, Node]] = []
    for marker in find_markers(text, span, closed=closed, headings=headings):
        _pop(stack, marker, text)
        node = Node(marker, marker.start, marker.end, span.end)
        (stack[-1][1] if stack else root).children.append(node)
        stack.append((marker, node))
    _close(root)
    return root


def find_markers(
    text: str, span: Span, *, closed: Sequence[Span], headings: Sequence[tuple[Span, int]] = ()
) -> list[Marker]:
    """Find numbering at line starts and behind sentence ends, in printed order."""
    markers = [
        Marker(f"heading{level}", 0, heading.start, heading.start, line_start=True, rank=level)
        for heading, level in headings
    ]
    shut = sorted(closed)
    cursor = 0
    position = span.start
    while position < span.end:
        while cursor < len(shut) and shut[cursor].end <= position:
            cursor += 1
        if cursor < len(shut) and shut[cursor].start < position < shut[cursor].end:
            position += 1
            continue
        found = _marker_at(text, position, span)
        if found is None:
            position += 1
        else:
            markers.append(found)
            position = found.end
    numbered = {marker.start for marker in markers if not marker.kind.startswith("heading")}
    kept = [marker for marker in markers if not (marker.kind.startswith("heading") and marker.start in numbered)]
    return sorted(kept, key=lambda marker: marker.start)


def _marker_at(text: str, position: int, span: Span) -> Marker | None:
    char = text[position]
    if not (
        char in "（(第——•·●■◆▪问反整事任"
        or char in _CIRCLED
        or "⑴" <= char <= "⒛"
        or "㈠" <= char <= "㈩"
        or char.isdecimal()
        or char in _DIGITS
        or char == "百"
    ):
        return None
    before = text[max(span.start, position - 12) : position].rstrip(" \u3000\xa0\t*#\u200b")
    line_start = not before or before[-1] in "\n\r"
    if (
        not line_start
        and before[-1] not in _SENTENCE_BREAK
        and not (before[-1] in "，,、" and char in _DIGITS)
        and char not in _CIRCLED
    ):
        return None
    for kind, pattern in _MARKERS:
        if kind in _LINE_ONLY and not line_start:
            continue
        if not line_start and before[-1] in "，,、" and kind != "firstly":
            continue
        found = pattern.match(text, position, span.end)
        if found is not None:
            end = found.end()
            while end < span.end and text[end] in " \u3000\xa0":
                end += 1
            return Marker(kind, _value(next(group for group in found.groups() if group)), position, end, line_start)
    return None


def _value(printed: str) -> int:
    if printed.isdecimal():
        return int(printed)
    first = next((first for first in "㈠⑴⒈" if ord(first) <= ord(printed[0]) < ord(first) + 20), None)
    if first is not None:
        return ord(printed[0]) - ord(first) + 1
    if printed in _CIRCLED:
        return _CIRCLED.index(printed) + 1
    if any(char not in _DIGITS for char in printed):
        return 0
    if "十" not in printed:
        return _DIGITS[printed[-1]]
    tens, _, ones = printed.partition("十")
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def _pop(stack: list[tuple[Marker, Node]], marker: Marker, text: str) -> None:
    """Leave on the stack only the ancestors of `marker`."""
    if marker.kind.startswith("heading"):
        while stack and not (stack[-1][0].kind.startswith("heading") and stack[-1][0].rank < marker.rank):
            stack.pop()
        return
    same = [index for index, (other, _) in enumerate(stack) if other.kind == marker.kind]
    if same:
        top = stack[same[-1]][0]
        if (
            marker.number == 1
            and marker.kind not in LIST_KINDS
            and len(stack) < _DEEPEST
            and _opens_list(marker, top, text)
        ):
            return
        level = next((index for index in reversed(same) if stack[index][0].number == marker.number - 1), same[-1])
        del stack[level:]
        return
    if marker.kind in ("chapter", "problem") and marker.line_start:
        while (
            stack
            and not stack[-1][0].kind.startswith("heading")
            and not (marker.kind == "problem" and stack[-1][0].kind in ("chapter", "section"))
        ):
            stack.pop()
    if marker.line_start and marker.kind not in LIST_KINDS:
        while stack and stack[-1][0].kind in LIST_KINDS:
            stack.pop()


def _opens_list(marker: Marker, top: Marker, text: str) -> bool:
    """Say whether a number 1 begins a list under the item of the same numbering (整改措施：1.…)."""
    before = text[top.end : marker.start].rstrip()
    return bool(before) and before[-1] in "：:" and marker.number <= top.number


def _close(node: Node) -> None:
    for index, child in enumerate(node.children):
        child.end = node.children[index + 1].start if index + 1 < len(node.children) else node.end
        _close(child)
