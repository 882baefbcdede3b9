"""Chinese numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.deadlines.numerals import parse_number

FIGURES = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("23", 23),
        ("２３", 23),
        ("二〇二三", 2023),
        ("二○二三", 2023),
        ("贰零贰叁", 2023),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("廿三", 23),
        ("卅", 30),
        ("两", 2),
        ("一百零五", 105),
        ("两千零二十三", 2023),
        ("贰拾叁", 23),
        ("3万5千", 35_000),
        ("一亿两千万", 120_000_000),
        ("1,200", 1200),
        ("2 023", 2023),
        ("零", 0),
    ],
)
def test_reads_the_numeral(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text", ["", "年", "百", "十百", "三五十", "一二三十", "1.5", "-3", "1" * 25, "万", "十四五规划"]
)
def test_refuses_what_is_no_numeral(text):
    assert parse_number(text) is None


@given(st.integers(0, 99))
def test_reads_back_every_written_number_below_a_hundred(number):
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else FIGURES[tens]) + "十" if tens else ""
    written = head + (FIGURES[ones] if ones or not tens else "")
    assert parse_number(written) == number


@given(st.text(max_size=30))
def test_never_raises(text):
    value = parse_number(text)
    assert value is None or value >= 0
