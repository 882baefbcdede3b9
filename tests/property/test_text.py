import time
import unicodedata
from functools import cache
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpora.lexicon.lexicon import read_lexicon
from corpora.schema.document import Document
from corpora.schema.span import Span
from models.text.blocks import document_sentences, text_blocks
from models.text.characters import is_cjk, is_visible
from models.text.enclosures import match_enclosures
from models.text.furniture import is_furniture
from models.text.headings import parse_heading, split_lead_heading
from models.text.lines import logical_lines
from models.text.normalize import normalize, normalize_sentence
from models.text.outline import outline
from models.text.sentences import split_sentences
from models.text.words import Segmenter

PROSE = (
    *(
        "柳湾镇党委未专题研究党风廉政建设",
        "有的党组织搞文字整改",
        "部分单位",
        "一是",
        "二是责任意识不强",
        "整改措施：",
        "责任单位：",
    ),
    *(
        "县财政局、县审计局",
        "整改时限：2023年6月底前",
        "（责任领导：王某某；时限：6月底）",
        "（一）",
        "1.",
        "（1）",
        "①",
        "第二章",
        "一、",
    ),
    *(
        "关于“学习不深。”问题的整改",
        "98.5%",
        "2023.06.30",
        "２０２３ 年",
        "20*年",
        "**镇",
        "张××",
        "Q3 report",
        "www.qinghe.example",
    ),
    *(
        "— 12 —",
        "责任编辑：王某某",
        "扫一扫在手机打开当前页",
        "打印本页",
        "12",
        "——坚持问题导向",
        "&nbsp;",
        "整 改",
        "⽴⾏",
    ),
)
MARKS = (*"。！？!?；;…，、：:.．“”‘’\"'（）()【】[]《》—-～~*·", "……", "。”", "）。", "；二是")
GAPS = ("\n", "\r\n", "\r", "\n\n", " ", "  ", "\t", "\u3000", "\u00a0", "\u200b", "\ufeff", "\x07", "\u2028", "\x0c")
ODD = ("👍", "👨\u200d👩", "\ufe0f", "𠮷", "\ud800", "é", "\ue000", "\U0010ffff", "한", "１", "Ａ")
TEXTS = st.lists(st.sampled_from(PROSE + MARKS + GAPS + ODD), max_size=40).map("".join) | st.text(max_size=60)


@cache
def segmenter():
    return Segmenter(read_lexicon())


def ink(text):
    return [position for position, char in enumerate(text) if is_visible(char)]


@given(TEXTS)
def test_sentences_hold_every_visible_character_outside_furniture_once(text):
    spans = split_sentences(text)
    held = [position for span in spans for position in range(span.start, span.end) if is_visible(text[position])]
    furniture = {
        position for line in logical_lines(text) if line.furniture for position in range(line.span.start, line.span.end)
    }
    assert held == [position for position in ink(text) if position not in furniture]


@given(TEXTS)
def test_sentences_are_ordered_disjoint_and_trimmed(text):
    spans = split_sentences(text)
    assert all(first.end <= second.start for first, second in pairwise(spans))
    assert all(span.end <= len(text) for span in spans)
    assert all(is_visible(text[span.start]) and is_visible(text[span.end - 1]) for span in spans)


@given(TEXTS)
def test_no_sentence_holds_a_line_of_furniture(text):
    lines = [line.span for line in logical_lines(text) if line.furniture]
    assert all(is_furniture(line.of(text)) for line in lines)
    assert not any(span.overlaps(line) for span in split_sentences(text) for line in lines)


@given(TEXTS)
def test_every_normalised_character_stands_for_one_source_character(text):
    for normalized in (normalize(text), normalize_sentence(text)):
        offsets = normalized.offsets
        assert len(offsets) == len(normalized.text) + 1
        assert offsets[-1] == len(text)
        assert all(first < second for first, second in pairwise(offsets))
        for position, char in enumerate(normalized.text):
            span = normalized.to_source(Span(position, position + 1))
            assert len(span) == 1
            assert is_visible(char) == is_visible(span.of(text))
            assert normalized.from_source(span) == Span(position, position + 1)


@given(TEXTS)
def test_normalising_loses_only_invisible_characters_and_selectors(text):
    kept = set(normalize(text).offsets)
    lost = [text[position] for position in ink(text) if position not in kept]
    assert all("\ufe00" <= char <= "\ufe0f" or unicodedata.category(char) == "Co" for char in lost)


@given(TEXTS)
def test_normalised_text_has_no_runs_of_white_space_and_no_gap_beside_chinese_marks(text):
    for line in normalize(text).text.split("\n"):
        assert line == line.strip(" ")
        assert "  " not in line
        assert not any(mark in line for mark in "\t\r\u3000\u00a0\u200b")
    spaced = normalize_sentence(" ".join(char for char in text if is_cjk(char))).text
    assert " " not in spaced


@given(TEXTS)
def test_normalising_twice_changes_nothing_but_spaces(text):
    once = normalize_sentence(text).text
    assert normalize_sentence(once).text.replace(" ", "") == once.replace(" ", "")


@given(TEXTS)
def test_blocks_and_their_sentences_point_into_the_document(text):
    blocks = text_blocks(text)
    assert [
        position
        for block in blocks
        for position in range(block.span.start, block.span.end)
        if is_visible(text[position])
    ] == ink(text)
    sentences = document_sentences(Document("d", "n", "txt", text, blocks))
    assert all(any(block.span.contains(sentence.span) for block in blocks) for sentence in sentences)
    assert all(first.span.end <= second.span.start for first, second in pairwise(sentences))


@given(st.lists(TEXTS, max_size=8))
def test_chains_name_earlier_headings_in_order(lines):
    entries = outline(lines)
    assert len(entries) == len(lines)
    for number, entry in enumerate(entries):
        assert list(entry.chain) == sorted(set(entry.chain))
        assert all(owner < number and entries[owner].heading is not None for owner in entry.chain)


@given(TEXTS)
def test_headings_lie_inside_their_line(text):
    heading = parse_heading(text)
    assert heading is None or heading.span.of(text).startswith(heading.numbering)
    lead = split_lead_heading(text)
    assert lead is None or lead.end < len(text)


@given(TEXTS)
def test_enclosures_are_nested_or_apart(text):
    pairs = {start: end for start, end in match_enclosures(text, Span(0, len(text))).items() if text[start] != '"'}
    assert all(start < end for start, end in pairs.items())
    assert not any(start < other < end < pairs[other] for start, end in pairs.items() for other in pairs)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TEXTS)
def test_words_hold_every_character_but_white_space(text):
    words = segmenter().words(text)
    assert all(word.span.of(text) == word.text for word in words)
    assert "".join(word.text for word in words).split() == ["".join(text.split())][: bool(text.split())]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(PROSE + MARKS + GAPS), min_size=3, max_size=30)
    .map("".join)
    .filter(lambda text: len(text) > 4)
)
def test_twenty_thousand_characters_are_split_in_linear_time(unit):
    text = (unit * (20_000 // len(unit) + 1))[:20_000]
    started = time.perf_counter()
    split_sentences(text)
    assert time.perf_counter() - started < 1.0
