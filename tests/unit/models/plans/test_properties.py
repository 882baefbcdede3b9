"""What holds for every text."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.schema.codec import encode_item
from corpora.schema.plan import PlanItem
from corpora.schema.span import Span
from models.plans.extract import extract_document, extract_items
from models.plans.tagged import TaggedSpan
from tests.unit.models.plans.grids import document

FRAGMENTS = (
    "责任单位：", "责任人：", "牵头单位", "整改时限：", "整改措施：", "问题：", "（", "）", "【", "】", "县财政局", "王某某", "局长", "、", "，", "；", "。", "\n", "\t", " ",
    "由", "牵头", "配合", "会同", "负责", "2023年6月底前", "长期坚持", "每月5日前", "同上", "以上均", "1.", "2.", "（1）", "一是", "二是", "一、", "（一）", "①", "各乡镇", "和", "等",
    "刘", "党组书记", "×", "|", "序号", "台账不清", "修订办法", "：", "“", "”", "—", "/", "已完成", "联系人：",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
PLAN = """（一）聚焦主责主业方面
1.关于制度执行不严的问题。2022年以来，部分科室采购未履行审批程序，有的单位台账不清。
整改措施：一是修订采购管理办法，由县财政局牵头，县审计局配合；二是每季度开展一次培训。
（责任领导：副县长王某某；责任单位：县财政局、县审计局；责任人：局长李某、张××；整改时限：2023年6月底前）
"""


def check(text: str, items: tuple[PlanItem, ...]) -> None:
    """Assert that every claim stands where it says."""
    for item in items:
        assert 0 <= item.span.start < item.span.end <= len(text)
        assert item.subjects or item.deadlines
        assert item.problem_span is None or item.problem_span.of(text) == item.problem
        claims = [(subject.span, subject.origin) for subject in item.subjects]
        claims += [(limit.span, limit.origin) for limit in item.deadlines]
        for span, origin in claims:
            assert span.of(text)
            assert item.span.contains(span) or origin == "inherited"
        assert all(subject.name for subject in item.subjects)
        assert encode_item(item)["start"] == item.span.start


@given(TEXTS)
def test_any_text_gives_items_whose_claims_have_a_place(text: str) -> None:
    check(text, extract_items(text, reference_date=date(2023, 3, 20)))


@given(TEXTS, st.data())
def test_any_tags_are_taken(text: str, data: st.DataObject) -> None:
    bounds = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    kinds = st.sampled_from(["lead", "owner", "supervising", "deadline", "measure", "unknown"])
    spans = data.draw(
        st.lists(st.builds(lambda ends, kind: TaggedSpan(Span(*ends), kind, 0.8), bounds, kinds), max_size=4)
    )

    check(text, extract_items(text, tags=spans))


@given(st.lists(st.lists(st.sampled_from([*FRAGMENTS, "^", "<"]), min_size=3, max_size=3), min_size=1, max_size=5))
def test_any_table_is_read(rows: list[list[str]]) -> None:
    first = [[cell if cell not in "^<" else "责任单位" for cell in rows[0]], *rows[1:]]
    grid = [[cell if number or cell != "<" else "问题" for number, cell in enumerate(row)] for row in first]
    source = document("整改清单", grid)

    check(source.text, extract_document(source, reference_date=None, events={}))


@given(st.text(max_size=40))
def test_a_prefix_of_other_lines_only_shifts_the_result(prefix: str) -> None:
    text = "责任单位：县财政局；整改时限：2023年6月底前"
    shifted = extract_items("\n" * len(prefix) + text, reference_date=date(2023, 3, 20))
    (plain,) = extract_items(text, reference_date=date(2023, 3, 20))

    assert [subject.span.start - len(prefix) for subject in shifted[0].subjects] == [
        subject.span.start for subject in plain.subjects
    ]


def test_twenty_thousand_characters_take_less_than_seconds() -> None:
    text = PLAN * (20_000 // len(PLAN))
    started = time.process_time()

    items = extract_items(text, reference_date=date(2023, 3, 20))

    assert len(items) >= 100
    assert time.process_time() - started < 3


@pytest.mark.parametrize("piece", ["由", "请", "并", "各", "县财政局", "后", "整改"])
def test_runs_without_punctuation_are_read_in_linear_time(piece: str) -> None:
    hostile = (piece * 20_000)[:20_000]
    started = time.process_time()

    extract_items(hostile, reference_date=date(2023, 3, 20))

    assert time.process_time() - started < 4
