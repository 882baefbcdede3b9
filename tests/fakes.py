"""Fakes typed against the ports; they answer by rule, without weights."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from corpora.schema.document import Block, Document
from corpora.schema.plan import (
    Deadline,
    DeadlineKind,
    PlanItem,
    Precision,
    Subject,
    SubjectKind,
    SubjectRole,
)
from corpora.schema.span import Span
from corpora.schema.statement import (
    Analysis,
    Classification,
    ClassifiedSentence,
    DocumentKind,
    Evidence,
    LabelScore,
    Role,
    Sentence,
)
from models.encoder.backend import IntArray, RawOutput
from service.domain.errors import EmptyDocument
from service.ports import ModelIdentity, PlanPassage, Word


class FixedClock:
    """Always the same day."""

    def __init__(self, day: date) -> None:
        self._day = day

    def today(self) -> date:
        return self._day


class PlainReader:
    """Reads UTF-8 text as one block per line."""

    def read(self, data: bytes, *, name: str) -> Document:
        return self.read_text(data.decode("utf-8"), name=name)

    def read_text(self, text: str, *, name: str) -> Document:
        if not text.strip():
            raise EmptyDocument(f"{name}：没有文字")
        blocks, at = [], 0
        for line in text.split("\n"):
            if line:
                blocks.append(Block(Span(at, at + len(line))))
            at += len(line) + 1
        return Document("fake", name, "txt", text, tuple(blocks), sha256="0" * 64)


class ScriptedAnalyzer:
    """Calls a statement a problem if it contains 不; finds one fixed item in every passage."""

    def identity(self) -> ModelIdentity:
        return ModelIdentity("scripted", "0", "none")

    def classify(self, texts: Sequence[str]) -> tuple[Classification, ...]:
        return tuple(self._one(text) for text in texts)

    def explain(self, texts: Sequence[str]) -> tuple[Classification, ...]:
        return tuple(self._explained(text, self._one(text)) for text in texts)

    def _explained(self, text: str, found: Classification) -> Classification:
        at = text.find("不")
        labels = (replace(label, evidence=(Evidence(Span(at, at + 1), "不", 1.0),)) for label in found.labels)
        return replace(found, labels=tuple(labels))

    def _one(self, text: str) -> Classification:
        if "不" in text:
            return Classification(Role.PROBLEM, 0.9, (LabelScore("ZG02", 0.8),), needs_review=False)
        return Classification(Role.BACKGROUND, 0.7, (), needs_review=True)

    def extract(self, passages: Sequence[PlanPassage]) -> tuple[tuple[PlanItem, ...], ...]:
        return tuple((item_of(passage.text),) for passage in passages)

    def analyse(self, document: Document, *, reference_date: date | None, events: Mapping[str, date]) -> Analysis:
        sentences = tuple(
            ClassifiedSentence(Sentence(block.span), self._one(block.span.of(document.text)))
            for block in document.blocks
        )
        return Analysis(
            document, DocumentKind.PLAN, reference_date, sentences, (item_of(document.text),), "scripted", "0"
        )

    def segment(self, text: str) -> tuple[Word, ...]:
        return tuple(Word(char, "x", i, i + 1) for i, char in enumerate(text))


def item_of(text: str) -> PlanItem:
    """An item over the whole text, with a subject and a limit at its first two characters."""
    end = min(2, len(text))
    return PlanItem(
        span=Span(0, len(text)),
        problem=None,
        problem_span=None,
        measures=(),
        subjects=(Subject(Span(0, end), SubjectRole.LEAD, SubjectKind.UNIT, text[:end]),),
        deadlines=(
            Deadline(
                text[:end],
                Span(0, end),
                DeadlineKind.BY,
                due=date(2023, 6, 30),
                precision=Precision.MONTH,
                ongoing=True,
            ),
        ),
    )


class CountingBackend:
    """A backend whose logits depend on the tokens alone; remembers the batches it was given."""

    name = "counting"

    def __init__(self, roles: int, labels: int, tags: int) -> None:
        self.roles, self.labels, self.tags = roles, labels, tags
        self.batches: list[tuple[int, int]] = []

    def infer(self, ids: IntArray, mask: IntArray) -> RawOutput:
        self.batches.append(ids.shape)
        total = (ids * mask).sum(axis=1, keepdims=True).astype(np.float32)
        role = np.repeat(total, self.roles, axis=1) % np.arange(3, 3 + self.roles)
        label = np.repeat(total, self.labels, axis=1) % np.arange(5, 5 + self.labels)
        tag = np.repeat((ids * mask)[:, :, None], self.tags, axis=2).astype(np.float32)
        return RawOutput(role.astype(np.float32), label.astype(np.float32), tag, total)


class WaitingAnalyzer(ScriptedAnalyzer):
    """Answers only once it is let go; tells when calls have reached it."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self._begun = threading.Semaphore(0)

    def await_calls(self, count: int) -> None:
        for _ in range(count):
            assert self._begun.acquire(timeout=10)

    def classify(self, texts: Sequence[str]) -> tuple[Classification, ...]:
        if list(texts) != ["预热。"]:
            self._begun.release()
            self.let_go.wait(20)
        return super().classify(texts)


class FailingAnalyzer(ScriptedAnalyzer):
    """Has a defect that texts with 崩溃 bring out."""

    def classify(self, texts: Sequence[str]) -> tuple[Classification, ...]:
        if any("崩溃" in text for text in texts):
            raise RuntimeError("a secret of the inside")
        return super().classify(texts)

    def analyse(self, document: Document, *, reference_date: date | None, events: Mapping[str, date]) -> Analysis:
        self.classify([document.text])
        return super().analyse(document, reference_date=reference_date, events=events)
