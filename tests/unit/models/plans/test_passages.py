"""Passages are cut into items with their subjects and limits."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpora.schema.plan import Deadline, PlanItem, Subject
from models.plans.extract import extract_items

CASES = json.loads((Path(__file__).parent / "cases" / "passages.json").read_text("utf-8"))


def written_subject(subject: Subject) -> str:
    """Write a subject as ``role kind name | title | unit``."""
    details = "".join(f" | {detail}" for detail in (subject.title, subject.unit) if detail)
    return f"{subject.role.value} {subject.kind.value} {subject.name}{details}"


def written_limit(limit: Deadline) -> str:
    """Write a limit as ``kind due recurrence``, with ``+`` if it goes on."""
    parts = [limit.kind.value, limit.due.isoformat() if limit.due else "", limit.recurrence or ""]
    return " ".join(part for part in (*parts, "+" if limit.ongoing else "") if part)


def written(item: PlanItem) -> dict[str, Any]:
    """Write an item the way the case files do."""
    return {
        "problem": item.problem,
        "measures": list(item.measures),
        "subjects": [written_subject(subject) for subject in item.subjects],
        "deadlines": [written_limit(limit) for limit in item.deadlines],
        "status": item.status.value if item.status else None,
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_extracts_the_items_of_a_passage(case: dict[str, Any]) -> None:
    items = extract_items(case["text"], reference_date=date(2023, 3, 20), events={"反馈之日": date(2023, 3, 14)})

    assert [written(item) for item in items] == case["items"], case["reason"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_every_claim_points_to_its_place(case: dict[str, Any]) -> None:
    text = case["text"]

    for item in extract_items(text, reference_date=date(2023, 3, 20)):
        assert item.problem is None or (item.problem_span is not None and item.problem_span.of(text) == item.problem)
        assert all(measure in text for measure in item.measures)
        assert all(limit.span.of(text) == limit.raw for limit in item.deadlines)
        assert all("".join(subject.name.split()) in "".join(subject.span.of(text).split()) for subject in item.subjects)


@pytest.mark.parametrize(
    "heading",
    [
        "1.关于学习不深入的问题。",
        "（一）关于“学习不深入”问题的整改情况\n",
    ],
)
def test_the_problem_is_named_without_the_frame_of_a_heading(heading: str) -> None:
    (item,) = extract_items(f"{heading}责任单位：县财政局；整改时限：立行立改")

    assert item.problem == "学习不深入"
    assert item.problem_span is not None
