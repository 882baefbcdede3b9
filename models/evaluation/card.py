"""Writes the model card from the manifest, the configuration and the metrics: nothing in it is typed by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpora.taxonomy import Taxonomy
from models.encoder.artifact import MANIFEST, METRICS, read_json
from models.evaluation.few_shot import RESULTS as FEW_SHOT
from models.evaluation.recipes import RESULTS as RECIPES

CARD = "card.md"


def write_card(folder: Path, taxonomy: Taxonomy) -> None:
    """Write ``card.md`` into an artifact folder that has been evaluated."""
    manifest: Mapping[str, Any] = read_json(folder / MANIFEST)
    metrics: Mapping[str, Any] = read_json(folder / METRICS)
    network: Mapping[str, Any] = read_json(folder / "network.json")
    config = tomllib.loads((folder / "config.toml").read_text(encoding="utf-8"))
    parts = [
        f"# {manifest['name']} {manifest['version']}",
        _introduction(manifest, network, config),
        _RESULTS,
        _statement_table(metrics["statements"]),
        _review_table(metrics["review"]),
        _slice_table("Test by writer:", metrics["writers"]),
        _slice_table("Challenge set by trap (what each trap is: `corpora/statements/README.md`):", metrics["traps"]),
        _plan_table(metrics["plans"]),
        "## F1 per label on test\n\n" + _label_table(metrics["label_f1"]["test"], taxonomy),
        *_workshop_tables(taxonomy),
        _LIMITS,
    ]
    (folder / CARD).write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _introduction(manifest: Mapping[str, Any], network: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    libraries = ", ".join(f"{name} {version}" for name, version in manifest["libraries"].items())
    optimiser = config["optimiser"]
    return (
        "Classifies sentences of Chinese inspection and rectification documents by role and kind of problem, and tags responsible "
        "subjects, limits and measures.\n\n"
        f"- Base: {manifest['base']}; layers kept: {config['network']['keep_layers']}; hidden {network['hidden']}, vocabulary "
        f"{network['vocabulary']}.\n"
        f"- Training: `make train` with this folder's `config.toml`: {optimiser['stop_after']} of {optimiser['epochs']} scheduled "
        f"epochs, seed {config['seed']}; corpora by SHA-256 in `manifest.json`.\n"
        "- Beside the network stands a linear model over character n-grams (`lexical.safetensors`); calibration weighs the two.\n"
        "- Weights: 8 bits per matrix weight, a scale per row; heads in float32.\n"
        f"- Made with Python {manifest['python']}, {libraries}."
    )


def _statement_table(sets: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    lines = [
        "| set | n | model | role accuracy | label micro-F1 | macro-F1 | best label right | non-problems with a label |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, models in sets.items():
        lines += [
            f"| {name} | {s['count']} | {model} | {s['role_accuracy']:.3f} | {s['micro_f1']:.3f} | {s['macro_f1']:.3f} "
            f"| {s['first_right']:.3f} | {s['false_alarms']:.3f} |"
            for model, s in models.items()
        ]
    return "\n".join(lines)


def _review_table(sets: Mapping[str, Mapping[str, float]]) -> str:
    lines = [
        "What is not marked for review, how right that is, and the expected calibration error (15 bins) of all confidences:\n",
        "| set | share not marked | wholly right | role accuracy | labels F1 | error of role | error of labels |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {s['coverage']:.3f} | {s['precision']:.3f} | {s['role_accuracy']:.3f} | {s['label_f1']:.3f} "
        f"| {s['role_ece']:.3f} | {s['label_ece']:.3f} |"
        for name, s in sets.items()
    ]
    return "\n".join(lines)


def _slice_table(title: str, groups: Mapping[str, Mapping[str, float]]) -> str:
    lines = [
        title,
        "",
        "| slice | n | role accuracy | label micro-F1 | non-problems with a label |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {s['count']} | {s['role_accuracy']:.3f} | {s['micro_f1']:.3f} | {s['false_alarms']:.3f} |"
        for name, s in groups.items()
    ]
    return "\n".join(lines)


def _plan_table(sets: Mapping[str, Mapping[str, float]]) -> str:
    lines = [
        "Plan extraction (grammar and span tagger together; a claim counts only if it is right as a whole):\n",
        "| split | subjects F1 | deadlines F1 | passages wholly right |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {s['subjects_f1']:.3f} | {s['deadlines_f1']:.3f} | {s['exact']:.3f} |" for name, s in sets.items()
    ]
    return "\n".join(lines)


def _label_table(scores: Mapping[str, float], taxonomy: Taxonomy) -> str:
    lines = ["| code | label | F1 |", "|---|---|---|"]
    names = taxonomy.names()
    lines += [f"| {code} | {names[code]} | {value:.2f} |" for code, value in scores.items()]
    return "\n".join(lines)


def _workshop_tables(taxonomy: Taxonomy) -> list[str]:
    """Return the tables of what was tried beside the released recipe, where those runs have been made."""
    tables = []
    if RECIPES.is_file():
        tables.append(_recipe_table(read_json(RECIPES)))
    if FEW_SHOT.is_file():
        tables.append(_few_shot_table(read_json(FEW_SHOT), taxonomy))
    return tables


def _recipe_table(recipes: Mapping[str, Any]) -> str:
    lines = [
        _TRIED,
        "| recipe | role accuracy | label micro-F1 | macro-F1 | micro-F1 of the network alone | speed |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {r['role_accuracy']:.3f} | {r['micro_f1']:.3f} | {r['macro_f1']:.3f} | {r['alone']:.3f} | {r['speed']:.0f} |"
        for name, r in recipes.items()
    ]
    return "\n".join(lines)


def _few_shot_table(splits: Mapping[str, Any], taxonomy: Taxonomy) -> str:
    names = taxonomy.names()
    codes = list(next(iter(next(iter(splits.values())).values())))
    lines = [
        _OWN,
        "| split | examples | " + " | ".join(f"{code} {names[code]}" for code in codes) + " | mean |",
        "|---" * (len(codes) + 3) + "|",
    ]
    lines += [
        f"| {split} | {size} | "
        + " | ".join(f"{s[code]:.3f}" for code in codes)
        + f" | {sum(s.values()) / len(s):.3f} |"
        for split, sizes in splits.items()
        for size, s in sizes.items()
    ]
    return "\n".join(lines)


_RESULTS = (
    "## Results\n\n"
    "Printed by `mingze evaluate` (`make evaluate`). Dev chose thresholds and calibration; test and challenge were written by "
    "other writers and chose nothing. `seeds` are reference labels on five real documents. No sentence of theirs is in the corpora, but they are not a "
    "blind set: their labels and the errors on them were looked at during development, and the series `analytic-roles` and "
    "`naming-clauses` and the naming-clause augmentation were made for what was seen there. Read the seeds figures as optimistic."
)

_TRIED = (
    "## What was tried\n\n"
    "Scores on dev after a short run on a share of the corpus (`models/configs/recipes.toml`; printed by "
    "`python -m models.evaluation.recipes`): good for comparing rows, not for judging the released model. "
    "`speed` is statements of dev a second through the network, as measured in that run.\n"
)

_OWN = (
    "## Labels of a user's own\n\n"
    "F1 of labels that training left out, learnt from a few examples each (`make few-shot`; mean of three draws; a model "
    "trained for that purpose on a share of the corpus):\n"
)

_LIMITS = (
    "## Limits\n\n"
    "- The corpora were written for this project; nothing in them is a real document. Wording of real reports that nobody thought of "
    "is where errors are to be expected: read what is marked `needs_review`.\n"
    "- Statements are judged one by one, without the heading above them: a sentence that is a cause or a requirement only by its "
    "place is taken for what it looks like.\n"
    "- The writers of test and challenge saw no training text, but even after reading real pages they write plainer than real documents are: the distance between test "
    "and seeds is what real reports may cost.\n"
    "- Plan passages of dev were read error by error while the grammar was mended (of the second round two thirds); only those of test are unseen.\n"
    "- Traditional characters and other languages than Chinese were not trained.\n"
    "- Intended for sorting and finding, with a person who checks; not for decisions about persons."
)
