"""Which words of a statement carried a label: what the label's score loses when a word is taken out.

Occlusion (Zeiler and Fergus 2014) over words: it asks the model itself, so network and lexical model are both heard, and costs one
forward pass per word; it is meant for single statements on request, not for whole archives.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpora.schema.span import Span
from corpora.schema.statement import Evidence
from models.encoder.backend import FloatArray

#: A label whose strongest word moves its score by less, in logits, has no evidence: that is rounding.
_LEAST_LOSS = 1e-6
#: Evidence is listed down to this share of the strongest word's weight.
_LEAST_SHARE = 0.25
#: Longest statement, in characters, that is asked about word by word.
_LONGEST = 500
#: So many places at most are listed for a label.
_MOST = 5


def candidates(text: str, words: Sequence[Span]) -> tuple[Span, ...]:
    """Return the words that may be evidence: those with a letter or number; none in a text too long to ask about."""
    if len(text) > _LONGEST:
        return ()
    return tuple(word for word in words if any(char.isalnum() for char in word.of(text)))


def without(text: str, word: Span) -> str:
    """Return the text with a word taken out."""
    return text[: word.start] + text[word.end :]


def carried(text: str, words: Sequence[Span], whole: float, occluded: FloatArray) -> tuple[Evidence, ...]:
    """Return the evidence for one label, strongest first; words that touch are joined.

    Args:
        text: the statement.
        words: the words that were taken out, in order of place.
        whole: the label's score, in logits, on the whole text.
        occluded: (words,) its score without each of them.
    """
    losses = whole - occluded
    strongest = float(losses.max()) if len(losses) else 0.0
    if strongest < _LEAST_LOSS:
        return ()
    joined: list[tuple[Span, float]] = []
    for index in map(int, np.flatnonzero(losses >= _LEAST_SHARE * strongest)):
        word, loss = words[index], float(losses[index])
        if joined and joined[-1][0].end == word.start:
            before, weight = joined[-1]
            joined[-1] = (Span(before.start, word.end), weight + loss)
        else:
            joined.append((word, loss))
    best = sorted(joined, key=lambda entry: (-entry[1], entry[0].start))[:_MOST]
    total = sum(weight for _, weight in best)
    return tuple(Evidence(span, span.of(text), weight / total) for span, weight in best)
