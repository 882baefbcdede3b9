"""One item while it is put together: its problem, measures, subjects, limits and status."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpora.schema.plan import Deadline, DeadlineKind, ItemStatus, PlanItem, Subject, SubjectRole
from corpora.schema.span import Span
from models.plans.facts import Claim, Facts
from models.plans.inline import Claims, find_in_prose, is_deficiency, refuses
from models.plans.labels import FieldKind
from models.plans.limits import Calendar, find_limits, read_done, read_limit
from models.plans.mentions import read_mentions
from models.plans.sentences import is_measure, is_problem, split_sentences, status_in_prose, status_of, strip_edges
from models.plans.tagged import MINIMUM_SCORE, TaggedSpan

_NUMBERING = re.compile(
    r"(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]|\d{1,3}[、．]|\d{1,3}\.(?!\d)|[①-⑳]|[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}[，,、])[：:，,、.]?\s*"
)
_AGAINST = re.compile(r"针对(?:存在的|反馈的)?([^。；;\n]{2,80}?(?:问题|情况|现象))(?:[，,：:]|$)")
_LEADS_IN = re.compile(
    r"会议?[要指强]|会上|按照?|根据|依据|为|经|截[至止]|下一步|下步|同时|自|近日|日前|此外|今后|目前|由|原则上|其中|[^，,]{2,16}(?:要求|指出|强调|决定|研究)$"
)
_CORE_ROLES = frozenset({SubjectRole.LEAD, SubjectRole.RESPONSIBLE})
_LONG = (FieldKind.MEASURE, FieldKind.STATUS)


@dataclass(frozen=True, slots=True)
class Passage:
    """What all items of a text share."""

    facts: Facts
    calendar: Calendar
    tags: tuple[TaggedSpan, ...] = ()
    _read: dict[Span, Claims] = field(default_factory=dict, compare=False, repr=False)

    def claims_of(self, sentence: Span) -> Claims:
        """Return what a sentence of running prose claims; each sentence is read once."""
        if sentence not in self._read:
            self._read[sentence] = find_in_prose(self.text, sentence)
        return self._read[sentence]

    @property
    def text(self) -> str:
        """The text all spans point into."""
        return self.facts.text


@dataclass(frozen=True, slots=True)
class Inherited:
    """Subjects and limits that hold from a heading or a problem for what stands under it."""

    subjects: tuple[Subject, ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    def under(self, subjects: Sequence[Subject], deadlines: Sequence[Deadline]) -> Inherited:
        """Return what holds further down: entries of the same role are replaced."""
        return Inherited(merge_roles(subjects, self.subjects), tuple(deadlines) or self.deadlines)


@dataclass(frozen=True, slots=True)
class Draft:
    """An item with what still refers to its neighbours (同上, 以上均…)."""

    item: PlanItem
    same: tuple[SubjectRole, ...] = ()
    same_limit: bool = False
    backward: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """The sentences of an item: the naming clause and the measures."""

    problem: Span | None
    measures: tuple[Span, ...] = field(default=())


def merge_roles(own: Sequence[Subject], above: Sequence[Subject]) -> tuple[Subject, ...]:
    """Return `own` and, of `above`, the subjects of roles that `own` lacks, marked as inherited."""
    filled = {subject.role for subject in own}
    return (*own, *(replace(subject, origin="inherited") for subject in above if subject.role not in filled))


def find_parts(passage: Passage, region: Span) -> Parts:
    """Find the naming clause of the problem and the measure sentences in `region`."""
    text, facts = passage.text, passage.facts
    long_fields = [entry for kind in _LONG for entry in facts.fields_in(region, kind)]
    stated = [entry for entry in facts.fields_in(region, FieldKind.PROBLEM) if len(entry.value)]
    masks = [*facts.masks_in(region), *(entry.span for entry in long_fields)]
    measures = _field_measures(passage, region)
    if stated:
        value = Span(stated[0].value.start, min(stated[0].value.end, region.end))
        sentences = split_sentences(text, value, masks=masks)
        problem = _stated_problem(text, value, sentences)
        return Parts(problem, measures or tuple(part for part in sentences[1:] if is_measure(part.of(text))))
    sentences = [_without_number(text, part) for part in split_sentences(text, region, masks=masks)]
    if not sentences:
        return Parts(None, measures)
    problem, rest = _naming_clause(passage, sentences[0], region)
    free = tuple(part for part in (*rest, *sentences[1:]) if is_measure(part.of(text)) or part in rest)
    return Parts(problem, measures or free)


def draft_item(
    passage: Passage,
    span: Span,
    region: Span,
    *,
    inherited: Inherited = Inherited(),
    problem: Span | None = None,
    measures: Sequence[Span] | None = None,
    claims: Sequence[Claim] | None = None,
) -> Draft:
    """Put one item together.

    Args:
        passage: the text with its facts.
        span: the whole item.
        region: where its own subjects and limits stand.
        inherited: what holds from above.
        problem: the naming clause, if it stands outside `region`.
        measures: the measure sentences, if known.
        claims: the claims of the item, if not simply those in `region`.
    """
    text = passage.text
    own = passage.facts.claims_in(region) if claims is None else tuple(claims)
    parts = find_parts(passage, region)
    named = problem or (parts.problem if measures is None else None)
    listed = tuple(parts.measures if measures is None else measures)
    if measures is None and problem is not None and parts.problem is not None:
        known = parts.problem in listed or parts.problem.overlaps(problem)
        listed = listed if known else (parts.problem, *listed)
    here = [claim for claim in own if not claim.backward]
    subjects = _subjects(passage, region, here, inherited)
    deadlines = _deadlines(passage, region, here, inherited)
    status = _status(passage, region, named, deadlines)
    item = PlanItem(
        span=_outer(text, span, subjects, deadlines),
        problem=named.of(text) if named else None,
        problem_span=named,
        measures=tuple(part.of(text) for part in listed) or _tagged_measures(passage, region),
        subjects=subjects,
        deadlines=deadlines,
        status=status,
    )
    same = tuple(role for claim in own for role in claim.same)
    return Draft(item, same, any(claim.same_limit for claim in own), tuple(claim for claim in own if claim.backward))


def claim_limits(passage: Passage, claims: Sequence[Claim]) -> tuple[Deadline, ...]:
    """Return the limits of labelled fields among `claims`."""
    return tuple(
        deadline
        for claim in claims
        if claim.limit is not None
        for deadline in read_limit(passage.text, claim.limit, passage.calendar)
    )


def prose_claims(passage: Passage, region: Span) -> list[tuple[Span, Claims]]:
    """Return the sentences of `region` that name subjects by role verbs, with what they name."""
    result = []
    for sentence in split_sentences(passage.text, region, masks=passage.facts.masks_in(region)):
        claims = passage.claims_of(sentence)
        if claims.firm or claims.weak:
            result.append((sentence, claims))
    return result


def _field_measures(passage: Passage, region: Span) -> tuple[Span, ...]:
    text = passage.text
    for kind in _LONG:
        found: list[Span] = []
        for entry in passage.facts.fields_in(region, kind):
            value = Span(entry.value.start, max(entry.value.start, min(entry.value.end, region.end)))
            for part in split_sentences(text, value, masks=passage.facts.masks_in(value)):
                clean = _without_number(text, part)
                if kind is FieldKind.MEASURE or (len(clean) > 10 and is_measure(clean.of(text))):
                    found.append(clean)
        if found:
            return tuple(found)
    return ()


def _stated_problem(text: str, value: Span, sentences: Sequence[Span]) -> Span | None:
    """Return the first full sentence of a problem field; a list in it (一是…；二是…) stays whole."""
    if not sentences:
        return None
    first = _without_number(text, sentences[0])
    stop = re.compile(r"[。\n]").search(text, first.end, value.end)
    listed = (
        len(sentences) > 1 and _NUMBERING.match(text, sentences[0].start) and _NUMBERING.match(text, sentences[1].start)
    )
    if not listed:
        return first
    whole = strip_edges(text, Span(sentences[0].start, stop.start() if stop else value.end))
    return whole if whole.end <= sentences[-1].end else first


def _naming_clause(passage: Passage, sentence: Span, region: Span) -> tuple[Span | None, tuple[Span, ...]]:
    """Return the naming clause in the first sentence, and the rest of the sentence if it states a measure."""
    text = passage.text
    against = _AGAINST.match(text, sentence.start, sentence.end)
    if against is not None:
        rest = strip_edges(text, Span(against.end(), sentence.end))
        return Span(against.start(1), against.end(1)), (rest,) if len(rest) else ()
    claims = passage.claims_of(sentence)
    starts = [subject.span.start for subject in (*claims.firm, *claims.weak)]
    limits = (
        find_limits(text, sentence, passage.calendar) if not passage.facts.fields_in(region, FieldKind.DEADLINE) else ()
    )
    starts.extend(limit.span.start for limit in limits)
    if not starts:
        return sentence, ()
    cut = max(text.rfind("，", sentence.start, min(starts)), text.rfind(",", sentence.start, min(starts)))
    if cut > sentence.start and _LEADS_IN.match(text, sentence.start, cut) is None:
        rest = strip_edges(text, Span(cut + 1, sentence.end))
        return strip_edges(text, Span(sentence.start, cut)), (rest,) if is_problem(text[sentence.start : cut]) else ()
    if is_deficiency(sentence.of(text)) and not is_measure(sentence.of(text)):
        return sentence, ()
    return None, (sentence,)


def _subjects(passage: Passage, region: Span, claims: Sequence[Claim], inherited: Inherited) -> tuple[Subject, ...]:
    stated = tuple(subject for claim in claims for subject in claim.subjects)
    same = [role for claim in claims for role in claim.same]
    if not any(role in _CORE_ROLES for role in (*(subject.role for subject in stated), *same)):
        found = [entry for _, entry in prose_claims(passage, region)]
        filled = {*(subject.role for subject in stated), *same}
        told = tuple(subject for entry in found for subject in entry.firm if subject.role not in filled)
        told = (*told, *(tag for tag in _tagged_subjects(passage, region, told) if tag.role not in filled))
        if not told and not stated and not inherited.subjects:
            told = tuple(subject for entry in found for subject in entry.weak)
        stated = (*stated, *told)
    return merge_roles(_unique(stated), inherited.subjects)


def _deadlines(passage: Passage, region: Span, claims: Sequence[Claim], inherited: Inherited) -> tuple[Deadline, ...]:
    text, facts = passage.text, passage.facts
    done = tuple(
        deadline
        for entry in facts.fields_in(region, FieldKind.STATUS)
        if len(entry.value) <= 40
        for deadline in read_done(
            text, Span(entry.value.start, min(entry.value.end, max(region.end, entry.value.start))), passage.calendar
        )
    )
    if any(claim.limit is not None or claim.same_limit for claim in claims):
        return (*claim_limits(passage, claims), *done)
    status = [entry.span for entry in facts.fields_in(region, FieldKind.STATUS) if len(entry.value) <= 40]
    found = find_limits(text, region, passage.calendar, masks=[*facts.undated_in(region), *status])
    found = (*found, *_tagged_limits(passage, region, found), *done)
    return found or tuple(replace(deadline, origin="inherited") for deadline in inherited.deadlines)


def _status(passage: Passage, region: Span, named: Span | None, deadlines: Sequence[Deadline]) -> ItemStatus | None:
    text = passage.text
    for entry in passage.facts.fields_in(region, FieldKind.STATUS):
        status = status_of(
            Span(entry.value.start, max(entry.value.start, min(entry.value.end, region.end))).of(text)[:60]
        )
        if status is not None:
            return status
    for pair in passage.facts.brackets_in(region):
        if len(pair) <= 14 and status_of(text[pair.start + 1 : pair.end - 1]) is not None:
            return status_of(text[pair.start + 1 : pair.end - 1])
    told = [
        status
        for part in split_sentences(text, region, masks=passage.facts.masks_in(region))
        if (named is None or not named.overlaps(part)) and (status := status_in_prose(part.of(text))) is not None
    ]
    if told:
        return told[-1]
    return ItemStatus.DONE if any(deadline.kind is DeadlineKind.DONE for deadline in deadlines) else None


def _tagged_subjects(passage: Passage, region: Span, known: Sequence[Subject]) -> tuple[Subject, ...]:
    found: list[Subject] = []
    for tag in passage.tags:
        role = tag.role
        if role is None or tag.score < MINIMUM_SCORE or not region.contains(tag.span) or not len(tag.span):
            continue
        taken = any(tag.span.overlaps(subject.span) for subject in known) or any(
            tag.span.overlaps(mask) for mask in passage.facts.masks_in(tag.span)
        )
        if taken or refuses(_sentence_around(passage.text, tag.span)):
            continue
        mentions = read_mentions(passage.text, tag.span, personal=role in (SubjectRole.OWNER, SubjectRole.LEADER))
        found.extend(replace(mention.subject(role), origin="model") for mention in mentions if len(mention.span))
    return tuple(found)


def _tagged_limits(passage: Passage, region: Span, known: Sequence[Deadline]) -> tuple[Deadline, ...]:
    return tuple(
        replace(deadline, origin="model")
        for tag in passage.tags
        if tag.tag == "deadline" and tag.score >= MINIMUM_SCORE and region.contains(tag.span)
        if not any(tag.span.overlaps(deadline.span) for deadline in known)
        for deadline in read_limit(passage.text, tag.span, passage.calendar)
    )


def _tagged_measures(passage: Passage, region: Span) -> tuple[str, ...]:
    return tuple(
        tag.span.of(passage.text)
        for tag in passage.tags
        if tag.tag == "measure" and tag.score >= MINIMUM_SCORE and region.contains(tag.span) and len(tag.span)
    )


def _sentence_around(text: str, span: Span) -> str:
    start = max(text.rfind(stop, 0, span.start) for stop in "。；\n") + 1
    ends = [end for stop in "。；\n" if (end := text.find(stop, span.end)) >= 0]
    return text[start : min(ends, default=len(text))]


def _unique(subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    return tuple({(subject.role, subject.name, subject.kind): subject for subject in reversed(subjects)}.values())[::-1]


def _without_number(text: str, part: Span) -> Span:
    number = _NUMBERING.match(text, part.start, part.end)
    return strip_edges(text, Span(number.end(), part.end)) if number is not None and number.end() < part.end else part


def _outer(text: str, span: Span, subjects: Sequence[Subject], deadlines: Sequence[Deadline]) -> Span:
    """Trim `span`, but keep every own subject and limit inside."""
    own = [subject.span for subject in subjects if subject.origin != "inherited"]
    own.extend(deadline.span for deadline in deadlines if deadline.origin != "inherited")
    trimmed = strip_edges(text, span)
    end = max([trimmed.end, *(entry.end for entry in own)])
    while end < span.end and text[end] in "）)]】":
        end += 1
    return Span(min([trimmed.start, *(entry.start for entry in own)]), end)
