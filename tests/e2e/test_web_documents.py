"""From web pages, mails and office files to plan items: who must do what by when, found in every format."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pytest

import corpora.documents
from corpora.schema.document import Document
from models.documents.issued import issued_on
from models.documents.title import title_of
from models.plans.extract import extract_document
from service.ingest.limits import Limits
from service.ingest.reader import FileReader

Item: TypeAlias = tuple[str | None, list[tuple[str, str]], list[str]]

FOLDER = Path(corpora.documents.__file__).parent
READER = FileReader(Limits())


def sample(name: str) -> Document:
    return READER.read((FOLDER / name).read_bytes(), name=name)


def items(document: Document) -> list[Item]:
    """Extract by grammar alone, and check on the way that every claim quotes the text that it names."""
    found = extract_document(document, reference_date=issued_on(document.text), events={})
    for item in found:
        assert all(limit.span.of(document.text) == limit.raw for limit in item.deadlines)
        assert all(subject.name in subject.span.of(document.text) for subject in item.subjects)
    return [(i.problem, [(s.role.value, s.name) for s in i.subjects], [d.raw for d in i.deadlines]) for i in found]


def test_a_page_with_furniture_gives_the_items_of_its_prose_and_of_its_table() -> None:
    page = sample("notice.html")

    assert title_of(page.text) == "青禾县水务局党组关于县委巡察反馈问题整改方案的公示"
    assert issued_on(page.text) == date(2026, 9, 22)
    assert items(page) == [
        (
            "河道采砂监管不到位",
            [("leader", "韩某某"), ("responsible", "水政监察大队"), ("responsible", "河道管理站")],
            ["2026年11月底前"],
        ),
        (
            "农村饮水工程管护缺位",
            [("lead", "农村供水站"), ("cooperating", "各乡镇水利站"), ("owner", "秦某某")],
            ["2026年12月15日前"],
        ),
        (
            "水利项目前期工作粗放",
            [("responsible", "规划建设股"), ("owner", "冯某某")],
            ["2026年10月20日前", "2026年12月底前，并长期坚持"],
        ),
        ("水费收缴账目不清", [("responsible", "农村供水站"), ("owner", "秦某某")], ["2026年11月30日前"]),
        ("水费收缴账目不清", [("responsible", "财务股"), ("owner", "秦某某")], ["2027年1月底前"]),
        ("防汛物资底数不明", [("responsible", "防汛办公室"), ("owner", "许某某")], ["立行立改"]),
    ]


@pytest.mark.parametrize("name", ["plan.odt", "plan.rtf"])
def test_one_plan_gives_the_same_items_in_every_format(name: str) -> None:
    expected = items(sample("plan.docx"))

    assert len(expected) == 26
    assert items(sample(name)) == expected


def test_a_mail_gives_the_items_of_its_body_and_of_its_attachments() -> None:
    found, attached = items(sample("mail.eml")), items(sample("plan.docx"))

    assert found[0] == (
        "镇敬老院消防设施过期未换",
        [("responsible", "镇社会事务办公室"), ("owner", "周某某")],
        ["2026年10月15日前"],
    )
    assert [item[0] for item in found[1 : 1 + len(attached)]] == [item[0] for item in attached]


def test_a_presentation_gives_the_items_of_its_table() -> None:
    found: list[Any] = [item for item in items(sample("brief.pptx")) if item[2]]

    assert [(item[0], item[2]) for item in found] == [
        ("护林员管理松散", ["2026年11月15日前", "2026年12月底前"]),
        ("造林验收走过场", ["2027年3月底前"]),
        ("林权档案管理混乱", ["立行立改"]),
    ]
