"""Tries recipes on a share of the corpus: ``python -m models.evaluation.recipes [NAME ...]``.

Every recipe changes the released configuration in one way. Results are kept in ``recipes.json`` beside the recipes; a
recipe that stands there is not run again unless it is named.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from corpora.reader import Split, StatementRecord, read_statements
from corpora.taxonomy import load_taxonomy
from models.encoder.encoder import Encoder
from models.encoder.openvino_backend import OpenVinoBackend
from models.evaluation.alone import NetworkAlone
from models.metrics import StatementScores, statement_scores
from models.training.config import TrainingConfig, read_toml, validated
from models.training.outcome import Outcome
from models.training.run import train_network

_CONFIGS = Path(__file__).resolve().parent.parent / "configs"
RECIPES, RESULTS = _CONFIGS / "recipes.toml", _CONFIGS / "recipes.json"
_PARTS = ("network", "optimiser", "loss", "lexical", "data")


@dataclass(frozen=True, slots=True)
class Tried:
    """What a recipe brought on dev.

    Attributes:
        alone: micro-F1 of the network without the lexical model.
        speed: statements a second through the network, on the CPU threads in use.
        seconds: how long training took.
    """

    name: str
    role_accuracy: float
    micro_f1: float
    macro_f1: float
    alone: float
    speed: float
    seconds: float


def configuration(
    base: Mapping[str, object], plan: Mapping[str, object], recipe: Mapping[str, object]
) -> TrainingConfig:
    """Return the released configuration with a recipe's change, shortened as the plan says.

    Raises:
        ConfigError: if the change does not fit.
    """
    content = {key: dict(value) if isinstance(value, dict) else value for key, value in base.items()}
    short = {"epochs": plan["epochs"], "stop_after": plan["epochs"], "batch_tokens": plan["batch_tokens"]}
    changes = {part: dict(value) for part, value in recipe.items() if isinstance(value, dict)}
    changes["optimiser"] = {**short, **changes.get("optimiser", {})}
    changes["data"] = {"share": plan["share"], **changes.get("data", {})}
    for part in _PARTS:
        section = content[part]
        if isinstance(section, dict):
            section.update(changes.get(part, {}))
    return validated(content, RECIPES)


def run_recipe(name: str, config: TrainingConfig, report: Callable[[str], None]) -> Tried:
    """Train by a configuration and score the last outcome on dev."""
    begun = time.monotonic()
    outcomes: list[Outcome] = []
    train_network(config, load_taxonomy(), report=report, after_epoch=outcomes.append)
    seconds = time.monotonic() - begun
    last = outcomes[-1]
    dev = read_statements(Split.DEV)
    alone, speed = _network_alone(last, dev)
    scores = last.dev
    return Tried(name, scores.role_accuracy, scores.micro_f1, scores.macro_f1, alone.micro_f1, speed, seconds)


def _network_alone(outcome: Outcome, dev: Sequence[StatementRecord]) -> tuple[StatementScores, float]:
    backend = OpenVinoBackend(outcome.sizes, outcome.weights, threads=torch.get_num_threads())
    encoder = Encoder(outcome.sizes, outcome.tokenizer, backend)
    texts = [record.text for record in dev]
    begun = time.monotonic()
    encoded = encoder.encode(texts)
    speed = len(texts) / (time.monotonic() - begun)
    found = NetworkAlone(encoded, dev, outcome.sizes.labels).decide(encoded)
    return statement_scores(found, [r.role.value for r in dev], [frozenset(r.labels) for r in dev]), speed


def main(wanted: Sequence[str]) -> None:
    """Run the recipes that are named, or those without a result, and print the table."""
    plan, base = read_toml(RECIPES), read_toml(_CONFIGS / "base.toml")
    recipes = plan["recipes"]
    if not isinstance(recipes, list):
        raise TypeError(f"{RECIPES.name}: recipes must be a list")
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    for recipe in recipes:
        name = str(recipe["name"])
        if name not in wanted and (wanted or name in results):
            continue
        tried = run_recipe(name, configuration(base, plan, recipe), _say)
        results[name] = {key: round(getattr(tried, key), 4) for key in Tried.__slots__ if key != "name"}
        RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        _say(f"{name}: {results[name]}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
