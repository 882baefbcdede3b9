"""What the use cases need from the world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from corpora.schema.document import Document
from corpora.schema.plan import PlanItem
from corpora.schema.statement import Analysis, Classification


@dataclass(frozen=True, slots=True)
class PlanPassage:
    """A plan passage with the dates that its limits count from."""

    text: str
    reference_date: date | None
    events: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which model answers."""

    name: str
    version: str
    backend: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its part of speech and its place in the text."""

    text: str
    tag: str
    start: int
    end: int


class AnalyzerPort(Protocol):
    """The trained models; safe to call from several threads."""

    def identity(self) -> ModelIdentity:
        """Say which model answers."""
        ...

    def classify(self, texts: Sequence[str]) -> tuple[Classification, ...]:
        """Classify statements, in order."""
        ...

    def explain(self, texts: Sequence[str]) -> tuple[Classification, ...]:
        """Classify statements and say which words carried each label."""
        ...

    def extract(self, passages: Sequence[PlanPassage]) -> tuple[tuple[PlanItem, ...], ...]:
        """Extract plan items from passages, in order."""
        ...

    def analyse(self, document: Document, *, reference_date: date | None, events: Mapping[str, date]) -> Analysis:
        """Analyse a document."""
        ...

    def segment(self, text: str) -> tuple[Word, ...]:
        """Split a text into words of the field."""
        ...


class DocumentReader(Protocol):
    """Turns bytes into a document, or raises one of our input errors."""

    def read(self, data: bytes, *, name: str) -> Document:
        """Read a file."""
        ...

    def read_text(self, text: str, *, name: str) -> Document:
        """Make a document of a text that was handed over as such."""
        ...


class Clock(Protocol):
    """Tells the day."""

    def today(self) -> date:
        """Return today's date."""
        ...
