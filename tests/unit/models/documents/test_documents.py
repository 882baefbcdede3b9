from __future__ import annotations

from datetime import date

import pytest

from corpora.schema.statement import DocumentKind, Role
from models.documents.issued import issued_on
from models.documents.kind import guess_kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("中共柳湾镇委员会关于巡察整改进展情况的通报", DocumentKind.PROGRESS),
        ("青禾县水务局党组关于落实县委巡察反馈意见的整改方案", DocumentKind.PLAN),
        ("县委第二巡察组关于巡察白石乡党委的反馈意见", DocumentKind.FEEDBACK),
        ("班子2023年度民主生活会对照检查材料", DocumentKind.SELF_CHECK),
        ("关于开展夏季防汛宣传的通知", DocumentKind.OTHER),
    ],
)
def test_the_title_decides_the_kind(title: str, kind: DocumentKind) -> None:
    assert guess_kind(title, [Role.BACKGROUND]) is kind


def test_a_document_without_title_made_of_problems_is_feedback() -> None:
    assert guess_kind("无题", [Role.PROBLEM, Role.PROBLEM, Role.BACKGROUND]) is DocumentKind.FEEDBACK


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
