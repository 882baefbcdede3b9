"""`mingze evaluate`: our model beside the baselines, in one table."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from corpora.reader import Split, read_plans, read_statements
from corpora.schema.statement import Classification
from corpora.taxonomy import load_taxonomy
from models.analyzer import Analyzer, Inspection, Passage, load_analyzer
from models.encoder.artifact import METRICS, default_artifact
from models.evaluation.alone import LexicalAlone, NetworkAlone
from models.evaluation.baselines import keyword_baseline, svm_baseline
from models.evaluation.card import write_card
from models.evaluation.data import ReferenceSet, of_records, read_placed
from models.evaluation.plans import PlanScores, plan_scores
from models.evaluation.slices import by_group, calibration_errors, review_figures
from models.evaluation.zero_shot import zero_shot_baseline
from models.metrics import Predicted, StatementScores, per_label_f1, statement_scores

Report = Callable[[str], None]


def model_predictor(analyzer: Analyzer) -> Callable[[Sequence[str]], list[Predicted]]:
    """Return a predictor that answers exactly as users get it."""
    return lambda texts: predicted(analyzer.classify(texts))


def predicted(answers: Sequence[Classification]) -> list[Predicted]:
    """Return answers in the form that the scores take."""
    found = []
    for answer in answers:
        labels = [label.code for label in answer.labels]
        found.append(Predicted(answer.role.value, frozenset(labels), labels[0] if labels else ""))
    return found


def with_best(seen: Inspection, codes: Sequence[str]) -> list[Predicted]:
    """Return answers in the form that the scores take, with the highest label whether given or not."""
    best = seen.label_logits.argmax(axis=1)
    return [replace(p, best=codes[int(i)]) for p, i in zip(predicted(seen.answers), best, strict=True)]


def evaluate(artifact: Path | None, *, seeds: Path | None, output: Path | None, report: Report) -> None:
    """Print the table, and write ``metrics.json`` into the artifact (or to `output`).

    Raises:
        ArtifactError: if the artifact is not valid.
        CorpusError: if a data file is not valid.
    """
    folder = artifact or default_artifact()
    taxonomy = load_taxonomy()
    train, dev = read_statements(Split.TRAIN), read_statements(Split.DEV)
    test = read_statements(Split.TEST, for_evaluation=True)
    traps = read_statements(Split.CHALLENGE, for_evaluation=True)
    sets = [of_records("dev", dev), of_records("test", test), of_records("challenge", traps)]
    if seeds is not None and seeds.is_file():
        sets.append(read_placed(seeds))
    analyzer = load_analyzer(folder)
    ours = f"{analyzer.name}-{analyzer.version}"
    seen = {reference.name: analyzer.inspect(reference.texts) for reference in sets}
    answers = {name: inspection.answers for name, inspection in seen.items()}
    network = NetworkAlone(seen["dev"].encoded, dev, analyzer.codes)
    lexical = LexicalAlone(seen["dev"].words, dev, analyzer.codes)
    baselines = {
        "keywords": keyword_baseline(taxonomy),
        "tfidf-svm": svm_baseline(train, dev, taxonomy),
        "zero-shot": zero_shot_baseline(dev, taxonomy),
    }
    results: dict[str, dict[str, object]] = {}
    report(_HEADER)
    for reference in sets:
        found = {ours: with_best(seen[reference.name], analyzer.codes)}
        found["- network alone"] = network.decide(seen[reference.name].encoded)
        found["- n-grams alone"] = lexical.decide(seen[reference.name].words)
        found |= {name: predict(reference.texts) for name, predict in baselines.items()}
        for name, predictions in found.items():
            scores = statement_scores(predictions, reference.roles, reference.labels)
            report(_row(reference, name, scores))
            results.setdefault(reference.name, {})[name] = dataclasses.asdict(scores)
    plans = _evaluate_plans(analyzer, report)
    on_test, on_traps = predicted(answers["test"]), predicted(answers["challenge"])
    content = {
        "model": ours,
        "statements": results,
        "review": _review(answers, sets, report),
        "writers": _sliced("test by writer", by_group(test, on_test, lambda r: r.series), report),
        "traps": _sliced("challenge by trap", by_group(traps, on_traps, lambda r: r.register), report),
        "label_f1": {"test": per_label_f1(on_test, sets[1].labels)},
        "plans": plans,
    }
    target = output or folder / METRICS
    target.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    report(f"written to {target}")
    if output is None:
        write_card(folder, taxonomy)


_HEADER = (
    f"{'set':<10}{'n':>6}  {'model':<22}{'role acc':>9}{'micro F1':>10}{'macro F1':>10}{'top-1':>8}{'false alarms':>14}"
)


def _row(reference: ReferenceSet, name: str, scores: StatementScores) -> str:
    return (
        f"{reference.name:<10}{scores.count:>6}  {name:<22}{scores.role_accuracy:>9.3f}{scores.micro_f1:>10.3f}"
        f"{scores.macro_f1:>10.3f}{scores.first_right:>8.3f}{scores.false_alarms:>14.3f}"
    )


def _review(
    answers: Mapping[str, Sequence[Classification]], sets: Sequence[ReferenceSet], report: Report
) -> dict[str, dict[str, float]]:
    """Report what share need not be reviewed, how right that is, and how well confidences are calibrated."""
    found = {}
    for reference in sets:
        figures = review_figures(answers[reference.name], reference)
        errors = calibration_errors(answers[reference.name], reference)
        found[reference.name] = {**figures, **{f"{name}_ece": value for name, value in errors.items()}}
        report(
            f"{reference.name:<10}not marked for review {figures['coverage']:.3f}: wholly right {figures['precision']:.3f}, "
            f"role {figures['role_accuracy']:.3f}, labels F1 {figures['label_f1']:.3f}; calibration error "
            f"role {errors['role']:.3f}, labels {errors['label']:.3f}"
        )
    return found


def _sliced(title: str, groups: dict[str, dict[str, float]], report: Report) -> dict[str, dict[str, float]]:
    for name, scores in groups.items():
        report(
            f"{title}: {name:<14}{scores['count']:>5}  role {scores['role_accuracy']:.3f}  micro-F1 {scores['micro_f1']:.3f}  "
            f"false alarms {scores['false_alarms']:.3f}"
        )
    return groups


def _evaluate_plans(analyzer: Analyzer, report: Report) -> dict[str, dict[str, float]]:
    found = {}
    for split in (Split.DEV, Split.TEST):
        records = read_plans(split, for_evaluation=True)
        answers = analyzer.extract([Passage(r.text, r.reference_date, r.events) for r in records])
        scores: PlanScores = plan_scores(answers, [r.items for r in records])
        report(
            f"plans {split.value:<6}{len(records):>4} passages  subjects F1 {scores.subjects_f1:.3f}  "
            f"deadlines F1 {scores.deadlines_f1:.3f}  exact passages {scores.exact:.3f}"
        )
        found[split.value] = dataclasses.asdict(scores)
    return found
