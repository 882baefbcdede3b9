from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.encoder.encoder import Encoded
from models.plans.span_tagger import tagged_spans

TAGS = ("lead", "deadline")
TEXT = "由财政局牵头，6月底前完成"


def encoded(tags: list[int]) -> Encoded:
    logits = np.full((len(tags), 1 + 2 * len(TAGS)), -4.0, dtype=np.float32)
    logits[np.arange(len(tags)), tags] = 4.0
    empty = np.zeros(1, dtype=np.float32)
    return Encoded(empty, empty, logits, tuple((i, i + 1) for i in range(len(tags))), empty)


def test_begin_and_inside_tags_make_one_span() -> None:
    found = tagged_spans(TEXT, encoded([0, 1, 2, 2, 0, 0, 0, 3, 4, 4, 4, 0, 0]), TAGS, shift=100)

    assert [(s.tag, TEXT[s.span.start - 100 : s.span.end - 100]) for s in found] == [
        ("lead", "财政局"),
        ("deadline", "6月底前"),
    ]
    assert all(s.score > 0.9 for s in found)


def test_a_second_begin_tag_starts_a_second_span() -> None:
    found = tagged_spans(TEXT, encoded([0, 1, 2, 1] + [0] * 9), TAGS)

    assert [TEXT[s.span.start : s.span.end] for s in found] == ["财政", "局"]


@given(st.lists(st.integers(0, 4), min_size=len(TEXT), max_size=len(TEXT)))
def test_spans_are_ordered_disjoint_and_trimmed(tags: list[int]) -> None:
    found = tagged_spans(TEXT, encoded(tags), TAGS)

    for before, after in itertools.pairwise(found):
        assert before.span.end <= after.span.start
    assert all(TEXT[s.span.start : s.span.end].strip("，") for s in found)
