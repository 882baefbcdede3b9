"""Who does what in running prose: each clause's subject with the role its predicate gives."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpora.schema.plan import Subject, SubjectKind, SubjectRole
from corpora.schema.span import Span
from models.plans.actors import read_actors, read_ordered
from models.plans.inline import split_clauses
from models.plans.labels import FieldKind, match_label, squeeze
from models.plans.mentions import Mention
from models.plans.predicates import adverbial_end, has_limit, is_over, role_of_predicate
from models.plans.refusals import is_attribute, is_everybody, is_inspector, is_outsider, is_unfulfilled, refuses
from models.plans.role_words import BY, GROUNDS, LEAD_IN, TIME_FIRST, TITLED, TOGETHER, UNDER

#: So many words like 由 are tried in a clause.
_ORDERS = 4
#: So many further subjects are looked for behind the first.
_PARTS = 12
_JOINT_LEAD = re.compile(r"双牵头|联合牵头|共同牵头")
_DATED = re.compile(r"(?:月\d{1,2}[日号]|月[底末]|[上中下]旬|年底|工作日|\d[天日])(?:之|以)?[前内]|每[月周季]")
_CONTRAST = re.compile(r"(?:但|却|然而|实际上?)[^，,]{0,10}?(?:只|仅|不(?!少于|得)|未|没|无|流于|走过场)")
_CHECKS = re.compile(r"(?:负责|再|随机|定期|集中|逐.)*(?:核对|核验|比对|审查|汇总审核)")
_CARRYING = (SubjectRole.RESPONSIBLE, SubjectRole.OWNER)
#: A body with its level in front (县财政局), and so many characters of what it does.
_FULL_NAME = re.compile(r"[省市县区镇乡校院][\u4e00-\u9fff]{2,}")
_SHORTEST_ACT = 2
#: A blank inside words, and so many of them that the whole sentence is printed with blanks.
_LOOSE = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000\xa0]+(?=[\u4e00-\u9fff])")
_SPACED_OUT = 3
_OF_THAT_TIME = re.compile(r"(?:\d{4}年)?\d{1,2}月[^，,。；;前内底]{0,8}的")
_JOINS = re.compile(r"联合|共同|协同|一道|参[与加]|配合")
_REPORTS = re.compile(r"(?:[已己]|正在|目前)")
_ESCALATES = re.compile(r"(?:拒不|仍不|仍未|逾期|完不成|不到位|未按期|屡[教查]不改|整改不力)[^，,。；;]{0,12}的[，,]?$")
_TOGETHER_INSIDE = re.compile(r"(?<![统])(?:会同|联合|协同)(?=[\u4e00-\u9fff]{2})")
_INNER = re.compile(r"、|(?:牵头|主办|负责|配合|协助|落实|(?<![指领])督促)(?=[\u4e00-\u9fff]{3})")


@dataclass(frozen=True, slots=True)
class Claims:
    """Subjects read from prose: `firm` by a word of duty or a limit, `weak` by an act alone (组织股核对台账)."""

    firm: tuple[Subject, ...]
    weak: tuple[Subject, ...] = ()


def role_of_people(mention: Mention, role: SubjectRole) -> SubjectRole:
    """Return the role of a class of people that carries out: leaders (各包村领导) are that, others stay what they are."""
    leaders = mention.kind is SubjectKind.GROUP and mention.name.endswith("领导")
    return SubjectRole.LEADER if leaders and role is SubjectRole.RESPONSIBLE else role


@dataclass(slots=True)
class _Claim:
    subject: Subject
    firm: bool
    clause: int


def find_in_prose(text: str, span: Span) -> Claims:
    """Find who acts in the sentence at `span`; receivers, inspectors, failures and formulas are refused."""
    if len(_LOOSE.findall(text, span.start, span.end)) >= _SPACED_OUT:
        return _find_spaced(text, span)
    if refuses(span.of(text)):
        return Claims(())
    reader = _ProseReader(text)
    clauses = split_clauses(text, span)
    for number, (clause, closing) in enumerate(clauses):
        before = text[span.start : clause.start]
        reader.read(number, clause, closing, before)
    reader.retract(clauses)
    if _JOINT_LEAD.search(span.of(text)) is not None:
        reader.promote()
    return reader.finish(limited=has_limit(span.of(text)))


def _find_spaced(text: str, span: Span) -> Claims:
    """Read a sentence printed with blanks inside its words; the claims point to where they are printed."""
    squeezed, offsets = squeeze(span.of(text))

    def placed(subjects: Sequence[Subject]) -> tuple[Subject, ...]:
        spans = [
            Span(span.start + offsets[subject.span.start], span.start + offsets[subject.span.end - 1] + 1)
            for subject in subjects
        ]
        return tuple(replace(subject, span=place) for subject, place in zip(subjects, spans, strict=True))

    claims = find_in_prose(squeezed, Span(0, len(squeezed)))
    return Claims(placed(claims.firm), placed(claims.weak))


class _ProseReader:
    """Reads the clauses of a sentence in order; names without a predicate wait for the next clause."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.claims: list[_Claim] = []
        self.waiting: list[Mention] = []
        self.clause = 0
        self.dated = False

    def read(self, number: int, clause: Span, closing: str, before: str) -> None:
        """Read one clause; `before` is the sentence up to it."""
        self.dated = _DATED.search(clause.of(self.text)) is not None
        self.clause = number
        start = self.skip(LEAD_IN, clause)
        under = UNDER.match(self.text, start, clause.end)
        if under is not None:
            mentions, _ = read_actors(self.text, Span(under.start(1), under.end(1)), strict=True)
            self.add(mentions, SubjectRole.LEADER, firm=True)
            start = under.end()
        rest = Span(start, clause.end)
        if self.together(start, rest):
            return
        by = self.find_order(rest)
        grounds = any(GROUNDS.match(self.text, place, clause.end) for place in (clause.start, start))
        if by is None and closing in ("，", ",") and grounds:
            return
        if by is not None:
            self.ordered(by, rest, before)
            return
        timed = TIME_FIRST.match(self.text, start, clause.end)
        begin = timed.end() if timed is not None else start
        if self.waiting and self.take_waiting(rest):
            return
        self.subject(Span(begin, clause.end), closing, timed=timed is not None)

    def skip(self, pattern: re.Pattern[str], clause: Span) -> int:
        """Return the offset behind `pattern` at the beginning of `clause`."""
        found = pattern.match(self.text, clause.start, clause.end)
        return found.end() if found is not None else clause.start

    def together(self, start: int, clause: Span) -> bool:
        """Read a clause without subject that names helpers: 会同B…; who acted before is the lead."""
        found = TOGETHER.match(self.text, start + adverbial_end(self.text[start : clause.end]), clause.end)
        conditional = re.search(r"的(?=会同|联合|协同)", clause.of(self.text))
        at = found.end() if found is not None else None
        if at is None and conditional is not None and conditional.end() <= 14:
            at = clause.start + conditional.end() + 2
        if at is None:
            return False
        mentions, end = read_actors(self.text, Span(at, clause.end), strict=True)
        if not mentions:
            return False
        self.add(mentions, SubjectRole.COOPERATING, firm=True)
        self.promote()
        self.inner(Span(end, clause.end))
        return True

    def promote(self) -> None:
        """Make the carriers named last the lead of those who join them."""
        carriers = [claim for claim in self.claims if claim.subject.role is SubjectRole.RESPONSIBLE]
        for claim in carriers:
            if claim.clause == carriers[-1].clause and claim.subject.kind is not SubjectKind.GROUP:
                claim.subject, claim.firm = replace(claim.subject, role=SubjectRole.LEAD), True

    def find_order(self, clause: Span) -> re.Match[str] | None:
        """Find 由, 请 or 责成 with a name behind it."""
        for found in itertools.islice(BY.finditer(self.text, clause.start, clause.end), _ORDERS):
            if re.search(r"(?:[未没]有?|不)$", self.text[max(clause.start, found.start() - 2) : found.start()]):
                continue
            if read_ordered(self.text, Span(found.end(), clause.end))[0]:
                return found
        return None

    def ordered(self, by: re.Match[str], clause: Span, before: str) -> None:
        """Read 由A…, 责成A… and, in front of 责成, who watches."""
        if by[0].startswith("责"):
            mentions, end = read_actors(self.text, Span(clause.start, by.start()), strict=True)
            if end == by.start() and by[0] == "责成":
                self.add(mentions, SubjectRole.SUPERVISING, firm=True)
        asked = by[0].endswith("请")
        escalates = _ESCALATES.search(before + self.text[clause.start : by.start()]) is not None
        mentions, end = read_ordered(self.text, Span(by.end(), clause.end))
        predicate = self.text[end : clause.end]
        if is_attribute(predicate):
            return
        self.chain(mentions, end, clause, ordered=True)
        if escalates or (asked and re.search(r"把关|指导|支持|参加", predicate)):
            role = SubjectRole.SUPERVISING if escalates else SubjectRole.COOPERATING
            self.reassign(mentions, role)

    def reassign(self, mentions: Sequence[Mention], role: SubjectRole) -> None:
        """Give the claims on `mentions` another role."""
        spans = {mention.span for mention in mentions}
        for claim in self.claims:
            if claim.subject.span in spans and claim.subject.role is not SubjectRole.LEAD:
                claim.subject = replace(claim.subject, role=role)

    def take_waiting(self, clause: Span) -> bool:
        """Give the names of the clause before this clause as predicate."""
        if read_actors(self.text, clause, strict=True)[0]:
            return False
        role, firm = role_of_predicate(clause.of(self.text), self.waiting[0].kind, ordered=False)
        waiting, self.waiting = self.waiting, []
        if role is None or not firm:
            return False
        self.add(waiting, role, firm=True)
        return True

    def subject(self, clause: Span, closing: str, *, timed: bool) -> None:
        """Read a clause that begins with its subject."""
        mentions, end = read_actors(self.text, clause, strict=True)
        if not mentions and self.claims and not self.waiting:
            self.follows(clause)
        if not mentions:
            self.waiting = []
            return
        if closing in ("：", ":"):
            return
        if end >= clause.end:
            self.waiting = [*self.waiting, *mentions] if closing in ("，", ",") else []
            return
        if _OF_THAT_TIME.match(self.text, end, clause.end):
            return
        if timed:
            self.add(mentions, SubjectRole.RESPONSIBLE, firm=True)
            return
        self.chain([*self.waiting, *mentions], end, clause, ordered=False)
        self.waiting = []

    def follows(self, clause: Span) -> None:
        """Read a clause behind assignments that begins with a body of full name; whatever it does is its part of the work."""
        mentions, end = read_actors(self.text, clause, strict=True, any_act=True)
        predicate = self.text[end : clause.end]
        full = all(mention.kind is SubjectKind.UNIT and _FULL_NAME.match(mention.name) for mention in mentions)
        if not mentions or not full or len(predicate) < _SHORTEST_ACT:
            return
        if not (is_unfulfilled(predicate) or is_over(predicate) or "的" in predicate[:4]):
            self.add(mentions, SubjectRole.RESPONSIBLE, firm=False)

    def chain(self, mentions: list[Mention], end: int, clause: Span, *, ordered: bool) -> None:
        """Give `mentions` their role from the words behind them, then read further subjects of the clause."""
        text = self.text
        titled = TITLED.match(text, end, clause.end)
        if titled is not None:
            label = match_label(text[titled.end() : clause.end], 0)
            if label is not None and label[0].kind is FieldKind.SUBJECT and label[0].unit_role is not None:
                named = [mention for mention in mentions if self.claims or mention.kind is not SubjectKind.GROUP]
                self.add(named, label[0].unit_role, firm=True)
                return
        helper = self.helper(Span(end, clause.end))
        if helper is not None and is_over(text[end : clause.end]):
            return
        if helper is not None:
            self.helped(mentions, helper, clause)
            return
        cut = self.next_subject(Span(end, clause.end))
        predicate = text[end : cut if cut is not None else clause.end].rstrip("、")
        if not is_unfulfilled(predicate):
            for mention in mentions:
                role, firm = self.weigh(predicate, mention, ordered=ordered)
                if role is not None:
                    self.add([mention], role, firm=firm)
        if cut is None:
            return
        known = len(self.claims)
        self.inner(Span(cut, clause.end), ordered=ordered)
        if ordered and text.endswith("牵头", end, cut) and _JOINS.search(text, cut, clause.end):
            for claim in self.claims[known:]:
                claim.subject = replace(claim.subject, role=SubjectRole.COOPERATING)

    def weigh(self, predicate: str, mention: Mention, *, ordered: bool) -> tuple[SubjectRole | None, bool]:
        """Say what a predicate gives `mention`; who checks what a class of bodies hands in supervises."""
        role, firm = role_of_predicate(predicate, mention.kind, ordered=ordered)
        if role in _CARRYING and not ordered and self.claims and is_outsider(mention.name):
            return SubjectRole.COOPERATING, firm
        if ordered or mention.kind is SubjectKind.GROUP or role is not SubjectRole.RESPONSIBLE:
            return role, firm
        classes = any(
            claim.subject.kind is SubjectKind.GROUP and claim.subject.role is SubjectRole.RESPONSIBLE
            for claim in self.claims
            if claim.clause < self.clause
        )
        return (SubjectRole.SUPERVISING, firm) if classes and _CHECKS.match(predicate) else (role, firm)

    def helper(self, rest: Span) -> tuple[list[Mention], int] | None:
        """Return who joins in: …会同B, …联合B."""
        found = _TOGETHER_INSIDE.search(self.text, rest.start, min(rest.end, rest.start + 14))
        if found is None:
            return None
        mentions, end = read_actors(self.text, Span(found.end(), rest.end), strict=True)
        return (mentions, end) if mentions else None

    def helped(self, mentions: list[Mention], helper: tuple[list[Mention], int], clause: Span) -> None:
        """Record A会同B: a body leads, a person keeps what follows from the rest."""
        for mention in mentions:
            person = mention.kind in (SubjectKind.PERSON, SubjectKind.POST)
            self.add([mention], SubjectRole.OWNER if person else SubjectRole.LEAD, firm=True)
        self.add(helper[0], SubjectRole.COOPERATING, firm=True)
        self.inner(Span(helper[1], clause.end))

    def next_subject(self, rest: Span) -> int | None:
        """Return where a further subject with a predicate of its own begins in the clause, or ``None``."""
        for found in itertools.islice(_INNER.finditer(self.text, rest.start, rest.end), _PARTS):
            place = found.end()
            if place + 3 < rest.end:
                mentions, end = read_actors(self.text, Span(place, rest.end), strict=True)
                if (
                    mentions
                    and end < rest.end
                    and role_of_predicate(self.text[end : rest.end], mentions[0].kind, ordered=False)[0]
                ):
                    return place
        return None

    def inner(self, rest: Span, *, ordered: bool = False) -> None:
        """Read the further subjects in the rest of a clause."""
        mentions, end = read_actors(self.text, rest, strict=True)
        if mentions and end < rest.end:
            self.chain(mentions, end, rest, ordered=ordered)

    def add(self, mentions: Sequence[Mention], role: SubjectRole, *, firm: bool) -> None:
        """Record `mentions` unless they are inspectors, or everybody without a date."""
        for mention in mentions:
            watched = is_inspector(mention.name) and role is not SubjectRole.SUPERVISING
            everybody = is_everybody(mention.name) and not (firm and self.dated)
            if not watched and not everybody:
                self.claims.append(_Claim(mention.subject(role_of_people(mention, role)), firm, self.clause))

    def retract(self, clauses: Sequence[tuple[Span, str]]) -> None:
        """Take back claims without a limit that the next clause turns into a failure or a report."""
        acting = {claim.clause for claim in self.claims}
        for claim in list(self.claims):
            following = claim.clause + 1
            if following >= len(clauses) or following in acting or clauses[claim.clause][1] not in ("，", ","):
                continue
            clause, told = clauses[claim.clause][0].of(self.text), clauses[following][0].of(self.text)
            failed = is_unfulfilled(told) and re.search(r"的|由", told) is None
            contrasted = _CONTRAST.match(told) is not None and not self.dated_in(claim.clause, clauses)
            if contrasted or (not has_limit(clause) and (failed or (not claim.firm and _REPORTS.match(told)))):
                self.claims.remove(claim)

    def dated_in(self, number: int, clauses: Sequence[tuple[Span, str]]) -> bool:
        """Say whether a clause names a day or month to come, which a complaint behind it does not undo."""
        return re.search(r"[月日底旬]前|[日天月]内", clauses[number][0].of(self.text)) is not None

    def finish(self, *, limited: bool) -> Claims:
        """Return what was found; a limit or a firm claim in the sentence makes the others firm."""
        unique = {(claim.subject.span, claim.subject.role): claim for claim in self.claims}
        found = sorted(unique.values(), key=lambda claim: claim.subject.span)
        if limited or any(claim.firm for claim in found):
            return Claims(tuple(claim.subject for claim in found))
        return Claims((), tuple(claim.subject for claim in found))
