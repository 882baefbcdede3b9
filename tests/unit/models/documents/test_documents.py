from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from corpora.schema.statement import DocumentKind, Role
from models.documents.issued import issued_on
from models.documents.kind import guess_kind

CASES = json.loads((Path(__file__).parent / "cases" / "kinds.json").read_text(encoding="utf-8"))
SOURCES = Path(__file__).parents[4] / "corpora" / "documents" / "sources"
P, C, M, A, B, R, H = (
    *(Role.PROBLEM, Role.CAUSE, Role.MEASURE, Role.ASSIGNMENT),
    *(Role.BACKGROUND, Role.ACHIEVEMENT, Role.HEADING),
)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_title_and_lead_decide_the_kind(case: dict[str, str]) -> None:
    misleading = [Role.PROBLEM] * 3 if case["kind"] == "plan" else [Role.MEASURE, Role.ASSIGNMENT]

    assert guess_kind(case["text"], misleading if case["kind"] != "other" else [Role.BACKGROUND]) == case["kind"]


@pytest.mark.parametrize("name", ["feedback", "plan", "progress"])
def test_the_sample_documents_are_of_the_kind_of_their_name(name: str) -> None:
    text = (SOURCES / f"{name}.md").read_text(encoding="utf-8")

    assert guess_kind(text, [Role.BACKGROUND]) == name
    assert guess_kind(text.replace("# ", "").replace("#", ""), [Role.BACKGROUND]) == name


@pytest.mark.parametrize(
    ("text", "roles", "kind"),
    [
        ("无题", [P, P, B], DocumentKind.FEEDBACK),
        ("无题", [H, H, H, P, P, B], DocumentKind.FEEDBACK),
        ("无题", [P, M, M, A, H], DocumentKind.PLAN),
        ("逐条整改。", [P, R, R, R, B], DocumentKind.PROGRESS),
        ("全年工作。", [R, R, R, B], DocumentKind.OTHER),
        ("本人学习不深。", [P, P, C, B], DocumentKind.SELF_CHECK),
        ("我县部分单位学习不深。", [P, P, C, B], DocumentKind.FEEDBACK),
        ("无题", [B, B], DocumentKind.OTHER),
        ("无题", [], DocumentKind.OTHER),
    ],
)
def test_without_title_and_lead_the_mixture_of_roles_decides(text: str, roles: list[Role], kind: DocumentKind) -> None:
    assert guess_kind(text, roles) is kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("整改方案\n正文。\n中共柳湾镇委员会\n2023年3月20日", date(2023, 3, 20)),
        ("正文。\n二〇二三年三月二十日", date(2023, 3, 20)),
        ("发布时间：2023-03-20\n正文。", date(2023, 3, 20)),
        ("正文。\n公示时间：2023年6月5日至6月11日", None),
        ("正文。\n截至2023年5月20日，已完成八项。", None),
        ("正文里没有日期。", None),
        ("正文。\n2023年2月31日", None),
    ],
)
def test_the_date_of_issue_is_the_signature_date(text: str, expected: date | None) -> None:
    assert issued_on(text) == expected
