"""The one door to jieba: its warnings, its logger and its shared cache stay behind it."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable
from typing import Protocol, cast

with warnings.catch_warnings():
    # jieba 0.42 has invalid escape sequences and imports pkg_resources where setuptools still has it.
    warnings.simplefilter("ignore")
    import jieba
    from jieba import posseg

jieba.setLogLevel(logging.WARNING)


class TaggedWord(Protocol):
    """A word as jieba gives it."""

    word: str
    flag: str


class Tagger(Protocol):
    """A word cutter with parts of speech; safe to share between threads once it is built."""

    def cut(self, sentence: str) -> Iterable[TaggedWord]:
        """Cut `sentence` into words that joined give it back."""
        ...


def build_tagger(entries: Iterable[tuple[str, int, str]]) -> Tagger:
    """Build a tagger of its own from jieba's dictionary and `entries`.

    The dictionary is read from the package and never cached on disk; jieba's module-level
    tokenizer stays as it is.

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
    return cast(Tagger, tagger)
