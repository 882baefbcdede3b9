"""Sentences of official prose as spans: the unit that is classified."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpora.schema.span import Span
from models.text.characters import (
    BRACKET_PAIRS,
    CHINESE_NUMERALS,
    CLOSERS,
    QUOTE_PAIRS,
    SEMICOLONS,
    STRONG_ENDS,
    is_cjk,
    is_visible,
    next_visible,
    visible_span,
)
from models.text.enclosures import match_enclosures
from models.text.labels import is_field_bracket, match_label
from models.text.lines import LogicalLine, logical_lines
from models.text.members import split_members
from models.text.numbering import match_numbering

_MARK = re.compile(r'[。｡！？!?；;﹔…．.（(【\[［〔〖“‘「『〝"《〈]')
_END_RUN = re.compile(r"[。｡！？!?…]+")
_DOT_RUN = re.compile(r"[.．…]{2,}")
#: What may follow a closing quote, bracket or dots without a new sentence beginning there.
_GOES_ON = re.compile(
    r"[，、；：。？！,;:?!…的等之式和与及或]|问题|现象|情况|心态|想法|说法|做法|观念|思想|要求|整改|一类|这一|这种|这类"
)
_QUOTES_AND_BRACKETS = frozenset(QUOTE_PAIRS) | frozenset(BRACKET_PAIRS) | {'"'}


def split_sentences(text: str, *, skip_furniture: bool = True) -> tuple[Span, ...]:
    """Cut a paragraph or a whole raw text into sentences.

    Args:
        text: anything from one clause to a whole document.
        skip_furniture: whether lines of page furniture are left out; if false they are sentences.

    Returns:
        Ordered, disjoint spans into `text` without surrounding white space. Every visible
        character outside page furniture lies in exactly one of them.
    """
    lines = logical_lines(text, skip_furniture=skip_furniture)
    return tuple(span for line in lines for span in _line_sentences(text, line))


def _line_sentences(text: str, line: LogicalLine) -> tuple[Span, ...]:
    """Return the sentences of a logical line: none in page furniture, one in a heading."""
    if line.furniture:
        return ()
    return (line.span,) if line.heading is not None else paragraph_sentences(text, line.span)


def paragraph_sentences(text: str, paragraph: Span) -> tuple[Span, ...]:
    """Cut one paragraph, whose line breaks stand inside sentences, into the spans of its sentences."""
    spans: list[Span] = []
    for clause in _clauses(text, paragraph):
        for part in split_members(text, clause[0], clause[1]):
            _append(text, spans, part)
    return tuple(spans)


def _append(text: str, spans: list[Span], part: Span) -> None:
    """Add `part` without white space; what holds only punctuation joins the sentence before it."""
    span = visible_span(text, part.start, part.end)
    if span is None:
        return
    if spans and not any(char.isalnum() for char in span.of(text)):
        spans[-1] = Span(spans[-1].start, span.end)
    else:
        spans.append(span)


def _clauses(text: str, paragraph: Span) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """Yield the parts between full stops, each with its semicolons outside quotes and brackets."""
    pairs = match_enclosures(text, paragraph)
    start = position = next_visible(text, paragraph.start, paragraph.end)
    semicolons: list[int] = []
    while (match := _MARK.search(text, position, paragraph.end)) is not None:
        mark = match.start()
        if mark in pairs:
            position = pairs[mark] + 1
            end = _end_after_pair(text, Span(start, paragraph.end), mark, pairs[mark])
        elif text[mark] in SEMICOLONS:
            position, end = mark + 1, None
            if _is_semicolon(text, mark, paragraph):
                semicolons.append(mark)
        else:
            position = _mark_end(text, mark, paragraph.end)
            end = (
                _absorb_closers(text, position, paragraph.end)
                if _is_end(text, mark, position, start, paragraph)
                else None
            )
        if end is not None:
            yield Span(start, end), tuple(semicolons)
            start = position = next_visible(text, end, paragraph.end)
            semicolons = []
    yield Span(start, paragraph.end), tuple(semicolons)


def _mark_end(text: str, mark: int, end: int) -> int:
    """Return where the run of end marks that begins at `mark` is over."""
    run = _END_RUN.match(text, mark, end) or _DOT_RUN.match(text, mark, end)
    return mark + 1 if run is None else run.end()


def _absorb_closers(text: str, position: int, end: int) -> int:
    """Return `position` moved behind closing marks that have no opener."""
    while position < end and text[position] in CLOSERS:
        position += 1
    return position


def _end_after_pair(text: str, rest: Span, opener: int, closer: int) -> int | None:
    """Return where the sentence ends if it ends with the quote or bracket ``opener..closer``.

    It does after a full stop inside that the closing mark follows, and after a bracket of fields
    that stands alone or in front of a label or number.
    """
    if text[opener] not in _QUOTES_AND_BRACKETS:
        return None
    after = next_visible(text, closer + 1, rest.end)
    leads = match_numbering(text, after, rest.end) is not None or match_label(text, after, rest.end) is not None
    if not leads and after < rest.end and _GOES_ON.match(text, after) is not None:
        return None
    if text[closer - 1] in STRONG_ENDS:
        return closer + 1
    if text[opener] not in BRACKET_PAIRS or not is_field_bracket(text, opener + 1, closer):
        return None
    return closer + 1 if leads or opener == rest.start else None


def _is_semicolon(text: str, mark: int, paragraph: Span) -> bool:
    """Say whether the mark is a semicolon of prose, not the end of an entity like ``&nbsp;``."""
    if text[mark] != ";" or mark == paragraph.start:
        return True
    before = text[mark - 1]
    return not (before.isascii() and before.isalpha() and "&" in text[max(paragraph.start, mark - 8) : mark])


def _is_end(text: str, mark: int, run_end: int, start: int, paragraph: Span) -> bool:
    """Say whether the run of marks ``[mark, run_end)`` outside quotes and brackets ends the sentence."""
    char = text[mark]
    if char == "…" or (run_end - mark > 1 and char in ".．"):
        after = next_visible(text, run_end, paragraph.end)
        return after == paragraph.end or _GOES_ON.match(text, after) is None
    before = text[mark - 1] if mark > start else ""
    following = text[run_end] if run_end < paragraph.end else ""
    if char in "!?":
        return not (_is_ascii_word(before) and _is_ascii_word(following))
    if char not in ".．":
        return char in STRONG_ENDS
    return _is_full_stop(text, mark, before, Span(start, paragraph.end))


def _is_ascii_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in "/=&")


def _is_full_stop(text: str, mark: int, before: str, rest: Span) -> bool:
    """Say whether a half-width dot stands for 。: after a Chinese character or closing mark, before the same or nothing."""
    if not before or not (is_cjk(before) or before in CLOSERS or before in "％%"):
        return False
    after = next_visible(text, mark + 1, rest.end)
    if after < rest.end and not (
        is_cjk(text[after]) or text[after] in _QUOTES_AND_BRACKETS or match_numbering(text, after, rest.end)
    ):
        return False
    head = "".join(char for char in text[rest.start : min(mark, rest.start + 8)] if is_visible(char))
    return mark - rest.start > 8 or head.strip("（()）") == "" or not set(head) <= set(CHINESE_NUMERALS) | set("（()）")
