"""Token tags to spans: what the network claims about subjects, limits and measures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from corpora.schema.span import Span
from models.encoder.backend import FloatArray
from models.encoder.encoder import Encoded
from models.plans.tagged import TaggedSpan

_EDGES = " \t\r\n，、；。：,;:()（）[]【】"


def tagged_spans(text: str, encoded: Encoded, tags: tuple[str, ...], *, shift: int = 0) -> tuple[TaggedSpan, ...]:
    """Return the spans that the token head claims in `text`.

    Args:
        text: the text that was encoded.
        encoded: its logits.
        tags: names of the kinds of span, in the order of the head's outputs.
        shift: added to every offset, for a text that is part of a longer one.

    A span begins at a B tag, or at an I tag of another kind than before; its score is the mean probability
    that its tokens belong to its kind.
    """
    if not encoded.offsets:
        return ()
    probabilities = _softmax(encoded.tag)
    found = []
    for kind, first, last in _runs(probabilities.argmax(axis=1)):
        start, end = _trim(text, encoded.offsets[first][0], encoded.offsets[last][1])
        if start < end:
            mass = probabilities[first : last + 1, [1 + 2 * kind, 2 + 2 * kind]].sum(axis=1)
            found.append(TaggedSpan(Span(start + shift, end + shift), tags[kind], float(mass.mean())))
    return tuple(found)


def _runs(best: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Iterator[tuple[int, int, int]]:
    """Yield (kind, first token, last token) of each run."""
    kind, first = -1, 0
    for index, value in enumerate([*(int(v) for v in best), 0]):
        current = (value - 1) // 2 if value > 0 else -1
        begins = value > 0 and (value - 1) % 2 == 0
        if kind >= 0 and (current != kind or begins):
            yield kind, first, index - 1
            kind = -1
        if current >= 0 and kind < 0:
            kind, first = current, index


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def _softmax(logits: FloatArray) -> FloatArray:
    scaled = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: FloatArray = (scaled / scaled.sum(axis=1, keepdims=True)).astype(np.float32)
    return result
