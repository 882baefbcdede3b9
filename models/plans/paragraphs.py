"""A paragraph without numbered parts: usually one item, several where blocks of fields or assignments repeat."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from corpora.schema.plan import SubjectRole
from corpora.schema.span import Span
from models.plans.drafts import Draft, draft_item
from models.plans.facts import Claim
from models.plans.labels import FieldKind
from models.plans.limits import find_limits
from models.plans.parts import Parts, find_parts
from models.plans.passage import CORE_ROLES, Inherited, Passage, claim_limits, prose_claims
from models.plans.sentences import is_measure, is_problem, split_sentences, strip_edges


def draft_paragraph(
    passage: Passage, span: Span, region: Span, inherited: Inherited, problem: Span | None
) -> list[Draft]:
    """Read a paragraph without numbered parts: usually one item, several if blocks of fields repeat."""
    if not len(strip_edges(passage.text, region)):
        return []
    cuts = _cuts(passage, region)
    if not cuts:
        return [draft_item(passage, span, region, inherited=inherited, problem=problem)]
    drafts: list[Draft] = []
    bounds = [region.start, *cuts, region.end]
    first: Parts | None = None
    shared = inherited
    tail = _shared_tail(passage, cuts, region)
    inherited = inherited.under(tail.subjects, tail.deadlines)
    for start, end in itertools.pairwise(bounds):
        part = Span(start, end)
        parts = find_parts(passage, part)
        measure = (
            first is not None and first.problem is not None and _goes_on(passage, first.problem, part, parts, region)
        )
        if first is None:
            first = parts
            shared = _before_measures(passage, part, inherited)
        named = first.problem if measure else problem
        drafts.append(
            draft_item(
                passage,
                Span(span.start if start == region.start else start, end),
                part,
                inherited=shared if measure else inherited,
                problem=named,
            )
        )
    return drafts


def _shared_tail(passage: Passage, cuts: Sequence[int], region: Span) -> Inherited:
    """Return what fields on lines of their own behind prose measures say of all of them (责任领导：…)."""
    claims = passage.facts.claims_in(region)
    if not claims or claims[0].span.start < cuts[-1] or claims[0].bracket is not None:
        return Inherited()
    if not passage.text[: claims[0].span.start].rstrip(" \u3000").endswith("\n"):
        return Inherited()
    return Inherited(tuple(subject for claim in claims for subject in claim.subjects), claim_limits(passage, claims))


def _goes_on(passage: Passage, problem: Span, part: Span, parts: Parts, region: Span) -> bool:
    """Say whether `part` is a further measure of `problem` rather than a problem of its own."""
    labels = [entry for entry in passage.facts.fields_in(region, FieldKind.MEASURE) if entry.span.start < part.start]
    if passage.facts.fields_in(part, FieldKind.PROBLEM):
        return False
    if labels:
        return True
    sentences = split_sentences(passage.text, part, masks=passage.facts.masks_in(part))
    return (
        bool(sentences)
        and is_problem(problem.of(passage.text))
        and (is_measure(sentences[0].of(passage.text)) or bool(passage.claims_of(sentences[0]).firm))
        and parts is not None
    )


def _before_measures(passage: Passage, part: Span, inherited: Inherited) -> Inherited:
    labels = passage.facts.fields_in(part, FieldKind.MEASURE)
    if not labels:
        return inherited
    claims = passage.facts.claims_in(Span(part.start, labels[0].span.start))
    return inherited.under([subject for claim in claims for subject in claim.subjects], claim_limits(passage, claims))


def _cuts(passage: Passage, region: Span) -> list[int]:
    """Return where a further item begins inside an unnumbered paragraph."""
    claims = passage.facts.claims_in(region)
    if not any(subject.role in CORE_ROLES for claim in claims for subject in claim.subjects):
        apart = _prose_cuts(passage, region)
        if not claims or (apart and claims[0].span.start > apart[-1]):
            return apart
    cuts: list[int] = []
    seen: set[str] = set()
    previous_end = region.start
    for claim in claims:
        if claim.backward:
            continue
        start = claim.bracket.start if claim.bracket else claim.span.start
        gap = split_sentences(passage.text, Span(previous_end, max(previous_end, start)))
        prose = [part for part in gap if len(part) >= 5]
        if claim.kinds & seen and prose and not _same_item(passage, claim, prose, region):
            cuts.append(previous_end)
            seen = set()
        seen |= claim.kinds
        previous_end = max(previous_end, claim.bracket.end if claim.bracket else claim.span.end)
    return cuts


def _same_item(passage: Passage, claim: Claim, prose: Sequence[Span], region: Span) -> bool:
    """Say whether only the date differs: then it is one item with several limits."""
    if claim.kinds != {"limit"}:
        return False
    labelled = any(entry.span.start < prose[0].end for entry in passage.facts.fields_in(region, FieldKind.MEASURE))
    return labelled or is_measure(prose[0].of(passage.text))


def _prose_cuts(passage: Passage, region: Span) -> list[int]:
    """Part measures that each name who does them."""
    cuts: list[int] = []
    core = False
    for sentence, claims in prose_claims(passage, region):
        roles = {subject.role for subject in claims.firm}
        own_task = bool(roles & CORE_ROLES) or (SubjectRole.SUPERVISING in roles and _has_limit(passage, sentence))
        if own_task and core:
            cuts.append(sentence.start)
        core = core or own_task
    return cuts


def _has_limit(passage: Passage, sentence: Span) -> bool:
    return bool(find_limits(passage.text, sentence, passage.calendar))
