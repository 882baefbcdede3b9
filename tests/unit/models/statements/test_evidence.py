from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpora.schema.span import Span
from models.statements.evidence import candidates, carried, without

TEXT = "封掉的砂场，又偷偷开了工"
WORDS = (Span(0, 2), Span(3, 5), Span(6, 7), Span(7, 9), Span(9, 10))


def losses(*values: float) -> np.ndarray:
    return 3.0 - np.array(values, dtype=np.float32)


def test_the_word_whose_loss_costs_most_comes_first() -> None:
    found = carried(TEXT, WORDS, 3.0, losses(1.0, 0.0, 0.1, 4.0, 0.1))

    assert [evidence.text for evidence in found] == ["偷偷", "封掉"]
    assert abs(sum(evidence.weight for evidence in found) - 1) < 1e-6


def test_words_that_touch_are_one_piece_of_evidence() -> None:
    found = carried(TEXT, WORDS, 3.0, losses(0.0, 0.0, 2.0, 2.0, 2.0))

    assert [evidence.text for evidence in found] == ["又偷偷开"]


def test_a_label_that_no_single_word_carries_has_no_evidence() -> None:
    assert carried(TEXT, WORDS, 3.0, losses(-0.2, -0.1, 0.0, 0.0, -1.0)) == ()


def test_punctuation_is_no_evidence_and_a_very_long_text_is_not_asked_about() -> None:
    assert candidates("砂场，", (Span(0, 2), Span(2, 3))) == (Span(0, 2),)
    assert candidates("砂" * 501, (Span(0, 1),)) == ()


def test_a_word_is_taken_out_whole() -> None:
    assert without(TEXT, Span(3, 6)) == "封掉的又偷偷开了工"


@given(st.lists(st.floats(-5, 5, width=32), min_size=5, max_size=5))
def test_evidence_points_at_its_words(values: list[float]) -> None:
    found = carried(TEXT, WORDS, 0.0, np.array(values, dtype=np.float32))

    assert all(evidence.span.of(TEXT) == evidence.text and 0 < evidence.weight <= 1 for evidence in found)
    assert len(found) <= 5
