import pytest

from corpora.schema.span import Span
from models.text.normalize import normalize, normalize_sentence
from tests.unit.models.text.loading import load_cases


@pytest.mark.parametrize("case", load_cases("normalize"))
def test_variants_are_unified(case):
    assert normalize(case["text"]).text == case["normalized"]


def test_a_span_maps_back_to_the_printed_characters():
    source = "责任单位: 县 财政局\u200b；时限"
    normalized = normalize(source)
    start = normalized.text.index("县财政局")
    span = normalized.to_source(Span(start, start + 4))
    assert span.of(source) == "县 财政局"
    assert normalized.from_source(span) == Span(start, start + 4)


def test_an_empty_span_maps_to_an_empty_span():
    normalized = normalize("整 改")
    assert normalized.to_source(Span(1, 1)) == Span(2, 2)
    assert normalized.to_source(Span(2, 2)) == Span(3, 3)


def test_a_span_beyond_the_text_is_an_error():
    with pytest.raises(IndexError):
        normalize("整改").to_source(Span(0, 3))


def test_a_sentence_is_closed_up_whatever_its_lines_look_like():
    assert normalize_sentence("存在问题\n柳湾镇党委未研究\n1.党建工作").text == "存在问题柳湾镇党委未研究1.党建工作"
