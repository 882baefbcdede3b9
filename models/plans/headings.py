"""Headings: which line is one, and what it says of everything under it (contract, rule 2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpora.schema.plan import Deadline, Subject, SubjectKind, SubjectRole
from corpora.schema.span import Span
from models.plans import bodies
from models.plans.facts import Claim
from models.plans.limits import find_limits
from models.plans.mentions import classify
from models.plans.passage import Inherited, Passage, claim_limits
from models.plans.sentences import split_sentences, strip_edges

_DEPARTMENT_HEADING = re.compile(
    r"(?:第[一二三四五六七八九十]{1,2}[类批组][：:、\s]*)?由?([^，。；：\n]{2,20}?)(?:的)?(?:(?P<lead>牵头)(?:负责)?(?:整改|落实|办理|化解)?的?(?:问题|事项|任务|工作)?|整改(?:落实|工作|完成)?情况|负责(?:整改|落实|办理)?的?(?:问题|事项|任务)|整改(?:任务|事项|问题)(?:清单)?)(?:[（(].*)?$"
)
_BELOW = re.compile(r"以下|下列|下述|如下")
_LINE = re.compile(r"[^\n]+")
_LONGEST = 120
_MOST_LINES = 5


def title_of(passage: Passage, own: Span) -> Span:
    """Return the part of a heading's text that is its title (with the lines of fields under it), or nothing."""
    return own if _is_field_block(passage, own) else _title_line(passage.text, own)


def read_title(passage: Passage, title: Span) -> Inherited:
    """Return the subjects and limits that a title states for all under it."""
    claims = passage.facts.claims_in(title)
    named = tuple(subject for claim in claims for subject in claim.subjects)
    named = named or _for_all_below(passage, title) or _department(passage.text, title)
    return Inherited(named, _title_limits(passage, title, claims))


def lines_above(passage: Passage, position: int) -> tuple[Span, Inherited]:
    """Return the heading lines directly before `position`, where a table begins, and what they say of its rows."""
    start = max(0, position - _LONGEST * _MOST_LINES)
    lines = [Span(start + found.start(), start + found.end()) for found in _LINE.finditer(passage.text[start:position])]
    lines = [line for line in lines if len(strip_edges(passage.text, line))]
    held = Inherited()
    block = Span(position, position)
    for line in reversed(lines[-_MOST_LINES:]):
        title = read_title(passage, line)
        if len(line) > _LONGEST or not (title.subjects or title.deadlines):
            break
        held = title.under(held.subjects, held.deadlines)
        block = Span(line.start, position)
    return block, held


def _is_field_block(passage: Passage, own: Span) -> bool:
    """Say whether a heading is one line and then nothing but lines of fields."""
    lines = [
        Span(own.start + line.start(), own.start + line.end()) for line in re.finditer(r"[^\n]+", own.of(passage.text))
    ]
    filled = [line for line in lines if len(strip_edges(passage.text, line))]
    return len(filled) > 1 and all(
        any(claim.span.start - line.start <= 2 for claim in passage.facts.claims_in(line)) for line in filled[1:]
    )


def _title_line(text: str, own: Span) -> Span:
    """Return the last line of a heading's text if it reads like a title or a block of fields, else nothing."""
    body = own.of(text).rstrip()
    start = own.start + body.rfind("\n") + 1
    line = Span(start, own.start + len(body))
    return (
        line
        if (len(line) <= 120 and len(split_sentences(text, line)) <= 2 and start - own.start <= 40)
        or own.start == start
        else Span(own.end, own.end)
    )


def _for_all_below(passage: Passage, title: Span) -> tuple[Subject, ...]:
    """Read a line that names who carries out what follows (县财政局为以下各项责任单位)."""
    if _BELOW.search(passage.text, title.start, title.end) is None:
        return ()
    return tuple(
        subject for sentence in split_sentences(passage.text, title) for subject in passage.claims_of(sentence).firm
    )


def _title_limits(passage: Passage, title: Span, claims: Sequence[Claim]) -> tuple[Deadline, ...]:
    stated = claim_limits(passage, [claim for claim in claims if title.start <= claim.span.start < title.end])
    if stated:
        return stated
    found: list[Deadline] = []
    for pair in passage.facts.brackets_in(title):
        if title.start <= pair.start < title.end:
            found.extend(find_limits(passage.text, Span(pair.start + 1, pair.end - 1), passage.calendar))
    if not found and _BELOW.search(passage.text, title.start, title.end):
        found.extend(find_limits(passage.text, title, passage.calendar))
    return tuple(found)


def _department(text: str, title: Span) -> tuple[Subject, ...]:
    """Read ``一、财政部门的整改情况`` as naming who carries out the items below."""
    found = _DEPARTMENT_HEADING.match(text, title.start, title.end)
    if found is None:
        return ()
    mention = classify(found[1], Span(found.start(1), found.end(1)), personal=False)
    if (
        mention is None
        or not (mention.kind is SubjectKind.UNIT or bodies.is_department(found[1]))
        or not bodies.is_certain_name(found[1])
        or bodies.is_bare_class(found[1])
    ):
        return ()
    return (mention.subject(SubjectRole.LEAD if found["lead"] else SubjectRole.RESPONSIBLE),)
