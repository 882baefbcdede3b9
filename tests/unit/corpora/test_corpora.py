"""The labelled corpora in the tree pass every check."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest

from corpora.errors import CorpusError
from corpora.reader import (
    COMMON_SPLITS,
    SecondOpinion,
    Split,
    StatementRecord,
    corpus_folder,
    read_plans,
    read_second_annotation,
    read_statement_file,
    read_statements,
)
from corpora.schema.statement import Role
from corpora.taxonomy import load_taxonomy
from corpora.validate import agreement, check_leakage, check_plans, check_statements, coverage, similar_pairs

TAXONOMY = load_taxonomy()
STATEMENTS = {split: read_statements(split, for_evaluation=True) for split in Split}
PLANS = {split: read_plans(split, for_evaluation=True) for split in COMMON_SPLITS}
PAIRS = list(combinations(Split, 2))
PLAN_PAIRS = list(combinations(COMMON_SPLITS, 2))


@pytest.mark.parametrize("split", list(Split))
def test_statements_of_a_split_are_valid_and_differ(split: Split) -> None:
    assert check_statements(STATEMENTS[split], TAXONOMY) == []


@pytest.mark.parametrize("split", COMMON_SPLITS)
def test_spans_of_a_plan_split_point_at_what_they_claim(split: Split) -> None:
    assert check_plans(PLANS[split]) == []


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_no_statement_stands_in_two_splits(left: Split, right: Split) -> None:
    texts = [{r.id: r.text for r in STATEMENTS[split]} for split in (left, right)]

    assert check_leakage(*texts) == []


@pytest.mark.parametrize("split", list(Split))
def test_the_reserve_can_be_taken_into_train(split: Split) -> None:
    reserve = read_statement_file(corpus_folder("statements") / "reserve.jsonl")

    assert check_statements(reserve, TAXONOMY) == []
    assert check_leakage({r.id: r.text for r in reserve}, {r.id: r.text for r in STATEMENTS[split]}) == []


@pytest.mark.parametrize(("left", "right"), PLAN_PAIRS)
def test_no_plan_passage_stands_in_two_splits(left: Split, right: Split) -> None:
    texts = [{r.id: r.text for r in PLANS[split]} for split in (left, right)]

    assert check_leakage(*texts) == []


def test_every_label_and_role_is_well_covered() -> None:
    found = coverage([record for split in Split for record in STATEMENTS[split]])

    assert sum(found.roles.values()) >= 10_000
    assert min(found.labels.get(code, 0) for code in TAXONOMY.codes) >= 150
    assert min(found.roles.get(role.value, 0) for role in Role) >= 600
    assert found.hard_negatives >= 3000


def test_every_label_is_in_every_split_that_learns_or_reports() -> None:
    for split in COMMON_SPLITS:
        labels = coverage(STATEMENTS[split]).labels
        assert set(labels) == set(TAXONOMY.codes), split


def test_a_second_annotator_agrees_on_a_blind_sample() -> None:
    references = [*STATEMENTS[Split.TRAIN], *STATEMENTS[Split.DEV]]

    found = agreement(references, read_second_annotation())

    assert found.count >= 600
    assert found.role >= 0.95
    assert found.label_f1 >= 0.9


def test_agreement_counts_roles_and_labels() -> None:
    first = [
        StatementRecord("a", "x", Role.PROBLEM, ("ZG02", "ZG09"), "r", "s"),
        StatementRecord("b", "y", Role.MEASURE, (), "r", "s"),
    ]
    second = [SecondOpinion("a", Role.PROBLEM, ("ZG02",)), SecondOpinion("b", Role.ACHIEVEMENT, ())]

    found = agreement(first, second)

    assert (found.role, found.exact, found.by_label) == (0.5, 0.0, {"ZG02": 1.0, "ZG09": 0.0})
    assert found.label_f1 == pytest.approx(2 / 3)


def test_there_are_enough_plan_passages() -> None:
    assert sum(len(records) for records in PLANS.values()) >= 250


def test_label_names_are_rarely_repeated_in_the_statements() -> None:
    labelled = [r for split in Split for r in STATEMENTS[split] if r.labels and r.role is not Role.HEADING]
    naming = [
        r
        for r in labelled
        if any(
            name in r.text for code in r.labels for name in (TAXONOMY.label(code).name, *TAXONOMY.label(code).aliases)
        )
    ]

    assert len(naming) / len(labelled) < 0.1


@pytest.mark.parametrize("split", [Split.TEST, Split.CHALLENGE])
def test_what_only_reports_opens_only_for_evaluation(split: Split) -> None:
    with pytest.raises(CorpusError, match="only for evaluation"):
        read_statements(split)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"id": "a", "text": "", "role": "problem", "labels": [], "register": "r", "series": "s"}, "'text'"),
        ({"id": "a", "text": "t", "role": "trouble", "labels": [], "register": "r", "series": "s"}, "unknown role"),
        ({"id": "a", "text": "t", "role": "measure", "labels": ["ZG01"], "register": "r", "series": "s"}, "no labels"),
        (
            {"id": "a", "text": "t", "role": "problem", "labels": "ZG01", "register": "r", "series": "s"},
            "list of codes",
        ),
    ],
)
def test_a_bad_record_is_refused_with_its_line(tmp_path: Path, record: dict[str, object], message: str) -> None:
    (tmp_path / "train.jsonl").write_text("\n" + json.dumps(record), encoding="utf-8")

    with pytest.raises(CorpusError, match=message) as caught:
        read_statements(Split.TRAIN, folder=tmp_path)

    assert caught.value.line == 2


def test_similar_pairs_finds_a_text_that_differs_by_little() -> None:
    left = {"a": "党组全年没有研究过一次党风廉政建设工作，只在年底听了一次汇报。"}
    right = {"b": "党组全年没有研究过一次党风廉政建设工作,只在年底听了一回汇报", "c": "车站的售票窗口增设了两个"}

    assert [(a, b) for a, b, _ in similar_pairs(left, right, above=0.6)] == [("a", "b")]
