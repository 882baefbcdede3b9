"""Sentences, their roles and labels, and the analysis of a whole document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpora.schema.document import CellAddress, Document
from corpora.schema.plan import PlanItem
from corpora.schema.span import Span


class Role(StrEnum):
    """What a sentence does in its document; the order is the order of the model's outputs."""

    PROBLEM = "problem"
    CAUSE = "cause"
    MEASURE = "measure"
    REQUIREMENT = "requirement"
    ACHIEVEMENT = "achievement"
    ASSIGNMENT = "assignment"
    BACKGROUND = "background"
    HEADING = "heading"


#: Roles that may carry labels; all others never do.
LABELLED_ROLES = frozenset({Role.PROBLEM, Role.CAUSE, Role.HEADING})


class DocumentKind(StrEnum):
    """The genre of a document."""

    FEEDBACK = "feedback"
    PLAN = "plan"
    PROGRESS = "progress"
    SELF_CHECK = "self_check"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that carried a label: ``span.of(statement) == text``; `weight` is their share of what is listed, in (0, 1]."""

    span: Span
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class PrecedentScore:
    """A labelled statement of the corpus that is like the one at hand; `likeness` is a cosine, at most 1."""

    id: str
    text: str
    likeness: float


@dataclass(frozen=True, slots=True)
class LabelScore:
    """A label with its calibrated probability in [0, 1]; evidence and precedents, best first, only if they were asked for."""

    code: str
    score: float
    evidence: tuple[Evidence, ...] = ()
    precedents: tuple[PrecedentScore, ...] = ()


@dataclass(frozen=True, slots=True)
class Classification:
    """The model's answer for one statement; labels best first."""

    role: Role
    role_score: float
    labels: tuple[LabelScore, ...]
    needs_review: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document; ``span`` points into ``Document.text``."""

    span: Span
    page: int | None = None
    cell: CellAddress | None = None
    heading: bool = False


@dataclass(frozen=True, slots=True)
class ClassifiedSentence:
    """A sentence together with its classification."""

    sentence: Sentence
    classification: Classification


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything the models claim about one document."""

    document: Document
    kind: DocumentKind
    date: date | None
    sentences: tuple[ClassifiedSentence, ...]
    items: tuple[PlanItem, ...]
    model_name: str
    model_version: str
    warnings: tuple[str, ...] = ()
