"""Cutting a passage into items, and what headings and neighbours hand on (contract, rules 1 and 2)."""

from __future__ import annotations

from collections.abc import Sequence

from corpora.schema.plan import PlanItem
from corpora.schema.span import Span
from models.plans.drafts import Draft, draft_item
from models.plans.facts import Claim
from models.plans.headings import read_title, title_of
from models.plans.labels import FieldKind
from models.plans.limits import find_limits
from models.plans.neighbours import hand_back, settle
from models.plans.outline import LIST_KINDS, Node, build_outline
from models.plans.paragraphs import draft_paragraph
from models.plans.parts import find_parts
from models.plans.passage import CORE_ROLES, Inherited, Passage, claim_limits, prose_claims
from models.plans.sentences import is_category, is_measure, is_problem, split_sentences, strip_edges


def passage_items(passage: Passage, span: Span, *, headings: Sequence[tuple[Span, int]] = ()) -> tuple[PlanItem, ...]:
    """Return the items of the part of the text at `span`, in printed order."""
    facts = passage.facts
    closed = [*facts.masks, *facts.brackets]
    root = build_outline(passage.text, span, closed=closed, headings=headings)
    return settle(hand_back(passage, _walk(passage, root, Inherited(), None)))


def _walk(passage: Passage, node: Node, inherited: Inherited, problem: Span | None) -> list[Draft]:
    if not node.children:
        return draft_paragraph(passage, node.span, Span(node.body, node.end), inherited, problem)
    split = _measures_begin(passage, node)
    if split is not None:
        return _problem_with_measures(passage, node, inherited, problem, split)
    return _heading(passage, node, inherited)


def _heading(passage: Passage, node: Node, inherited: Inherited) -> list[Draft]:
    """Read a heading: what it names holds for the items under it."""
    own = node.own
    drafts: list[Draft] = []
    claims = passage.facts.claims_in(own)
    title = title_of(passage, own)
    holds = read_title(passage, title) if len(title) else Inherited()
    before = Span(own.start, title.start if len(title) else own.end)
    if any(claim.span.start < before.end for claim in claims) or len(strip_edges(passage.text, before)):
        drafts.extend(draft_paragraph(passage, before, before, inherited, None))
    below = inherited.under(holds.subjects, holds.deadlines)
    for child in node.children:
        drafts.extend(_walk(passage, child, below, None))
    return drafts


def _measures_begin(passage: Passage, node: Node) -> int | None:
    """Return where the measures of a problem begin, or ``None`` if the children are items of their own."""
    text, facts = passage.text, passage.facts
    labels = [
        entry
        for kind in (FieldKind.MEASURE, FieldKind.STATUS)
        for entry in facts.fields_in(node.own, kind)
        if entry.bracket is None
    ]
    if labels:
        return min(entry.span.start for entry in labels)
    kinds = {child.marker.kind for child in node.children if child.marker}
    if kinds <= LIST_KINDS:
        inner = [
            entry.span.start
            for child in node.children
            for kind in (FieldKind.MEASURE, FieldKind.STATUS)
            for entry in facts.fields_in(child.span, kind)
        ]
        listed = facts.fields_in(node.own, FieldKind.PROBLEM)
        if node.marker is None and not len(strip_edges(text, node.own)):
            return None
        if listed and not inner and not len(listed[-1].value):
            return None
        if not inner and _is_class(passage, node):
            return None
        return min(inner, default=node.own_end)
    head = find_parts(passage, node.own).problem
    if head is None or not is_problem(head.of(text)) or is_category(head.of(text)):
        return None
    firsts = [_first_sentence(text, child) for child in node.children]
    like = sum(is_measure(first.of(text)) for first in firsts if first is not None)
    return node.own_end if like * 2 > len(firsts) else None


def _is_class(passage: Passage, node: Node) -> bool:
    """Say whether a numbered part only names a class of problems (第一部分 立即整改), each with subjects of its own."""
    head = find_parts(passage, node.own).problem
    if node.marker is None or node.marker.kind != "chapter" or (head is not None and is_problem(head.of(passage.text))):
        return False
    return all(any(claim.subjects for claim in passage.facts.claims_in(child.span)) for child in node.children)


def _first_sentence(text: str, node: Node) -> Span | None:
    """Return the first sentence of a numbered paragraph."""
    sentences = split_sentences(text, Span(node.body, node.end))
    return sentences[0] if sentences else None


def _problem_with_measures(
    passage: Passage, node: Node, inherited: Inherited, problem: Span | None, begin: int
) -> list[Draft]:
    facts = passage.facts
    children = [child for child in node.children if child.start >= begin]
    tail = _tail(passage, children)
    head = Span(node.body, max(node.body, begin))
    named = find_parts(passage, head).problem or problem
    shared = [
        *facts.claims_in(Span(node.body, children[0].start if children else node.end)),
        *(claim for claim in facts.claims_in(Span(tail, node.end))),
    ]
    has_shared = any(subject.role in CORE_ROLES for claim in shared for subject in claim.subjects)
    carriers = [
        child for child in children if _carries(passage, Span(child.body, min(child.end, tail)), has_shared=has_shared)
    ]
    if not carriers:
        measures = _texts(passage, children, tail) or None
        return [
            draft_item(
                passage, node.span, Span(node.body, node.end), inherited=inherited, problem=named, measures=measures
            )
        ]
    stated = tuple(subject for claim in shared for subject in claim.subjects)
    below = inherited.under(stated, claim_limits(passage, shared))
    drafts = []
    rest = [child for child in children if child not in carriers]
    if rest and (shared or _dated(passage, rest, tail)):
        region = Span(rest[0].body, min(rest[-1].end, tail))
        drafts.append(
            draft_item(
                passage,
                rest[0].span,
                region,
                inherited=below,
                problem=named,
                measures=_texts(passage, rest, tail),
                claims=(),
            )
        )
    for child in carriers:
        end = min(child.end, tail)
        drafts.append(
            draft_item(
                passage,
                Span(child.start, end),
                Span(child.body, end),
                inherited=below,
                problem=named,
                measures=_texts(passage, [child], tail),
            )
        )
    return sorted(drafts, key=lambda draft: draft.item.span)


def _tail(passage: Passage, children: Sequence[Node]) -> int:
    """Return where the block of fields behind the last measure begins; it belongs to the whole problem."""
    if not children:
        return 0
    last, earlier = children[-1], [claim for child in children[:-1] for claim in passage.facts.claims_in(child.span)]
    claims = passage.facts.claims_in(last.span)
    if earlier:
        if any(_on_own_line(passage.text, claim) for claim in earlier):
            return last.end
        claims = tuple(claim for claim in claims if _on_own_line(passage.text, claim))
    if not claims:
        return last.end
    return claims[0].bracket.start if claims[0].bracket is not None else claims[0].span.start


def _on_own_line(text: str, claim: Claim) -> bool:
    start = claim.bracket.start if claim.bracket is not None else claim.span.start
    return text[:start].rstrip(" \t\u3000").endswith("\n")


def _carries(passage: Passage, region: Span, *, has_shared: bool) -> bool:
    if any(claim.subjects or claim.same for claim in passage.facts.claims_in(region)):
        return True
    return not has_shared and any(claims.firm for _, claims in prose_claims(passage, region))


def _dated(passage: Passage, nodes: Sequence[Node], tail: int) -> bool:
    return any(find_limits(passage.text, Span(node.body, min(node.end, tail)), passage.calendar) for node in nodes)


def _texts(passage: Passage, nodes: Sequence[Node], tail: int) -> tuple[Span, ...]:
    """Return the measure sentences of `nodes` without fields."""
    found: list[Span] = []
    for node in nodes:
        region = Span(node.body, max(node.body, min(node.end, tail)))
        status = [entry.span for entry in passage.facts.fields_in(region, FieldKind.STATUS)]
        found.extend(split_sentences(passage.text, region, masks=[*passage.facts.masks_in(region), *status]))
    return tuple(found)
