"""Who acts in running prose, and with which role."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.plans.extract import extract_items

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "cases" / "prose_roles.json").read_text(encoding="utf-8")
)


def found_subjects(text: str) -> list[str]:
    """Return ``role kind name`` of all subjects of a passage in printed order."""
    items = extract_items(text, reference_date=date(2023, 3, 1))
    return [f"{subject.role.value} {subject.kind.value} {subject.name}" for item in items for subject in item.subjects]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_reads_who_acts(case: dict[str, Any]) -> None:
    assert found_subjects(case["text"]) == case["subjects"], case["reason"]
