"""Corpora to training examples."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpora.reader import PlanRecord, StatementRecord
from corpora.taxonomy import Taxonomy
from models.encoder.config import NetworkConfig
from models.training.config import DataPart
from models.training.noise import as_naming_clause, disturb

#: Longest statement that is joined with another, in characters.
_JOINED_AT_MOST = 60

#: Target of a head that an example says nothing about.
IGNORE = -100


@dataclass(frozen=True, slots=True)
class TagSpan:
    """A span of a plan passage with the tag that the token head has to give it."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Example:
    """One text with what is known about it.

    Attributes:
        role: index of the role, or `IGNORE`.
        labels: indices of the labels, or ``None`` where they are not known.
        spans: tagged spans, or ``None`` where they are not known.
        always: whether every epoch goes through it.
    """

    text: str
    role: int
    labels: tuple[int, ...] | None
    spans: tuple[TagSpan, ...] | None = None
    always: bool = True


@dataclass(frozen=True, slots=True)
class Batch:
    """A padded batch: ids, mask (n, t) int64; role (n,); label (n, labels) float with NaN unknown; tag (n, t)."""

    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    role: NDArray[np.int64]
    label: NDArray[np.float32]
    tag: NDArray[np.int64]


def drawn(examples: Sequence[Example], share: float, rng: random.Random) -> list[Example]:
    """Return what one epoch goes through: a share of the examples, and those that it always goes through."""
    return [example for example in examples if example.always or rng.random() < share]


def statement_examples(
    records: Sequence[StatementRecord], config: NetworkConfig, *, whole_series: Collection[str] = ()
) -> list[Example]:
    """Turn labelled statements into examples; those of `whole_series` are in every epoch."""
    role = {name: i for i, name in enumerate(config.roles)}
    label = {code: i for i, code in enumerate(config.labels)}
    return [
        Example(
            record.text,
            role[record.role.value],
            tuple(label[code] for code in record.labels),
            always=record.series in whole_series,
        )
        for record in records
    ]


def taxonomy_examples(taxonomy: Taxonomy, config: NetworkConfig) -> list[Example]:
    """Teach the names: a label's name or alias standing alone is a heading, its definition a problem."""
    role = {name: i for i, name in enumerate(config.roles)}
    found: list[Example] = []
    for index, label in enumerate(taxonomy.labels):
        names = (label.name, *label.aliases)
        found.extend(Example(name, role["heading"], (index,)) for name in names)
        found.append(Example(f"关于{label.name}的问题", role["heading"], (index,)))
        found.append(Example(label.definition + "。", role["problem"], (index,)))
        found.extend(Example(example, role["problem"], (index,)) for example in label.examples)
    return found


def plan_examples(records: Sequence[PlanRecord]) -> list[Example]:
    """Turn annotated plan passages into examples for the token head; inherited spans are tagged where printed."""
    found = []
    for record in records:
        spans = [TagSpan(s.span.start, s.span.end, s.role.value) for item in record.items for s in item.subjects]
        spans += [TagSpan(d.span.start, d.span.end, "deadline") for item in record.items for d in item.deadlines]
        for item in record.items:
            cursor = 0
            for measure in item.measures:
                start = record.text.find(measure, cursor)
                if start >= 0:
                    spans.append(TagSpan(start, start + len(measure), "measure"))
                    cursor = start + len(measure)
        found.append(Example(record.text, IGNORE, None, tuple(sorted(set(spans), key=lambda s: (s.start, s.end)))))
    return found


def noisy(examples: Sequence[Example], part: DataPart, roles: Sequence[str], rng: random.Random) -> list[Example]:
    """Return the examples as they might be printed; passages with spans stay as they are.

    Args:
        examples: the examples.
        part: how much of which alteration.
        roles: names of the roles, in output order.
        rng: source of randomness.
    """
    heading, problem = roles.index("heading"), roles.index("problem")
    problems = [e for e in examples if e.role == problem and e.labels and len(e.text) <= _JOINED_AT_MOST]
    return [
        _printed(_joined(example, problems, part.joined, rng), part, heading, rng) if example.spans is None else example
        for example in examples
    ]


def _joined(example: Example, problems: Sequence[Example], share: float, rng: random.Random) -> Example:
    """Join a labelled problem with another: reports run several findings together in one sentence."""
    fits = problems and example.role == problems[0].role and example.labels and len(example.text) <= _JOINED_AT_MOST
    if not fits or rng.random() >= share:
        return example
    other = rng.choice(problems)
    text = example.text.rstrip("。；;.") + rng.choice("；；，") + other.text
    return replace(example, text=text, labels=tuple(sorted({*(example.labels or ()), *(other.labels or ())})))


def _printed(example: Example, part: DataPart, heading: int, rng: random.Random) -> Example:
    if example.role == heading and example.labels and rng.random() < part.naming_clauses:
        return replace(example, text=as_naming_clause(example.text, rng))
    if rng.random() < part.noise:
        return replace(example, text=disturb(example.text, rng))
    return example


def tag_ids(offsets: Sequence[tuple[int, int]], spans: Sequence[TagSpan], config: NetworkConfig) -> list[int]:
    """Return the tag of each token; measures give way to the subjects and limits printed inside them."""
    ids = [0] * len(offsets)
    ordered = sorted(spans, key=lambda s: s.tag != "measure")
    for span in ordered:
        kind = config.tags.index(span.tag)
        first = True
        for index, (start, end) in enumerate(offsets):
            if start < span.end and span.start < end:
                ids[index] = 1 + 2 * kind + (0 if first else 1)
                first = False
    return ids


def batches(
    examples: Sequence[Example], tokenizer: Tokenizer, config: NetworkConfig, *, batch_tokens: int, rng: random.Random
) -> Iterator[Batch]:
    """Yield length-bucketed batches in random order; texts are cut at the network's longest window."""
    encodings = tokenizer.encode_batch([example.text for example in examples], add_special_tokens=False)
    room = config.max_tokens - 2
    order = sorted(range(len(examples)), key=lambda i: (min(len(encodings[i].ids), room) // 4, rng.random()))
    groups: list[list[int]] = [[]]
    for index in order:
        width = min(len(encodings[index].ids), room) + 2
        if groups[-1] and width * (len(groups[-1]) + 1) > batch_tokens:
            groups.append([])
        groups[-1].append(index)
    rng.shuffle(groups)
    for group in groups:
        rows = [(examples[i], encodings[i].ids[:room], encodings[i].offsets[:room]) for i in group]
        yield _collate(rows, config)


def _collate(rows: Sequence[tuple[Example, list[int], list[tuple[int, int]]]], config: NetworkConfig) -> Batch:
    width = max(len(ids) for _, ids, _ in rows) + 2
    shape = (len(rows), width)
    ids, mask = np.full(shape, 1, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    tag = np.full(shape, IGNORE, dtype=np.int64)
    role = np.array([example.role for example, _, _ in rows], dtype=np.int64)
    label = np.full((len(rows), len(config.labels)), np.nan, dtype=np.float32)
    for row, (example, pieces, offsets) in enumerate(rows):
        ids[row, : len(pieces) + 2] = [0, *pieces, 2]
        mask[row, : len(pieces) + 2] = 1
        if example.labels is not None:
            label[row] = 0.0
            label[row, list(example.labels)] = 1.0
        if example.spans is not None:
            tag[row, 1 : 1 + len(pieces)] = tag_ids(offsets, example.spans, config)
    return Batch(ids, mask, role, label, tag)
