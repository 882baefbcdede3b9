from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from corpora.schema.statement import Role
from corpora.taxonomy import Label
from models.encoder.encoder import Encoded
from models.precedents.bank import Precedent, PrecedentBank
from models.statements.own_labels import LEAST_EXAMPLES, OwnLabels, TooFewExamples, learn

PLACES = "县乡镇村局委院校站所"
WIDTH = 12


class CharacterEncoder:
    """Puts a text where its characters put it: 信 and 访 lie in one direction, everything else is spread."""

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        return [self._encoded(text) for text in texts]

    def _encoded(self, text: str) -> Encoded:
        vector = np.zeros(WIDTH, dtype=np.float32)
        for place, char in enumerate(text):
            vector[ord(char) % (WIDTH - 1)] += 1.0 + place / 50
        vector[-1] = 3.0 * sum(char in "信访" for char in text)
        empty, known = np.zeros(0, dtype=np.float32), vector[:2]
        return Encoded(empty, known, empty, (), vector)


def statements(stem: str) -> list[str]:
    return [f"{place}{other}{stem}" for place in PLACES for other in PLACES[:6]]


def make_bank() -> PrecedentBank:
    texts = statements("账目不清") + statements("会议不开") + statements("工程未验收")
    encoded = CharacterEncoder().encode(texts)
    precedents = [Precedent(str(i), text, Role.PROBLEM, ()) for i, text in enumerate(texts)]
    return PrecedentBank.of(precedents, np.stack([e.vector for e in encoded]), np.stack([e.label for e in encoded]))


def label(examples: Sequence[str]) -> Label:
    return Label("XF01", "信访积案", "XF", "信访事项久拖不决", "", (), tuple(examples))


def probabilities(own: OwnLabels, texts: Sequence[str]) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-own.logits(texts, CharacterEncoder().encode(texts))))


def test_statements_like_the_examples_get_the_label_and_others_do_not() -> None:
    own = learn([label(statements("信访久拖")[:8])], make_bank(), CharacterEncoder())
    threshold = own.thresholds["XF01"]

    alike = probabilities(own, statements("信访久拖")[20:30])
    others = probabilities(own, statements("会议不开")[:10] + statements("工程未验收")[:10])

    assert (alike >= threshold).all()
    assert (others < threshold).all()


def test_a_repeated_example_counts_once() -> None:
    few = label([statements("信访久拖")[0]] * 20)

    with pytest.raises(TooFewExamples, match="XF01: 1 examples"):
        learn([few], make_bank(), CharacterEncoder())


def test_the_least_number_of_examples_is_enough() -> None:
    own = learn([label(statements("信访久拖")[:LEAST_EXAMPLES])], make_bank(), CharacterEncoder())

    assert own.codes == ("XF01",)
    assert np.isfinite(own.logits(["县信访久拖"], CharacterEncoder().encode(["县信访久拖"]))).all()


def test_scores_do_not_depend_on_the_other_texts_of_a_call() -> None:
    own = learn([label(statements("信访久拖")[:8])], make_bank(), CharacterEncoder())
    texts = ["县信访久拖", "村账目不清", "院"]

    together = probabilities(own, texts)
    alone = np.concatenate([probabilities(own, [text]) for text in texts])

    np.testing.assert_allclose(together, alone, rtol=1e-9)
