from __future__ import annotations

import random

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from models.encoder.config import NetworkConfig
from models.training.config import DataPart
from models.training.examples import IGNORE, Example, TagSpan, batches, drawn, noisy, tag_ids
from models.training.fit import contrast
from models.training.noise import as_naming_clause, disturb
from models.training.vocabulary import build_tokenizer, prune

CONFIG = NetworkConfig(8, 1, 2, 16, 64, 40, 1e-12, ("problem", "heading"), ("x", "y"), max_tokens=32)


@given(st.text(min_size=1, max_size=80).filter(str.strip), st.integers(0, 10_000))
def test_noise_never_empties_a_text(text: str, seed: int) -> None:
    assert disturb(text, random.Random(seed))


def test_noise_with_one_seed_is_the_same_every_time() -> None:
    text = "一些党组织把精力放在写方案、报材料上，忽视跟踪问效。"

    assert [disturb(text, random.Random(4)) for _ in range(3)].count(disturb(text, random.Random(4))) == 3


def test_a_heading_becomes_a_naming_clause_once() -> None:
    clause = as_naming_clause("整改责任没有落到班子", random.Random(1))

    assert clause.endswith("是整改责任没有落到班子。")
    assert as_naming_clause("（一）整改责任没有落到班子", random.Random(1)) == "（一）整改责任没有落到班子"


def test_passages_with_spans_are_never_disturbed() -> None:
    example = Example("由县财政局牵头，6月底前完成。", IGNORE, None, (TagSpan(1, 5, "lead"),))
    part = DataPart(noise=1.0, naming_clauses=1.0, joined=1.0, taxonomy_examples=False)

    assert noisy([example], part, CONFIG.roles, random.Random(1)) == [example]


def test_subjects_inside_a_measure_keep_their_own_tags() -> None:
    offsets = [(0, 1), (1, 3), (3, 5), (5, 8)]
    spans = [TagSpan(0, 8, "measure"), TagSpan(1, 5, "lead")]
    lead, measure = 1 + 2 * CONFIG.tags.index("lead"), 1 + 2 * CONFIG.tags.index("measure")

    assert tag_ids(offsets, spans, CONFIG) == [measure, lead, lead + 1, measure + 1]


def test_joined_problems_bear_the_labels_of_both() -> None:
    examples = [Example("考核只看材料。", 0, (0,)), Example("问责无人过问。", 0, (1,))]
    part = DataPart(noise=0.0, naming_clauses=0.0, joined=1.0, taxonomy_examples=False)

    joined = noisy(examples, part, CONFIG.roles, random.Random(2))

    for before, after in zip(examples, joined, strict=True):
        assert after.text.startswith(before.text.rstrip("。"))
        assert set(before.labels or ()) <= set(after.labels or ())
        assert set(after.labels or ()) == {i for i, e in enumerate(examples) if e.text in after.text or e is before}


def make_tokenizer():
    pieces = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    return build_tokenizer(pieces + [(char, -1.0) for char in "整改落实责任单位"])


def test_a_batch_marks_what_is_not_known() -> None:
    examples = [Example("整改落实", 0, (1,)), Example("责任单位", IGNORE, None, (TagSpan(0, 2, "owner"),))]

    (batch,) = batches(examples, make_tokenizer(), CONFIG, batch_tokens=999, rng=random.Random(0))

    rows = {int(role): row for row, role in enumerate(batch.role)}
    assert batch.label[rows[0]].tolist() == [0.0, 1.0]
    assert np.isnan(batch.label[rows[IGNORE]]).all()
    assert (batch.tag[rows[0]] == IGNORE).all()
    assert batch.tag[rows[IGNORE]][1] == 1 + 2 * CONFIG.tags.index("owner")


def test_every_example_is_in_exactly_one_batch() -> None:
    examples = [Example("整改" * (1 + i % 9), 0, ()) for i in range(50)]

    sizes = [len(b.ids) for b in batches(examples, make_tokenizer(), CONFIG, batch_tokens=60, rng=random.Random(0))]

    assert sum(sizes) == 50


def test_tokenizer_offsets_point_into_the_printed_text() -> None:
    text = "整 改\n落实（责任　单位）"
    encoding = make_tokenizer().encode(text, add_special_tokens=False)

    assert [text[a:b] for a, b in encoding.offsets if text[a:b] in "整改落实责任单位"] == list("整改落实责任单位")


def test_pruning_keeps_chinese_pieces_and_drops_foreign_ones() -> None:
    pieces = [
        ("<s>", 0.0),
        ("整改", -1.0),
        ("responsibility", -1.0),
        ("책임", -1.0),
        ("ответ", -1.0),
        ("2023", -1.0),
        ("ab", -1.0),
    ]

    kept, old_ids = prune(pieces)

    assert [piece for piece, _ in kept] == ["<s>", "整改", "2023", "ab"]
    assert old_ids == [0, 1, 5, 6]


def test_contrast_is_lower_when_statements_with_one_label_lie_together() -> None:
    labels = torch.tensor([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    together = torch.tensor([[1.0, 0.0], [0.9, 0.1], [0.0, 1.0], [0.1, 0.9]])
    apart = together[[0, 2, 1, 3]]

    assert contrast(together, labels, 0.1) < contrast(apart, labels, 0.1)


def test_an_epoch_goes_through_a_share_and_through_what_is_always_learnt() -> None:
    examples = [Example(f"第{n}条", 0, (), always=n < 100) for n in range(1000)]

    chosen = drawn(examples, 0.5, random.Random(3))

    assert chosen[:100] == examples[:100]
    assert 380 < len(chosen) - 100 < 520
