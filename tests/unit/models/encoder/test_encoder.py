from __future__ import annotations

import numpy as np
from tokenizers import Tokenizer, pre_tokenizers
from tokenizers.models import Unigram

from models.encoder.config import NetworkConfig
from models.encoder.encoder import Encoder
from tests.fakes import CountingBackend


def make_tokenizer() -> Tokenizer:
    pieces = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    pieces += [(char, -1.0) for char in "整改落实责任单位县财政局一二三四五六七八九十"]
    tokenizer = Tokenizer(Unigram(pieces, unk_id=3))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="never")
    return tokenizer


def make_config(max_tokens: int = 16) -> NetworkConfig:
    return NetworkConfig(8, 1, 2, 16, 32, 32, 1e-12, ("a", "b"), ("x", "y", "z"), max_tokens=max_tokens)


def make_encoder(max_tokens: int = 16) -> tuple[Encoder, CountingBackend]:
    config = make_config(max_tokens)
    backend = CountingBackend(2, 3, config.tag_outputs)
    return Encoder(config, make_tokenizer(), backend, batch_tokens=64), backend


def test_results_do_not_depend_on_the_other_texts_of_a_call() -> None:
    encoder, _ = make_encoder()
    texts = ["整改", "责任单位县财政局", "一二三", "落实" * 5]

    together = encoder.encode(texts)
    alone = [encoder.encode([text])[0] for text in texts]

    for left, right in zip(together, alone, strict=True):
        np.testing.assert_array_equal(left.label, right.label)
        np.testing.assert_array_equal(left.tag, right.tag)
        assert left.offsets == right.offsets


def test_offsets_point_at_the_characters_of_the_text() -> None:
    encoder, _ = make_encoder()
    text = "责任单位县财政局"

    encoded = encoder.encode([text])[0]

    assert "".join(text[start:end] for start, end in encoded.offsets) == text


def test_a_text_longer_than_the_window_is_encoded_whole() -> None:
    encoder, backend = make_encoder(max_tokens=8)
    text = "一二三四五六七八九十" * 3

    encoded = encoder.encode([text])[0]

    assert len(encoded.offsets) == len(text) == len(encoded.tag)
    assert max(width for _, width in backend.batches) == 8


def test_a_text_without_tokens_gets_no_label() -> None:
    encoder, _ = make_encoder()

    encoded = encoder.encode([""])[0]

    assert encoded.offsets == ()
    assert (encoded.label < -10).all()


def test_batches_hold_texts_of_like_length_within_the_token_budget() -> None:
    encoder, backend = make_encoder()

    encoder.encode(["整改"] * 20 + ["责任单位县财政局"] * 10)

    assert all(rows * width <= 64 for rows, width in backend.batches)
    assert {width for _, width in backend.batches} == {4, 10}
