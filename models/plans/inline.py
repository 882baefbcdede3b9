"""Roles stated in words: 由A牵头B配合, A会同B, A负责…, in brackets, in field values and in running prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpora.schema.plan import Subject, SubjectKind, SubjectRole
from corpora.schema.span import Span
from models.plans import bodies
from models.plans.labels import FieldKind, match_label
from models.plans.mentions import Mention
from models.plans.names import read_names
from models.plans.refusals import is_deficiency, is_everybody, is_inspector, refuses
from models.plans.role_words import BY, DATED, HAS_ROLE_WORD, LEAD_IN, OBLIGED, TITLED, TOGETHER, UNDER, VERBS

_CLAUSE_END = re.compile(r"[，,；;。：:\n！!？?…]|——")
_REACH = 90
_INSIDE_WORD = re.compile(
    "会[同商议计办]|办[理法结好]|组[织成建]|部[署分门]|所[有属长]|处[理置分]|村[级支委民]|镇[级街政党长]|系[统列]|院[校长]|校[园长]|园区|区[域政委长]"
    "|社[区会]|公司|乡[镇党村]|站[所长]|厂区|委[员托派]|室内|团队|中心|队伍|局[部面长]|主任|科长|县[政委长]|街[道办]|市长|书记"
)


@dataclass(frozen=True, slots=True)
class Claims:
    """Subjects read from words: `firm` by a role word, `weak` only by an obligation (县河长办要…)."""

    firm: tuple[Subject, ...]
    weak: tuple[Subject, ...] = ()


def read_roles(text: str, span: Span, *, default: SubjectRole | None, personal: bool = False) -> tuple[Subject, ...]:
    """Read a bracket or field value that states roles in words (``县城管局牵头，县公安局配合``).

    Args:
        text: the text `span` points into.
        span: the inside of the bracket or the value.
        default: role of names without a role word, or ``None`` to leave them out.
        personal: the field asks for people.
    """
    reader = _Reader(text, strict=False, personal=personal)
    for clause, closing in _clauses(text, span):
        reader.read(clause, closing)
    return reader.finish(default).firm


def find_in_prose(text: str, span: Span) -> Claims:
    """Find subjects that running prose names by role verbs; receivers, inspectors and formulas are refused."""
    sentence = span.of(text)
    if refuses(sentence):
        return Claims(())
    reader = _Reader(text, strict=True, personal=False)
    reader.deficient = is_deficiency(sentence)
    for clause, closing in _clauses(text, span):
        reader.read(clause, closing)
    return reader.finish(None)


def _clauses(text: str, span: Span) -> list[tuple[Span, str]]:
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

    def __init__(self, text: str, *, strict: bool, personal: bool) -> None:
        self.text = text
        self.strict = strict
        self.personal = personal
        self.deficient = False
        self.found: list[Subject] = []
        self.weak: list[Subject] = []
        self.waiting: list[Mention] = []

    def read(self, clause: Span, closing: str) -> None:
        """Read one clause."""
        if (
            self.strict
            and HAS_ROLE_WORD.search(self.text, clause.start, clause.end) is None
            and not self._maybe_obliged(clause)
        ):
            self.waiting = (
                self.names(clause)[0]
                if closing in ("，", ",") and len(clause) < 40 and self.names(clause)[1] == clause.end
                else []
            )
            return
        start = _skip(LEAD_IN, self.text, clause)
        under = UNDER.match(self.text, start, clause.end)
        if under is not None:
            mentions, _ = self.names(Span(under.start(1), under.end(1)))
            self.claim(mentions, SubjectRole.LEADER)
            start = under.end()
        by = BY.search(self.text, start, clause.end)
        ordered = by is not None and (not self.strict or not self._negated(by.start(), clause))
        if by is not None and ordered:
            start = by.end()
        together = TOGETHER.match(self.text, start, clause.end)
        if together is not None:
            self.claim(self.names(Span(together.end(), clause.end))[0], SubjectRole.COOPERATING)
            return
        self.read_chain(Span(start, clause.end), ordered=ordered, closing=closing)

    def read_chain(self, clause: Span, *, ordered: bool, closing: str) -> None:
        """Read ``A牵头B配合`` from left to right."""
        position, previous = clause.start, None
        first = True
        while position < clause.end:
            mentions, end = self.names(Span(position, clause.end))
            if not mentions:
                break
            if end >= clause.end and first:
                self.hold(mentions, ordered=ordered, closing=closing)
                return
            role, after = self.role_after(end, clause.end, ordered=ordered and first)
            if first and role is None and after == end and self._weak(mentions, end, clause):
                break
            self.settle(mentions, role, previous, first=first)
            if role is None and after == end:
                break
            previous, first = role, False
            position = _skip(re.compile(r"[、和及与并\s]*"), self.text, Span(after, clause.end))
        self.waiting = [] if first or closing != "、" else self.waiting

    def settle(
        self, mentions: list[Mention], role: SubjectRole | None, previous: SubjectRole | None, *, first: bool
    ) -> None:
        """Give `mentions` their role, or the one that follows from the role before."""
        if role is not None:
            self.claim([*self.waiting, *mentions] if first else mentions, role)
            self.waiting = []
        elif not first and previous is SubjectRole.LEAD:
            self.claim(mentions, SubjectRole.COOPERATING)

    def hold(self, mentions: list[Mention], *, ordered: bool, closing: str) -> None:
        """Keep names whose role word stands in the next clause."""
        if ordered and not self.strict:
            self.claim(mentions, SubjectRole.RESPONSIBLE)
        else:
            self.waiting = [*self.waiting, *mentions] if closing in ("，", ",") or not self.strict else []

    def role_after(self, position: int, end: int, *, ordered: bool) -> tuple[SubjectRole | None, int]:
        """Return the role that the words at `position` give, and the offset behind them."""
        text = self.text
        if self.strict and self.deficient and not ordered:
            return None, position
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
            if verb is None:
                continue
            if (
                role is SubjectRole.RESPONSIBLE
                and self.strict
                and not ordered
                and not re.search(r"负责|承办|承担|组织实施|抓|具体|职责|分工|限期", verb[0])
            ):
                return None, position
            return role, verb.end() if role is not None else position
        return (SubjectRole.RESPONSIBLE, position) if ordered and self._acts(position, end) else (None, position)

    def _acts(self, position: int, end: int) -> bool:
        return position < end and re.match(r"[\u4e00-\u9fff\d]", self.text[position]) is not None

    def names(self, span: Span) -> tuple[list[Mention], int]:
        """Return the longest list of certain names that begins at `span.start`, and its end."""
        limit = self._name_limit(span)
        for end in range(limit, span.start + 1, -1):
            if end < len(self.text) and end < limit and self.text[end] in "）)":
                continue
            if _INSIDE_WORD.match(self.text, end - 1):
                continue
            if not _may_end(self.text[max(span.start, end - 10) : end]):
                continue
            part = self.text[span.start : end]
            if _depth(part) != 0 or part[0] in "、的地得和及与":
                continue
            mentions = read_names(self.text, Span(span.start, end), personal=self.personal)
            if mentions and all(self._certain(mention) for mention in mentions):
                return list(mentions), end
        return [], span.start

    def _name_limit(self, span: Span) -> int:
        """Return how far a list of names can reach: up to the first word that stands in no name."""
        limit = min(span.end, span.start + _REACH)
        for found in bodies.find_foreign(self.text, span.start, limit):
            if _depth(self.text[span.start : found.start()]) == 0:
                return found.end() - 1
        return limit

    def _certain(self, mention: Mention) -> bool:
        if mention.kind is SubjectKind.PERSON:
            name = mention.name
            head = f"{mention.unit or ''}{mention.title or ''}"
            return (bodies.is_masked_name(name) or mention.title is not None) and (
                not head or bodies.is_certain_name(head) or len(head) == 2
            )
        return bodies.is_certain_name(re.sub(r"[、，]", "", mention.name)) or (
            not self.strict and bodies.is_abbreviation(mention.name)
        )

    def claim(self, mentions: Sequence[Mention], role: SubjectRole) -> None:
        """Record `mentions` unless they are inspectors."""
        for mention in mentions:
            if self.strict and is_everybody(mention.name):
                continue
            if self.strict and is_inspector(mention.name) and role is not SubjectRole.SUPERVISING:
                continue
            self.found.append(mention.subject(role))

    def finish(self, default: SubjectRole | None) -> Claims:
        """Return what was found; names still waiting take `default`."""
        if default is not None:
            self.found.extend(mention.subject(default) for mention in self.waiting)
        unique = {(subject.span, subject.role): subject for subject in self.found}
        return Claims(tuple(sorted(unique.values(), key=lambda subject: subject.span)), tuple(self.weak))

    def _weak(self, mentions: list[Mention], end: int, clause: Span) -> bool:
        """Read ``县河长办要…`` (weak) and ``各支部于4月10日前…`` (firm: the limit is theirs)."""
        if not self.strict or self.deficient:
            return False
        named = [mention for mention in mentions if not is_inspector(mention.name) and not is_everybody(mention.name)]
        if DATED.match(self.text, end, clause.end) is not None:
            self.claim(named, SubjectRole.RESPONSIBLE)
            return True
        if OBLIGED.match(self.text, end, clause.end) is None:
            return False
        self.weak.extend(
            mention.subject(SubjectRole.RESPONSIBLE) for mention in named if mention.kind is not SubjectKind.GROUP
        )
        return True

    def _maybe_obliged(self, clause: Span) -> bool:
        return (
            re.search(
                r"[要应须需]|[于在]?\d{1,2}月|[于在]", self.text[clause.start : min(clause.end, clause.start + 40)]
            )
            is not None
        )

    def _negated(self, position: int, clause: Span) -> bool:
        return re.search(r"[未没]有?$|不$", self.text[max(clause.start, position - 3) : position]) is not None


def _may_end(tail: str) -> bool:
    return (
        bodies.is_unit_name(tail)
        or bodies.ends_with_title(tail)
        or tail[-1] in "某×xX＊*）)”等"
        or bodies.is_group_name(tail)
        or tail.endswith("同志")
    )


def _depth(part: str) -> int:
    return sum(part.count(char) for char in "（([【") - sum(part.count(char) for char in "）)]】")


def _skip(pattern: re.Pattern[str], text: str, span: Span) -> int:
    found = pattern.match(text, span.start, span.end)
    return found.end() if found is not None else span.start
