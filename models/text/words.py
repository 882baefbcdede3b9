"""Words of a text by jieba and the lexicon of the field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpora.lexicon.lexicon import Lexicon, read_lexicon
from corpora.schema.span import Span
from models.text.hidden_markov import hidden_markov
from models.text.jieba_loader import build_dictionary
from models.text.tagger import Tagger


@dataclass(frozen=True, slots=True)
class Word:
    """A word; ``span.of(text) == word.text``, and `tag` is its part of speech in jieba's tag set."""

    span: Span
    text: str
    tag: str


class Segmenter:
    """Cuts texts into words with one lexicon version.

    Every segmenter owns its dictionary: two of them never influence each other, and nothing
    outside is changed. Building one takes about a second; using it is safe from several threads.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._version = lexicon.version
        dictionary = build_dictionary((entry.word, entry.frequency, entry.tag) for entry in lexicon.entries)
        self._tagger = Tagger(dictionary, hidden_markov())

    @classmethod
    def from_path(cls, path: Path) -> Segmenter:
        """Build a segmenter from a lexicon file.

        Raises:
            LexiconError: if the file breaks the rules of the lexicon.
        """
        return cls(read_lexicon(path))

    @classmethod
    def from_default_lexicon(cls) -> Segmenter:
        """Build a segmenter from the lexicon that comes with the program."""
        return cls(read_lexicon())

    @property
    def version(self) -> str:
        """The version of the lexicon."""
        return self._version

    def words(self, text: str) -> tuple[Word, ...]:
        """Cut `text` into words; white space is left out, punctuation is a word with tag ``x``.

        Args:
            text: best normalised; a line break or space inside a word cuts it.

        Returns:
            Ordered, disjoint words with offsets into `text`.
        """
        return tuple(self._words(text))

    def _words(self, text: str) -> Iterator[Word]:
        position = 0
        for word, tag in self._tagger.cut(text):
            end = position + len(word)
            if not word.isspace():
                yield Word(Span(position, end), word, tag)
            position = end
