from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpora.schema.statement import Role
from models.errors import ArtifactError
from models.precedents import bank
from models.precedents.bank import Precedent, PrecedentBank

VECTORS = np.array([[4.0, 0.0], [3.0, 1.0], [0.0, 4.0], [-7.0, -5.0]], dtype=np.float32)


def make_bank() -> PrecedentBank:
    labels = (("ZG01",), ("ZG02", "ZG01"), ("ZG02",), ())
    precedents = [Precedent(f"s-{i}", f"例{i}", Role.PROBLEM, codes) for i, codes in enumerate(labels)]
    return PrecedentBank.of(precedents, VECTORS, VECTORS)


def test_the_nearest_precedents_come_first() -> None:
    found = make_bank().nearest(np.array([5.0, 0.1], dtype=np.float32), count=2)

    assert [near.precedent.id for near in found] == ["s-0", "s-1"]
    assert 0.9 < found[1].likeness < found[0].likeness <= 1.0


def test_only_precedents_of_the_label_are_given() -> None:
    found = make_bank().nearest(np.array([5.0, 0.1], dtype=np.float32), label="ZG02", count=5)

    assert [near.precedent.id for near in found] == ["s-1", "s-2"]


def test_a_bank_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = make_bank()
    bank.save(written, tmp_path)

    read = bank.load(tmp_path)

    assert read.precedents == written.precedents
    vector = np.array([1.0, 2.0], dtype=np.float32)
    assert read.nearest(vector) == written.nearest(vector)


def test_texts_without_their_vectors_are_refused(tmp_path: Path) -> None:
    bank.save(make_bank(), tmp_path)
    lines = (tmp_path / bank.TEXTS).read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / bank.TEXTS).write_text("".join(lines[1:]), encoding="utf-8")

    with pytest.raises(ArtifactError, match="3 precedents, 4 vectors"):
        bank.load(tmp_path)


@pytest.mark.parametrize("line", ['{"id": "a"}', "[]", "{", '{"id": "a", "text": "b", "role": "none", "labels": []}'])
def test_a_line_that_is_no_precedent_is_refused(tmp_path: Path, line: str) -> None:
    bank.save(make_bank(), tmp_path)
    (tmp_path / bank.TEXTS).write_text(line + "\n", encoding="utf-8")

    with pytest.raises(ArtifactError, match="precedents cannot be read"):
        bank.load(tmp_path)
