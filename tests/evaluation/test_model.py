"""The released model answers at least as well as last time, alike on both backends, and points at what it quotes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from corpora.reader import Split, corpus_folder, read_plans, read_statements
from corpora.schema.document import Document
from corpora.taxonomy import load_taxonomy
from models.analyzer import Analyzer, Passage, load_analyzer
from models.encoder.artifact import MANIFEST, default_artifact, load_encoder, load_manifest, read_json
from models.evaluation.data import of_records
from models.evaluation.plans import plan_scores
from models.evaluation.run import model_predictor
from models.metrics import statement_scores
from models.text.blocks import text_blocks
from models.training.outcome import corpus_hash

FOLDER = default_artifact()
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return load_analyzer(FOLDER)


@pytest.mark.parametrize("split", [Split.DEV, Split.TEST, Split.CHALLENGE])
def test_statements_are_classified_at_least_as_well_as_the_floors_ask(analyzer: Analyzer, split: Split) -> None:
    reference = of_records(split.value, read_statements(split, for_evaluation=True))

    scores = statement_scores(model_predictor(analyzer)(reference.texts), reference.roles, reference.labels)

    floors = FLOORS["statements"][split.value]
    assert scores.role_accuracy >= floors["role_accuracy"]
    assert scores.micro_f1 >= floors["micro_f1"]
    assert scores.false_alarms <= floors["false_alarms"]


@pytest.mark.parametrize("split", [Split.DEV, Split.TEST])
def test_plans_are_extracted_at_least_as_well_as_the_floors_ask(analyzer: Analyzer, split: Split) -> None:
    records = read_plans(split, for_evaluation=True)
    found = analyzer.extract([Passage(r.text, r.reference_date, r.events) for r in records])

    scores = plan_scores(found, [r.items for r in records])

    assert scores.subjects_f1 >= FLOORS["plans"][split.value]["subjects_f1"]
    assert scores.deadlines_f1 >= FLOORS["plans"][split.value]["deadlines_f1"]


def test_torch_gives_the_same_answers_from_the_same_weights(analyzer: Analyzer) -> None:
    texts = [record.text for record in read_statements(Split.DEV)][:60]
    ours = load_encoder(FOLDER).encode(texts)
    theirs = load_encoder(FOLDER, backend="torch").encode(texts)

    for left, right in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(left.role, right.role, atol=2e-3)
        np.testing.assert_allclose(left.label, right.label, atol=2e-3)
        np.testing.assert_allclose(left.tag, right.tag, atol=2e-3)


def test_the_artifact_was_trained_on_the_corpora_in_the_tree() -> None:
    corpora = read_json(FOLDER / MANIFEST)["corpora"]
    assert isinstance(corpora, dict)

    for name, recorded in corpora.items():
        corpus, split = name.split("/")
        assert corpus_hash([corpus_folder(corpus) / f"{split}.jsonl"]) == recorded, name


def test_the_artifact_knows_the_labels_of_the_taxonomy() -> None:
    taxonomy = load_taxonomy()

    assert load_encoder(FOLDER).config.labels == taxonomy.codes
    assert load_manifest(FOLDER).taxonomy_version == taxonomy.version


def test_card_and_metrics_are_of_this_model() -> None:
    manifest = load_manifest(FOLDER)
    name = f"{manifest.name}-{manifest.version}"
    metrics = read_json(FOLDER / "metrics.json")

    assert metrics["model"] == name
    assert f"# {manifest.name} {manifest.version}" in (FOLDER / "card.md").read_text(encoding="utf-8")


def test_answers_do_not_depend_on_what_else_is_asked(analyzer: Analyzer) -> None:
    texts = [record.text for record in read_statements(Split.DEV)][:40]

    together = analyzer.classify(texts)
    alone = [analyzer.classify([text])[0] for text in texts]

    assert [a.role for a in together] == [a.role for a in alone]
    assert [[x.code for x in a.labels] for a in together] == [[x.code for x in a.labels] for a in alone]


def test_every_claim_points_at_its_words_in_a_document_of_plan_passages(analyzer: Analyzer) -> None:
    text = "\n".join(record.text for record in read_plans(Split.TRAIN)[:40])
    document = Document("d", "d.txt", "txt", text, text_blocks(text))

    analysis = analyzer.analyse(document)

    assert analysis.items
    for item in analysis.items:
        for deadline in item.deadlines:
            assert deadline.span.of(text) == deadline.raw
        for subject in item.subjects:
            assert subject.span.of(text)
    assert all(s.sentence.span.of(text).strip() for s in analysis.sentences)
