"""How well labels of a user's own are learnt from a few examples: ``python -m models.evaluation.few_shot ARTIFACT``.

The artifact was trained without some labels (`models/configs/left-out.toml`). Each of them is learnt from 8, 16 and 32
training statements drawn at random, and looked for in a whole split.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from corpora.reader import Split, StatementRecord, read_statements
from corpora.schema.statement import Role
from corpora.taxonomy import Label, load_taxonomy
from models.analyzer import Analyzer, load_analyzer
from models.encoder.artifact import NETWORK, read_json
from models.encoder.config import NetworkConfig
from models.metrics import f1

#: Read by the model card.
RESULTS = Path(__file__).resolve().parent.parent / "configs" / "few-shot.json"
_SIZES = (8, 16, 32)
_DRAWS = 3


def few_shot_scores(
    analyzer: Analyzer,
    labels: Sequence[Label],
    train: Sequence[StatementRecord],
    records: Sequence[StatementRecord],
    size: int,
) -> dict[str, float]:
    """Return the mean F1 of each label over some draws of `size` examples.

    Args:
        analyzer: an analyzer that does not know the labels.
        labels: the labels to learn.
        train: where examples are drawn from.
        records: what is scored.
        size: examples per label.
    """
    found: dict[str, list[float]] = {label.code: [] for label in labels}
    for draw in range(_DRAWS):
        rng = random.Random(draw)
        taught = [replace(label, examples=_examples(label.code, train, size, rng)) for label in labels]
        answers = analyzer.with_labels(analyzer.codes, taught).classify([record.text for record in records])
        given = [{label.code for label in answer.labels} for answer in answers]
        for code, scores in found.items():
            hits = sum(code in g and code in r.labels for g, r in zip(given, records, strict=True))
            scores.append(f1(hits, sum(code in g for g in given), sum(code in r.labels for r in records)))
    return {code: float(np.mean(scores)) for code, scores in found.items()}


def _examples(code: str, train: Sequence[StatementRecord], size: int, rng: random.Random) -> tuple[str, ...]:
    fitting = [record.text for record in train if code in record.labels and record.role is Role.PROBLEM]
    return tuple(rng.sample(fitting, size))


def main(folder: Path, splits: Sequence[str]) -> None:
    """Print the table."""
    taxonomy = load_taxonomy()
    analyzer = load_analyzer(folder)
    known = NetworkConfig.from_json(read_json(folder / NETWORK)).labels
    labels = [label for label in taxonomy.labels if label.code not in known]
    train = read_statements(Split.TRAIN)
    _say(f"{'split':<8}{'examples':>9}" + "".join(f"{label.code:>8}" for label in labels) + f"{'mean':>8}")
    results: dict[str, dict[str, dict[str, float]]] = {}
    for split in splits:
        records = read_statements(Split(split), for_evaluation=True)
        for size in _SIZES:
            scores = few_shot_scores(analyzer, labels, train, records, size)
            results.setdefault(split, {})[str(size)] = {code: round(value, 4) for code, value in scores.items()}
            row = "".join(f"{value:>8.3f}" for value in scores.values())
            _say(f"{split:<8}{size:>9}{row}{np.mean(list(scores.values())):>8.3f}")
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or [Split.DEV.value, Split.TEST.value])
