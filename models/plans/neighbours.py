"""What items take from each other: 同上, and 以上均… for the items before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpora.schema.plan import PlanItem
from models.plans.drafts import Draft
from models.plans.passage import Passage, claim_limits, merge_roles


def settle(drafts: Sequence[Draft]) -> tuple[PlanItem, ...]:
    """Resolve 同上 and 以上均…, then drop what has neither subject nor limit."""
    items: list[PlanItem] = []
    for draft in drafts:
        item = draft.item
        above = next((other for other in reversed(items) if other.subjects or other.deadlines), None)
        if above is not None:
            copied = [subject for subject in above.subjects if subject.role in draft.same]
            item = replace(item, subjects=merge_roles(item.subjects, copied))
            if draft.same_limit and not item.deadlines:
                item = replace(item, deadlines=tuple(replace(limit, origin="inherited") for limit in above.deadlines))
        items.append(item)
    return tuple(item for item in items if item.subjects or item.deadlines)


def hand_back(passage: Passage, drafts: Sequence[Draft]) -> list[Draft]:
    """Give the items before an 以上… what it says, where they have no such entry of their own."""
    result = list(drafts)
    for index, draft in enumerate(drafts):
        for claim in draft.backward:
            limits = claim_limits(passage, [claim])
            for earlier in range(index + 1):
                item = result[earlier].item
                subjects = merge_roles(item.subjects, claim.subjects)
                deadlines = item.deadlines or tuple(replace(limit, origin="inherited") for limit in limits)
                result[earlier] = replace(result[earlier], item=replace(item, subjects=subjects, deadlines=deadlines))
    return [draft for draft in result if draft.item.problem is not None or not draft.backward]
