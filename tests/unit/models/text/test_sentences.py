import time

import pytest

from models.text.sentences import split_sentences
from tests.unit.models.text.loading import load_cases


@pytest.mark.parametrize("case", load_cases("sentences"))
def test_a_text_is_cut_into_its_sentences(case):
    assert [span.of(case["text"]) for span in split_sentences(case["text"])] == case["sentences"]


def test_furniture_is_kept_on_request():
    text = "问题突出。\n12"
    assert [span.of(text) for span in split_sentences(text, skip_furniture=False)] == ["问题突出。", "12"]


def test_twenty_thousand_characters_of_prose_take_a_blink():
    text = "柳湾镇党委未专题研究党建工作；有的搞文字整改，（责任单位：县财政局；时限：6月底）。\n" * 460
    started = time.perf_counter()
    assert len(split_sentences(text)) == 460
    assert time.perf_counter() - started < 0.3


@pytest.mark.parametrize(
    "unit",
    [
        "柳湾镇党委未专题研究党风廉政建设；有的党组织搞文字整改，（责任单位：县财政局；时限：6月底）。",
        "“（",
        "（甲）",
        "；部分",
        "责任单位：县财政局\n",
        "。）”",
        "1.\n",
        "整改 ",
        "）\n",
        "整.",
        "一、",
    ],
)
def test_hostile_repetitions_stay_linear(unit):
    text = (unit * (20_000 // len(unit) + 1))[:20_000]
    started = time.perf_counter()
    split_sentences(text)
    assert time.perf_counter() - started < 1.0
