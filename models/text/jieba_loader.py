"""The one door to jieba: its warnings, its logger and its shared cache stay behind it."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

with warnings.catch_warnings():
    # jieba 0.42 has invalid escape sequences and imports pkg_resources where setuptools still has it.
    warnings.simplefilter("ignore")
    import jieba
    from jieba import posseg

jieba.setLogLevel(logging.WARNING)

#: A state of jieba's hidden Markov model: place in the word (B, M, E, S) and part of speech.
State = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """jieba's dictionary with words of ours; safe to share between threads.

    Attributes:
        tokenizer: jieba's tokenizer, which belongs to this dictionary alone.
        tags: the part of speech of each word.
    """

    tokenizer: Any
    tags: Mapping[str, str]

    def ends(self, text: str) -> list[int]:
        """Return for each position of `text` where the word ends that begins there on the likeliest path."""
        route: dict[int, tuple[float, int]] = {}
        self.tokenizer.calc(text, self.tokenizer.get_DAG(text), route)
        return [route[position][1] + 1 for position in range(len(text))]

    def knows(self, word: str) -> bool:
        """Say whether `word` is a word of the dictionary and not only the beginning of one."""
        return bool(self.tokenizer.FREQ.get(word))

    def tag(self, word: str) -> str:
        """Return the part of speech of `word`; ``x`` if it is not known."""
        return self.tags.get(word, "x")


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of jieba's hidden Markov model; probabilities are natural logarithms, a missing one is none at all.

    Attributes:
        states: the states that each character may have.
        start: probability of each state at the beginning.
        transition: state to following state to probability.
        emission: state to character to probability.
    """

    states: Mapping[str, tuple[State, ...]]
    start: Mapping[State, float]
    transition: Mapping[State, Mapping[State, float]]
    emission: Mapping[State, Mapping[str, float]]


def build_dictionary(entries: Iterable[tuple[str, int, str]]) -> Dictionary:
    """Build a dictionary of its own from jieba's and `entries`.

    It is read from the package and never cached on disk; jieba's module-level tokenizer stays as it is.

    Args:
        entries: word, frequency (above 0, on the scale of jieba's dictionary) and tag.
    """
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word, frequency, tag in entries:
        tokenizer.add_word(word, frequency, tag)
    tagger = posseg.POSTokenizer(tokenizer)
    tagger.makesure_userdict_loaded()
    return Dictionary(tokenizer, tagger.word_tag_tab)


def hidden_markov_tables() -> Tables:
    """Return the tables that jieba guesses unknown words and parts of speech with."""
    return Tables(posseg.char_state_tab_P, posseg.start_P, posseg.trans_P, posseg.emit_P)
