"""Invariants of the grammar of time limits."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.schema.plan import Deadline
from models.deadlines.grammar import find_deadlines, parse_field

REFERENCE = date(2023, 3, 20)
EVENTS = {"反馈之日": date(2023, 3, 14)}
PIECES = (
    *"0123456789〇一二三十廿年月日前内起后至到-—（），。；、：“”《》xX* \n",
    *(
        "2023年",
        "6月",
        "30日",
        "底前",
        "月底",
        "上旬",
        "季度",
        "半年",
        "年底",
        "每",
        "每月",
        "每周五",
        "自",
        "之日起",
        "收到",
    ),
    *(
        "反馈",
        "印发",
        "会议",
        "工作日",
        "个月",
        "小时",
        "已",
        "己",
        "完成",
        "整改",
        "立行立改",
        "长期坚持",
        "并",
        "尽快",
        "春节",
    ),
    *(
        "截至",
        "公示",
        "汛期",
        "集中整改期",
        "十四五",
        "末",
        "全年",
        "本月",
        "下周",
        "周五",
        "明年",
        "次年",
        "20xx年",
        "2023.6.30",
    ),
)
snippets = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)
texts = st.one_of(snippets, st.text(max_size=60))
readers = st.sampled_from([parse_field, find_deadlines])
references = st.one_of(st.none(), st.dates())
years = st.one_of(st.none(), st.integers(1, 9999))
LIMITS = st.builds(
    "{}年{}月{}{}".format,
    st.integers(2023, 2034),
    st.integers(1, 12),
    st.sampled_from(["15日", "底", "末", "上旬", "", "份", "初"]),
    st.sampled_from(["前", "", "之前", "前完成，并长期坚持", "至2035年3月底"]),
)
DURATIONS = st.builds(
    "自{}之日起{}{}内".format,
    st.sampled_from(["反馈", "印发", "收到通知"]),
    st.integers(1, 99),
    st.sampled_from(["日", "个月", "个工作日", "周"]),
)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def value(deadline: Deadline) -> tuple[object, ...]:
    """Return everything but where and how the limit is printed."""
    return (
        deadline.kind,
        deadline.due,
        deadline.from_date,
        deadline.offset,
        deadline.recurrence,
        deadline.ongoing,
        deadline.alt_due,
        deadline.precision,
        deadline.ambiguous,
        deadline.business_days,
    )


def values(text: str) -> list[tuple[object, ...]]:
    return [value(deadline) for deadline in parse_field(text, reference_date=REFERENCE, events=EVENTS)]


@given(text=texts, read=readers, reference=references, context=years)
def test_any_text_gives_quoted_ordered_disjoint_deadlines(text, read, reference, context):
    found = read(text, reference_date=reference, events=EVENTS, context_year=context)
    for deadline in found:
        assert deadline.raw == deadline.span.of(text)
        assert deadline.raw
    for left, right in pairwise(found):
        assert left.span.end <= right.span.start


@given(text=texts, read=readers, reference=references, context=years)
def test_due_is_never_before_its_start(text, read, reference, context):
    for deadline in read(text, reference_date=reference, events=EVENTS, context_year=context):
        if deadline.due is not None and deadline.from_date is not None:
            assert deadline.from_date <= deadline.due


@given(text=texts, read=readers)
def test_reading_twice_gives_the_same(text, read):
    first = read(text, reference_date=REFERENCE, events=EVENTS)
    assert read(text, reference_date=REFERENCE, events=EVENTS) == first


@given(text=st.one_of(LIMITS, DURATIONS), data=st.data())
def test_spaces_between_characters_keep_the_value(text, data):
    cuts = data.draw(st.lists(st.integers(1, len(text) - 1), max_size=4, unique=True))
    spaced = "".join(" " * (at in cuts and not text[at - 1 : at + 1].isdigit()) + sign for at, sign in enumerate(text))
    assert values(spaced) == values(text)


@given(text=st.one_of(LIMITS, DURATIONS))
def test_full_width_figures_keep_the_value(text):
    assert values(text.translate(FULL_WIDTH)) == values(text)


@given(text=LIMITS)
def test_a_printed_year_is_kept_whatever_the_reference(text):
    due = [d.due for d in parse_field(text, reference_date=date(2001, 1, 1), events={})]
    assert due == [d.due for d in parse_field(text, reference_date=date(2040, 1, 1), events={})]


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        "自",
        "前",
        "每月",
        "x月",
        "2023年6月底前",
        "后5日内",
        "2023.",
        "《",
        "(",
        "结束",
        "收到",
        "1999个工作日内,",
        "6-",
        "按",
        "根据",
        "已",
        "持续",
        "1\n",
        "年",
        "至",
    ],
)
def test_hostile_text_is_read_in_linear_time(piece):
    hostile = (piece * 20_000)[:20_000]
    for read in (parse_field, find_deadlines):
        started = time.process_time()
        read(hostile, reference_date=REFERENCE, events=EVENTS)
        assert time.process_time() - started < 1.5
