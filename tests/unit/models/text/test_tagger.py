"""The tagger against jieba itself, and how much it does for texts that no dictionary knows."""

from __future__ import annotations

import random
import warnings

import pytest

from corpora.lexicon.lexicon import read_lexicon
from models.text import hidden_markov, tagger
from models.text.jieba_loader import build_dictionary

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from jieba import posseg

COMMON = "的了一是在不有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
RARE = "龘堃喆犇玥昇靐齉爨麤"
NAMES = (
    "欧阳堃到柳湾镇",
    "陈喆喆",
    "王犇同李玥",
    "云岭开发区晟睿鑫淼公司",
    "哈哈哈哈",
    "扶贫羊跑了",
    "ＡＢ12.5%，x+y C#\r\n 一 二",
)
SENTENCE = "县纪委监委督促各责任单位立行立改、建立整改台账，2023年6月底前完成Q3任务3.5万元。"


class CountingModel(hidden_markov.HiddenMarkov):
    """Remembers the length of each text it was given."""

    def __init__(self) -> None:
        super().__init__(hidden_markov.hidden_markov_tables())
        self.lengths: list[int] = []

    def decode(self, text):
        self.lengths.append(len(text))
        return super().decode(text)


@pytest.fixture(scope="module")
def dictionary():
    return build_dictionary((entry.word, entry.frequency, entry.tag) for entry in read_lexicon().entries)


@pytest.fixture(scope="module")
def jieba_tagger(dictionary):
    oracle = posseg.POSTokenizer(dictionary.tokenizer)
    oracle.word_tag_tab = dictionary.tags
    return oracle


def samples() -> list[str]:
    draw = random.Random(7)
    mixed = ["".join(draw.choices(COMMON, k=draw.randint(1, 30))) for _ in range(30)]
    rare = ["".join(draw.choices(COMMON + RARE, k=draw.randint(1, 12))) for _ in range(10)]
    return [SENTENCE, *NAMES, *mixed, *rare, "."]


def test_words_and_tags_are_those_of_jieba(dictionary, jieba_tagger) -> None:
    ours = tagger.Tagger(dictionary, hidden_markov.hidden_markov())

    for text in samples():
        assert list(ours.cut(text)) == [(pair.word, pair.flag) for pair in jieba_tagger.cut(text)]


@pytest.mark.parametrize("unit", ["一", "哈", "龘", "大中", "一龘", "的了是", "ab", "７"])
def test_a_very_long_run_outside_the_dictionary_is_cut_plainly(dictionary, unit) -> None:
    model = CountingModel()
    text = unit * (20_000 // len(unit))
    words = [word for word, _ in tagger.Tagger(dictionary, model).cut(text)]

    assert "".join(words) == text
    assert model.lengths == []


def test_the_model_sees_every_character_once_at_most_and_never_many_together(dictionary) -> None:
    model = CountingModel()
    draw = random.Random(3)
    text = "，".join("".join(draw.choices(COMMON + RARE, k=draw.randint(1, 90))) for _ in range(60))
    words = [word for word, _ in tagger.Tagger(dictionary, model).cut(text)]

    assert "".join(words) == text
    assert sum(model.lengths) <= len(text)
    assert max(model.lengths) <= tagger.LONGEST_UNKNOWN
