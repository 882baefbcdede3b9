"""Factories of the values that the ledger and the pages are made from."""

from __future__ import annotations

from datetime import date

from corpora.schema.document import Document
from corpora.schema.plan import Deadline, DeadlineKind, ItemStatus, PlanItem, Subject, SubjectKind, SubjectRole
from corpora.schema.span import Span
from corpora.schema.statement import (
    Analysis,
    Classification,
    ClassifiedSentence,
    DocumentKind,
    LabelScore,
    Role,
    Sentence,
)

TODAY = date(2023, 6, 1)
NOWHERE = Span(0, 0)


def deadline(kind: DeadlineKind = DeadlineKind.BY, **values: object) -> Deadline:
    return Deadline(**{"raw": "原文", "span": NOWHERE, "kind": kind, **values})  # type: ignore[arg-type]


def subject(
    name: str, role: SubjectRole = SubjectRole.RESPONSIBLE, kind: SubjectKind = SubjectKind.UNIT, **values: object
) -> Subject:
    return Subject(**{"span": NOWHERE, "role": role, "kind": kind, "name": name, **values})  # type: ignore[arg-type]


def item(*parts: Subject | Deadline, status: ItemStatus | None = None, **values: object) -> PlanItem:
    given = {
        "span": NOWHERE,
        "problem": "财务不规范",
        "problem_span": None,
        "measures": (),
        "subjects": tuple(part for part in parts if isinstance(part, Subject)),
        "deadlines": tuple(part for part in parts if isinstance(part, Deadline)),
        "status": status,
        **values,
    }
    return PlanItem(**given)  # type: ignore[arg-type]


def sentence(start: int, end: int, *labels: str, role: Role = Role.PROBLEM, review: bool = False) -> ClassifiedSentence:
    scores = tuple(LabelScore(code, 0.875 - n / 8) for n, code in enumerate(labels))
    return ClassifiedSentence(Sentence(Span(start, end)), Classification(role, 0.9, scores, needs_review=review))


def analysis(text: str = "", *parts: ClassifiedSentence | PlanItem) -> Analysis:
    return Analysis(
        Document("id", "方案.txt", "txt", text, ()),
        DocumentKind.PLAN,
        None,
        tuple(part for part in parts if isinstance(part, ClassifiedSentence)),
        tuple(part for part in parts if isinstance(part, PlanItem)),
        "scripted",
        "0",
        warnings=("编码按 GB18030 识别",),
    )
