"""The values of the result page."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from corpora.schema.plan import SubjectRole
from corpora.schema.statement import Role
from corpora.taxonomy import load_taxonomy
from service.web.view import result_values
from tests.unit.service.analyses import TODAY, analysis, deadline, item, sentence, subject

TAXONOMY = load_taxonomy()
TEXT = "标题\n财务不规范。好。作风不实。"


def view(*parts: Any, text: str = TEXT) -> dict[str, Any]:
    return result_values(analysis(text, *parts), TAXONOMY, today=TODAY)


def test_only_labelled_problems_are_marked() -> None:
    pieces = view(sentence(0, 2, "ZG02", role=Role.HEADING), sentence(3, 9, "ZG02", "LZ01"), sentence(9, 11))["pieces"]

    assert [(piece.text, bool(piece.labels)) for piece in pieces] == [
        ("标题\n", False), ("财务不规范。", True), ("好。作风不实。", False),
    ]  # fmt: skip
    assert pieces[1].labels == "文字整改、主体责任虚置"
    assert pieces[1].family == "ZG"
    assert pieces[1].title == "文字整改（88%）；主体责任虚置（75%）"


def test_a_kind_leads_to_its_first_statement() -> None:
    values = view(sentence(0, 2), sentence(3, 9, "ZG02"), sentence(11, 16, "ZG02", review=True))
    marked = [piece for piece in values["pieces"] if piece.labels]

    assert [(count["name"], count["count"], count["anchor"]) for count in values["label_counts"]] == [
        ("文字整改", 2, "s2")
    ]
    assert [(piece.id, piece.review) for piece in marked] == [("s2", False), ("s3", True)]


def test_a_row_shows_bodies_by_role_and_the_state_in_chinese() -> None:
    (row,) = view(item(subject("甲局", SubjectRole.LEAD), subject("乙局"), deadline(due=TODAY)))["rows"]

    assert row["bodies"] == [("牵头", ("甲局",)), ("责任", ("乙局",))]
    assert (row["state"], row["state_name"]) == ("due_soon", "临近")


def test_the_kind_of_the_document_is_named_in_chinese() -> None:
    assert view()["kind"] == "整改方案"


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.booleans()), max_size=8))
def test_the_pieces_together_are_the_text_whatever_was_found(text: str, places: list[tuple[int, int, bool]]) -> None:
    spans = sorted((min(a, len(text)), min(max(a, b), len(text)), labelled) for a, b, labelled in places)
    found = [sentence(start, end, *(["ZG02"] if labelled else [])) for start, end, labelled in spans]

    assert "".join(piece.text for piece in view(*found, text=text)["pieces"]) == text
