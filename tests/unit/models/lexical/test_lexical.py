from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.reader import StatementRecord
from corpora.schema.statement import Role
from models.errors import ArtifactError
from models.lexical.features import LENGTHS, folded, grams
from models.lexical.linear import LexicalModel, load, save
from models.matrices import Matrix, quantise
from models.training.config import LexicalPart
from models.training.lexical import fit_lexical

ROLES, CODES = ("problem", "measure", "requirement"), ("ZG06", "QT05")


def record(number: int, text: str, role: Role, *labels: str) -> StatementRecord:
    return StatementRecord(f"r-{number}", text, role, labels, "巡察反馈", "x")


@pytest.fixture(scope="module")
def model() -> LexicalModel:
    records = [
        record(1, "渡口的旧渡船查封后又偷偷下了水", Role.PROBLEM, "ZG06"),
        record(2, "去年封掉的砂场今年又偷偷开了工", Role.PROBLEM, "ZG06"),
        record(3, "公款账上白条抵库", Role.PROBLEM, "QT05"),
        record(4, "账上白条顶现金3万元", Role.PROBLEM, "QT05"),
        record(5, "已对账户逐户清理", Role.MEASURE),
        record(6, "已逐户核对到位", Role.MEASURE),
        record(7, "务必严防此类情形", Role.REQUIREMENT),
        record(8, "务必严守各项规矩", Role.REQUIREMENT),
    ]
    part = LexicalPart(least_statements=2, role_cost=1.0, label_cost=1.0)
    return fit_lexical(records, ROLES, CODES, part)


def test_words_seen_in_training_decide(model: LexicalModel) -> None:
    found = model.scores(["砖窑又偷偷点了火", "白条抵了账", "已逐户上门", "务必严查"])

    assert found.label.argmax(1)[:2].tolist() == [0, 1]
    assert found.role.argmax(1).tolist() == [0, 0, 1, 2]


def test_a_text_of_unknown_characters_gets_the_bias(model: LexicalModel) -> None:
    empty = Matrix(model.weights.values[:0], model.weights.scale[:0])
    found = LexicalModel(model.keys[:0], model.rarity[:0], empty, model.bias, 3)

    np.testing.assert_array_equal(found.scores(["齉龘"]).label[0], model.bias[3:])


def test_a_saved_model_scores_alike(model: LexicalModel, tmp_path: Path) -> None:
    save(model, tmp_path / "lexical.safetensors")

    again = load(tmp_path / "lexical.safetensors").scores(["又偷偷开了工"])

    np.testing.assert_allclose(again.label, model.scores(["又偷偷开了工"]).label, atol=5e-3)


def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    path = tmp_path / "lexical.safetensors"
    path.write_bytes(b"\x08\x00\x00\x00\x00\x00\x00\x00{}      ")

    with pytest.raises(ArtifactError, match=r"lexical\.safetensors"):
        load(path)


def test_width_spaces_numbers_and_quotes_make_no_difference() -> None:
    assert folded("“查” 出 12 个问题，") == folded('"查"出3个问题,')


@given(st.text(max_size=60))
def test_every_text_has_all_its_grams(text: str) -> None:
    points = len(folded(text))

    assert len(grams(text)) == sum(max(0, points - length + 1) for length in LENGTHS)


@given(st.text(alphabet="整改落实", min_size=1, max_size=12), st.text(alphabet="整改落实", min_size=1, max_size=12))
def test_texts_that_hold_a_common_part_share_its_grams(left: str, right: str) -> None:
    shared = set(grams("责任清单")[1:5].tolist())

    assert shared <= set(grams(left + "责任清单").tolist()) & set(grams("责任清单" + right).tolist())


def test_quantised_rows_keep_their_direction() -> None:
    matrix = np.random.default_rng(3).normal(size=(5, 40)).astype(np.float32)
    packed = quantise(matrix)

    np.testing.assert_allclose(packed.dequantised(), matrix, atol=float(packed.scale.max()) * 0.51)
