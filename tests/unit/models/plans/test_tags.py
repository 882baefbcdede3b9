"""Claims of the span tagger help only where the grammar is silent."""

from __future__ import annotations

from datetime import date

from corpora.schema.span import Span
from models.plans.extract import extract_items
from models.plans.tagged import TaggedSpan


def tag(text: str, part: str, kind: str, *, score: float = 0.9) -> TaggedSpan:
    """Tag the first occurrence of `part`."""
    start = text.index(part)
    return TaggedSpan(Span(start, start + len(part)), kind, score)


def found(text: str, *tags: TaggedSpan) -> list[tuple[str, str, str]]:
    """Return role, name and origin of all subjects."""
    items = extract_items(text, reference_date=date(2023, 3, 20), tags=tags)
    return [(subject.role.value, subject.name, subject.origin) for item in items for subject in item.subjects]


def test_a_tag_supplies_a_subject_that_the_grammar_did_not_find() -> None:
    text = "台账不清，4月底前补齐，找县档案馆即可。"

    assert found(text) == []
    assert found(text, tag(text, "县档案馆", "responsible")) == [("responsible", "县档案馆", "model")]


def test_a_tag_below_the_threshold_is_not_used() -> None:
    text = "台账不清，4月底前补齐，找县档案馆即可。"

    assert found(text, tag(text, "县档案馆", "responsible", score=0.49)) == []


def test_a_labelled_field_is_decisive() -> None:
    text = "台账不清，县档案馆多次提醒。责任单位：县财政局"

    assert found(text, tag(text, "县档案馆", "responsible")) == [("responsible", "县财政局", "grammar")]


def test_a_tag_does_not_double_what_a_role_verb_says() -> None:
    text = "由县财政局牵头修订办法。"

    assert found(text, tag(text, "县财政局", "responsible")) == [("lead", "县财政局", "grammar")]


def test_a_tag_in_a_refused_sentence_is_refused() -> None:
    text = "县住建局局长王某某受到党内警告处分。4月底前完成整改。"

    assert found(text, tag(text, "王某某", "owner")) == []


def test_a_tag_supplies_a_limit_and_a_measure() -> None:
    text = "由县财政局牵头，争取4月30日。"

    (item,) = extract_items(text, reference_date=date(2023, 3, 20), tags=[tag(text, "4月30日", "deadline")])

    assert [(limit.due, limit.origin) for limit in item.deadlines] == [(date(2023, 4, 30), "model")]
