"""Roles stated in words in brackets and field values: 由A牵头B配合, A会同B, A负责…."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpora.schema.plan import Subject, SubjectKind, SubjectRole
from corpora.schema.span import Span
from models.plans.actors import read_actors
from models.plans.labels import FieldKind, match_label
from models.plans.mentions import Mention
from models.plans.role_words import BY, LEAD_IN, TITLED, TOGETHER, UNDER, VERBS

_CLAUSE_END = re.compile(r"[，,；;。：:\n！!？?…]|——")
_CHAINED = re.compile(r"[、和及与并\s]*")
_FOR_PEOPLE = {SubjectRole.LEAD: SubjectRole.LEADER, SubjectRole.RESPONSIBLE: SubjectRole.OWNER}


def read_roles(text: str, span: Span, *, default: SubjectRole | None, personal: bool = False) -> tuple[Subject, ...]:
    """Read a bracket or field value that states roles in words (``县城管局牵头，县公安局配合``).

    Args:
        text: the text `span` points into.
        span: the inside of the bracket or the value.
        default: role of names without a role word, or ``None`` to leave them out.
        personal: the field asks for people.
    """
    reader = _Reader(text, personal=personal)
    for clause, closing in split_clauses(text, span):
        reader.read(clause)
        if default is not None and closing in ("，", ",", "；", ";") and "、" in clause.of(text):
            reader.release(default)
        elif default is None and closing in ("；", ";"):
            reader.release(SubjectRole.RESPONSIBLE)
    return reader.finish(default)


def split_clauses(text: str, span: Span) -> list[tuple[Span, str]]:
    """Split `span` at commas and stronger signs outside brackets; each clause comes with the sign behind it."""
    result: list[tuple[Span, str]] = []
    start, depth = span.start, 0
    index = start
    while index < span.end:
        char = text[index]
        depth += (char in "（([【") - (char in "）)]】" and depth > 0)
        found = _CLAUSE_END.match(text, index) if depth == 0 else None
        if found is not None:
            if index > start:
                result.append((Span(start, index), found[0]))
            start = index + len(found[0])
            index = start
        else:
            index += 1
    if span.end > start:
        result.append((Span(start, span.end), ""))
    return result


class _Reader:
    """Reads clauses in order; names waiting for their role word are kept from one clause to the next."""

    def __init__(self, text: str, *, personal: bool) -> None:
        self.text = text
        self.personal = personal
        self.found: list[Subject] = []
        self.waiting: list[Mention] = []

    def read(self, clause: Span) -> None:
        """Read one clause."""
        start = _skip(LEAD_IN, self.text, clause)
        under = UNDER.match(self.text, start, clause.end)
        if under is not None:
            mentions, _ = self.names(Span(under.start(1), under.end(1)))
            self.claim(mentions, SubjectRole.LEADER)
            start = under.end()
        by = BY.search(self.text, start, clause.end)
        if by is not None:
            start = by.end()
        together = TOGETHER.match(self.text, start, clause.end)
        if together is not None:
            self.claim(self.names(Span(together.end(), clause.end))[0], SubjectRole.COOPERATING)
            return
        self.read_chain(Span(start, clause.end), ordered=by is not None)

    def read_chain(self, clause: Span, *, ordered: bool) -> None:
        """Read ``A牵头B配合`` from left to right."""
        position, previous = clause.start, None
        first = True
        while position < clause.end:
            mentions, end = self.names(Span(position, clause.end))
            if not mentions:
                break
            if end >= clause.end and first:
                self.hold(mentions, ordered=ordered)
                return
            role, after = self.role_after(end, clause.end, ordered=ordered and first)
            self.settle(mentions, role, previous, first=first)
            if role is None and after == end:
                break
            previous, first = role, False
            position = _skip(_CHAINED, self.text, Span(after, clause.end))

    def release(self, role: SubjectRole) -> None:
        """Give names that wait at the end of a list the role of their field (牵头单位：A、B，C配合)."""
        self.claim(self.waiting, role)
        self.waiting = []

    def settle(
        self, mentions: list[Mention], role: SubjectRole | None, previous: SubjectRole | None, *, first: bool
    ) -> None:
        """Give `mentions` their role, or the one that follows from the role before."""
        if role is not None:
            self.claim([*self.waiting, *mentions] if first else mentions, role)
            self.waiting = []
        elif not first and previous is SubjectRole.LEAD:
            self.claim(mentions, SubjectRole.COOPERATING)

    def hold(self, mentions: list[Mention], *, ordered: bool) -> None:
        """Keep names whose role word stands in the next clause."""
        if ordered:
            self.claim(mentions, SubjectRole.RESPONSIBLE)
        else:
            self.waiting = [*self.waiting, *mentions]

    def role_after(self, position: int, end: int, *, ordered: bool) -> tuple[SubjectRole | None, int]:
        """Return the role that the words at `position` give, and the offset behind them."""
        text = self.text
        together = TOGETHER.match(text, position, end)
        if together is not None and self.names(Span(together.end(), end))[0]:
            return SubjectRole.LEAD, together.end()
        titled = TITLED.match(text, position, end)
        if titled is not None:
            label = match_label(text[titled.end() : end], 0)
            if label is not None and label[0].kind is FieldKind.SUBJECT:
                return label[0].unit_role, titled.end() + label[1]
        for role, pattern in VERBS:
            verb = pattern.match(text, position, end)
            if verb is not None:
                return role, verb.end() if role is not None else position
        return (SubjectRole.RESPONSIBLE, position) if ordered and self._acts(position, end) else (None, position)

    def _acts(self, position: int, end: int) -> bool:
        return position < end and re.match(r"[\u4e00-\u9fff\d]", self.text[position]) is not None

    def names(self, span: Span) -> tuple[list[Mention], int]:
        """Return the list of names that begins at `span.start`, and its end."""
        return read_actors(self.text, span, strict=False, personal=self.personal)

    def claim(self, mentions: Sequence[Mention], role: SubjectRole) -> None:
        """Record `mentions`; of people, who lead are leaders and who carry out are owners."""
        for mention in mentions:
            person = mention.kind in (SubjectKind.PERSON, SubjectKind.POST)
            self.found.append(mention.subject(_FOR_PEOPLE.get(role, role) if person else role))

    def finish(self, default: SubjectRole | None) -> tuple[Subject, ...]:
        """Return what was found; names still waiting take `default`."""
        if default is not None:
            self.found.extend(mention.subject(default) for mention in self.waiting)
        unique = {(subject.span, subject.role): subject for subject in self.found}
        return tuple(sorted(unique.values(), key=lambda subject: subject.span))


def _skip(pattern: re.Pattern[str], text: str, span: Span) -> int:
    found = pattern.match(text, span.start, span.end)
    return found.end() if found is not None else span.start
