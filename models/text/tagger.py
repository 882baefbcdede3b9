"""Cuts texts into tagged words as jieba does, in time that grows with the length of the text and with nothing else.

The rules of cutting are those of jieba 0.42 (MIT), whose dictionary and model are used; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.text.hidden_markov import HiddenMarkov
from models.text.jieba_loader import Dictionary

#: A stretch of characters outside every word of the dictionary that is longer is no word: it is cut into characters.
LONGEST_UNKNOWN = 64

_WORD_CHARACTERS = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&._]+)")
_HAN = re.compile(r"([\u4E00-\u9FD5]+)")
_LATIN = re.compile(r"([.0-9]+|[a-zA-Z0-9]+)")
_GAP = re.compile(r"(\r\n|\s)")

Tagged = tuple[str, str]


class Tagger:
    """A word cutter with parts of speech; its words, joined, give the text back.

    The words of the dictionary come from the likeliest path through it. What lies between them goes to the hidden
    Markov model, which guesses words that nobody listed, unless it is far too long to hold any.
    """

    def __init__(self, dictionary: Dictionary, model: HiddenMarkov) -> None:
        self._dictionary, self._model = dictionary, model

    def cut(self, text: str) -> Iterator[Tagged]:
        """Yield the words of `text` with their tags; every mark and gap is a word with tag ``x``."""
        for number, block in enumerate(_WORD_CHARACTERS.split(text)):
            if number % 2:
                yield from self._cut_block(block)
            else:
                for place, part in enumerate(_GAP.split(block)):
                    yield from ((mark, "x") for mark in ((part,) if place % 2 else part))

    def _cut_block(self, block: str) -> Iterator[Tagged]:
        ends, unknown, at = self._dictionary.ends(block), 0, 0
        while at < len(block):
            end = ends[at]
            if end - at > 1:
                yield from self._cut_unlisted(block[unknown:at])
                yield block[at:end], self._dictionary.tag(block[at:end])
                unknown = end
            at = end
        yield from self._cut_unlisted(block[unknown:])

    def _cut_unlisted(self, run: str) -> Iterator[Tagged]:
        """Cut a run of characters none of which is in a word of the chosen path."""
        if len(run) == 1 or self._dictionary.knows(run):
            yield from self._characters(run)
            return
        for number, part in enumerate(_HAN.split(run)):
            if not number % 2:
                yield from ((piece, _latin_tag(piece)) for piece in _LATIN.split(part) if piece)
            elif len(part) > LONGEST_UNKNOWN:
                yield from self._characters(part)
            else:
                yield from self._guess(part)

    def _guess(self, run: str) -> Iterator[Tagged]:
        begin = done = 0
        states = self._model.decode(run)
        for index, (place, tag) in enumerate(states):
            if place == "B":
                begin = index
            elif place in "ES":
                yield run[begin if place == "E" else index : index + 1], tag
                done = index + 1
        if done < len(run):
            yield run[done:], states[done][1]

    def _characters(self, run: str) -> Iterator[Tagged]:
        return ((char, self._dictionary.tag(char)) for char in run)


def _latin_tag(piece: str) -> str:
    if piece[0] in ".0123456789":
        return "m"
    return "eng" if piece[0].isalnum() else "x"
