"""Whole plans are read at least as well as last time."""

from __future__ import annotations

import json
from pathlib import Path

from models.analyzer import load_analyzer
from models.encoder.artifact import default_artifact
from tests.evaluation.documents import score_documents, totals

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["documents"]


def test_documents_are_read_at_least_as_well_as_the_floors_ask() -> None:
    found = score_documents(load_analyzer(default_artifact()))

    assert len(found) == 12
    means = totals(found)
    assert all(means[name] >= floor for name, floor in FLOORS.items()), means
