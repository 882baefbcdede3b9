"""Every fixed case of the grammar of time limits."""

from __future__ import annotations

import json
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from corpora.schema.plan import Deadline
from models.deadlines.grammar import find_deadlines, parse_field

CASES = [
    case
    for path in sorted((Path(__file__).parent / "cases").glob("*.json"))
    for case in json.loads(path.read_text("utf-8"))
]
FIELDS = (
    "due",
    "from_date",
    "offset",
    "anchor",
    "recurrence",
    "ongoing",
    "alt_due",
    "precision",
    "ambiguous",
    "approximate",
    "business_days",
)


def plain(deadline: Deadline) -> dict[str, Any]:
    """Return what a case states: raw, kind and every field that is not empty."""
    shown: dict[str, Any] = {"raw": deadline.raw, "kind": deadline.kind.value}
    for name in FIELDS:
        value = getattr(deadline, name)
        if value:
            shown[name] = (
                value.isoformat() if isinstance(value, date) else value.value if isinstance(value, Enum) else value
            )
    return shown


@pytest.mark.parametrize("case", CASES, ids=[f"{case['id']}-{case['mode']}" for case in CASES])
def test_reads_the_case_as_expected(case: dict[str, Any]) -> None:
    read = parse_field if case["mode"] == "field" else find_deadlines
    reference = case["reference_date"]
    found = read(
        case["text"],
        reference_date=None if reference is None else date.fromisoformat(reference),
        events={name: date.fromisoformat(day) for name, day in case["events"].items()},
        context_year=case.get("context_year"),
    )
    assert [plain(deadline) for deadline in found] == case["expected"], case["reason"]


def test_every_row_of_the_catalogue_has_a_case() -> None:
    assert {f"D{row:03d}" for row in range(1, 181)} <= {case["id"] for case in CASES}


def test_case_ids_are_unique() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES)
