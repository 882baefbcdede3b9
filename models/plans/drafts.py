"""One item while it is put together: its problem, measures, subjects, limits and status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpora.schema.plan import Deadline, DeadlineKind, ItemStatus, PlanItem, Subject, SubjectRole
from corpora.schema.span import Span
from models.plans.facts import Claim
from models.plans.labels import FieldKind
from models.plans.limits import find_limits, read_done, read_limit
from models.plans.mentions import read_mentions
from models.plans.parts import find_parts
from models.plans.passage import CORE_ROLES, Inherited, Passage, claim_limits, merge_roles, prose_claims
from models.plans.refusals import refuses
from models.plans.sentences import is_problem, split_sentences, status_in_prose, status_of, strip_edges
from models.plans.tagged import MINIMUM_SCORE

#: Roles that prose adds to who carries out by a heading.
_HELPING = frozenset({SubjectRole.COOPERATING, SubjectRole.SUPERVISING})


@dataclass(frozen=True, slots=True)
class Draft:
    """An item with what still refers to its neighbours (同上, 以上均…)."""

    item: PlanItem
    same: tuple[SubjectRole, ...] = ()
    same_limit: bool = False
    backward: tuple[Claim, ...] = ()


def draft_item(
    passage: Passage,
    span: Span,
    region: Span,
    *,
    inherited: Inherited,
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


def _subjects(passage: Passage, region: Span, claims: Sequence[Claim], inherited: Inherited) -> tuple[Subject, ...]:
    stated = tuple(subject for claim in claims for subject in claim.subjects)
    same = [role for claim in claims for role in claim.same]
    if not any(role in CORE_ROLES for role in (*(subject.role for subject in stated), *same)):
        filled = {*(subject.role for subject in stated), *same}
        told = _told(passage, region, inherited, alone=not stated)
        told = tuple(subject for subject in told if subject.role not in filled)
        told = (*told, *(tag for tag in _tagged_subjects(passage, region, told) if tag.role not in filled))
        stated = (*stated, *told)
    return merge_roles(_unique(stated), inherited.subjects)


def _told(passage: Passage, region: Span, inherited: Inherited, *, alone: bool) -> tuple[Subject, ...]:
    """Return whom the prose of the item names; where a heading names who carries out, only if the prose does too."""
    found = [entry for _, entry in prose_claims(passage, region)]
    firm = tuple(subject for entry in found for subject in entry.firm)
    above = any(subject.role in CORE_ROLES for subject in inherited.subjects)
    if above and not any(subject.role in CORE_ROLES for subject in firm):
        return tuple(subject for subject in firm if subject.role in _HELPING)
    weak = tuple(subject for entry in found for subject in entry.weak)
    if not weak or not alone or above or not (firm or _is_plan(passage, region)):
        return firm
    return tuple(sorted((*firm, *weak), key=lambda subject: subject.span))


def _is_plan(passage: Passage, region: Span) -> bool:
    """Say whether a paragraph without a word of duty still plans something: it dates it, or names a problem first."""
    if passage.facts.fields_in(region, FieldKind.DEADLINE) or find_limits(passage.text, region, passage.calendar):
        return True
    sentences = split_sentences(passage.text, region, masks=passage.facts.masks_in(region))
    return len(sentences) > 1 and is_problem(sentences[0].of(passage.text))


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
    if any(limit.origin != "inherited" or limit.kind is not DeadlineKind.RECURRING for limit in inherited.deadlines):
        found = tuple(limit for limit in found if limit.kind is not DeadlineKind.RECURRING)
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


def _outer(text: str, span: Span, subjects: Sequence[Subject], deadlines: Sequence[Deadline]) -> Span:
    """Trim `span`, but keep every own subject and limit inside."""
    own = [subject.span for subject in subjects if subject.origin != "inherited"]
    own.extend(deadline.span for deadline in deadlines if deadline.origin != "inherited")
    trimmed = strip_edges(text, span)
    end = max([trimmed.end, *(entry.end for entry in own)])
    while end < span.end and text[end] in "）)]】":
        end += 1
    return Span(min([trimmed.start, *(entry.start for entry in own)]), end)
