"""Lists of names are parted and classified."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpora.schema.span import Span
from models.plans.names import read_names

CASES = json.loads((Path(__file__).parent / "cases" / "names.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_reads_the_names_of_a_list(case: dict[str, Any]) -> None:
    mentions = read_names(case["text"], Span(0, len(case["text"])), personal=case["personal"])

    found = [[m.kind.value, m.name, m.title, m.unit, m.role.value if m.role else None] for m in mentions]
    assert found == case["mentions"], case["reason"]


def test_parts_unit_and_person_under_a_joint_label() -> None:
    text = "教务处李某某"

    mentions = read_names(text, Span(0, len(text)), personal=True, apart=True)

    assert [(mention.kind.value, mention.name) for mention in mentions] == [("unit", "教务处"), ("person", "李某某")]


def test_joins_unit_and_person_under_a_personal_label() -> None:
    text = "教务处 李某某"

    mentions = read_names(text, Span(0, len(text)), personal=True)

    assert [(mention.name, mention.unit) for mention in mentions] == [("李某某", "教务处")]
