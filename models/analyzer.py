"""Document to analysis: the only place that knows the order of the steps."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpora.schema.document import Document
from corpora.schema.plan import PlanItem
from corpora.schema.span import Span
from corpora.schema.statement import Analysis, Classification, ClassifiedSentence, PrecedentScore, Sentence
from corpora.taxonomy import Label
from models.documents.issued import issued_on
from models.documents.kind import guess_kind
from models.encoder.artifact import CALIBRATION, LEXICAL, load_encoder, load_manifest, read_json
from models.encoder.encoder import Encoded
from models.encoder.shared import SharedEncoder, TextEncoder
from models.lexical import linear
from models.lexical.linear import LexicalScores
from models.matrices import FloatArray
from models.plans.extract import extract_document, extract_items
from models.plans.span_tagger import tagged_spans
from models.plans.tagged import TaggedSpan
from models.precedents import bank
from models.precedents.bank import PrecedentBank
from models.statements.calibration import Calibration
from models.statements.classifier import StatementClassifier
from models.statements.evidence import candidates, carried, without
from models.statements.own_labels import learn
from models.text.blocks import document_sentences, running_text
from models.text.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Passage:
    """A plan passage to extract from."""

    text: str
    reference_date: date | None = None
    events: Mapping[str, date] | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """Answers with what they were made of.

    Attributes:
        encoded: what the network says.
        words: what the lexical model says.
        label_logits: (texts, labels) joint scores.
    """

    answers: tuple[Classification, ...]
    encoded: tuple[Encoded, ...]
    words: LexicalScores
    label_logits: NDArray[np.float64]


class Analyzer:
    """Classifies statements, extracts plan items and analyses documents with one artifact.

    Safe to use from several threads if the encoder is.
    """

    def __init__(
        self,
        encoder: TextEncoder,
        classifier: StatementClassifier,
        precedents: PrecedentBank,
        *,
        name: str,
        version: str,
    ) -> None:
        self._encoder, self._classifier, self._precedents = encoder, classifier, precedents
        self.name, self.version = name, version

    @property
    def codes(self) -> tuple[str, ...]:
        """The labels that the network knows."""
        return self._encoder.config.labels

    def with_labels(self, wanted: Collection[str], own: Sequence[Label]) -> Analyzer:
        """Return an analyzer that gives other labels.

        Args:
            wanted: labels of the network that are given.
            own: labels that the network does not know, learnt from their examples.

        Raises:
            TooFewExamples: if one of them has too few examples.
        """
        learnt = learn(own, self._precedents, self._encoder) if own else None
        classifier = self._classifier.for_labels(wanted, learnt)
        return Analyzer(self._encoder, classifier, self._precedents, name=self.name, version=self.version)

    @property
    def backend(self) -> str:
        """Name of the inference backend in use."""
        return self._encoder.backend_name

    def classify(self, texts: Sequence[str]) -> tuple[Classification, ...]:
        """Classify statements, in order."""
        return self._classifier.classify(texts, self._encoder.encode(texts))

    def inspect(self, texts: Sequence[str]) -> Inspection:
        """Classify statements, and lay open what the answers were made of."""
        encoded = self._encoder.encode(texts)
        return Inspection(
            answers=self._classifier.classify(texts, encoded),
            encoded=tuple(encoded),
            words=self._classifier.words(texts),
            label_logits=self._classifier.label_logits(texts, encoded),
        )

    def explain(self, texts: Sequence[str], words: Sequence[Sequence[Span]]) -> tuple[Classification, ...]:
        """Classify statements, and give for each label the words that carried it and the nearest precedents.

        Args:
            texts: the statements.
            words: the words of each, in order of place.
        """
        found = self.classify(texts)
        return tuple(
            self._explained(text, candidates(text, cut), answer)
            for text, cut, answer in zip(texts, words, found, strict=True)
        )

    def _explained(self, text: str, words: Sequence[Span], answer: Classification) -> Classification:
        if not answer.labels or len(words) < 2:
            return answer
        variants = [text, *(without(text, word) for word in words)]
        encoded = self._encoder.encode(variants)
        scores, vector = self._classifier.label_logits(variants, encoded).astype(np.float32), encoded[0].vector
        labels = []
        for label in answer.labels:
            column = scores[:, self._classifier.column(label.code)]
            evidence = carried(text, words, float(column[0]), column[1:])
            labels.append(replace(label, evidence=evidence, precedents=self._like(vector, label.code)))
        return replace(answer, labels=tuple(labels))

    def _like(self, vector: FloatArray, code: str) -> tuple[PrecedentScore, ...]:
        return tuple(
            PrecedentScore(near.precedent.id, near.precedent.text, near.likeness)
            for near in self._precedents.nearest(vector, label=code)
        )

    def extract(self, passages: Sequence[Passage]) -> tuple[tuple[PlanItem, ...], ...]:
        """Extract the plan items of each passage, in order; spans point into the passage."""
        sentences = [split_sentences(passage.text) for passage in passages]
        texts = [span.of(passage.text) for passage, spans in zip(passages, sentences, strict=True) for span in spans]
        encoded = iter(self._encoder.encode(texts))
        return tuple(
            extract_items(
                passage.text,
                reference_date=passage.reference_date,
                events=passage.events,
                tags=self._tags(passage.text, spans, encoded),
            )
            for passage, spans in zip(passages, sentences, strict=True)
        )

    def analyse(
        self, document: Document, *, reference_date: date | None = None, events: Mapping[str, date] | None = None
    ) -> Analysis:
        """Analyse a document.

        Args:
            document: the document as read.
            reference_date: the day from which left-out years and relative limits count; by default the
                document's own date of issue.
            events: dates of events that limits hang on.
        """
        issued = issued_on(running_text(document))
        sentences = document_sentences(document)
        spans = [sentence.span for sentence in sentences]
        texts = [span.of(document.text) for span in spans]
        encoded = self._encoder.encode(texts)
        classifications = self._classifier.classify(texts, encoded)
        items = extract_document(
            document,
            reference_date=reference_date or issued,
            events=events or {},
            tags=self._tags(document.text, spans, iter(encoded)),
        )
        return Analysis(
            document=document,
            kind=guess_kind(document.text, [c.role for c in classifications]),
            date=issued,
            sentences=_pair(sentences, classifications),
            items=items,
            model_name=self.name,
            model_version=self.version,
            warnings=document.warnings,
        )

    def _tags(self, text: str, spans: Sequence[Span], encoded: Iterator[Encoded]) -> tuple[TaggedSpan, ...]:
        tags = self._encoder.config.tags
        return tuple(
            tagged for span in spans for tagged in tagged_spans(span.of(text), next(encoded), tags, shift=span.start)
        )

    def close(self) -> None:
        """Stop the inference thread, if there is one."""
        if isinstance(self._encoder, SharedEncoder):
            self._encoder.close()


def _pair(sentences: Sequence[Sentence], classifications: Sequence[Classification]) -> tuple[ClassifiedSentence, ...]:
    return tuple(ClassifiedSentence(s, c) for s, c in zip(sentences, classifications, strict=True))


def load_analyzer(
    folder: Path, *, backend: str = "openvino", threads: int = 2, max_waiting: int | None = None
) -> Analyzer:
    """Load an artifact.

    Args:
        folder: the artifact folder.
        backend: ``openvino`` or ``torch``.
        threads: CPU threads of one forward pass.
        max_waiting: if given, calls from several threads share batches, and at most so many may wait.

    Raises:
        ArtifactError: if the artifact is incomplete or altered.
        BackendError: if the backend is not installed.
    """
    manifest = load_manifest(folder)
    encoder = load_encoder(folder, backend=backend, threads=threads)
    calibration = Calibration.from_json(read_json(folder / CALIBRATION))
    classifier = StatementClassifier(encoder.config.labels, linear.load(folder / LEXICAL), calibration)
    shared: TextEncoder = encoder if max_waiting is None else SharedEncoder(encoder, max_waiting=max_waiting)
    return Analyzer(shared, classifier, bank.load(folder), name=manifest.name, version=manifest.version)
