"""Document to analysis: the only place that knows the order of the steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from corpora.schema.document import Document
from corpora.schema.plan import PlanItem
from corpora.schema.span import Span
from corpora.schema.statement import Analysis, Classification, ClassifiedSentence, Sentence
from models.documents.issued import issued_on
from models.documents.kind import guess_kind
from models.encoder.artifact import CALIBRATION, LEXICAL, load_encoder, load_manifest, read_json
from models.encoder.encoder import Encoded
from models.encoder.shared import SharedEncoder, TextEncoder
from models.lexical import linear
from models.plans.extract import extract_document, extract_items
from models.plans.span_tagger import tagged_spans
from models.plans.tagged import TaggedSpan
from models.statements.calibration import Calibration
from models.statements.classifier import StatementClassifier
from models.statements.evidence import candidates, carried, without
from models.text.blocks import document_sentences
from models.text.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Passage:
    """A plan passage to extract from."""

    text: str
    reference_date: date | None = None
    events: Mapping[str, date] | None = None


class Analyzer:
    """Classifies statements, extracts plan items and analyses documents with one artifact.

    Safe to use from several threads if the encoder is.
    """

    def __init__(self, encoder: TextEncoder, classifier: StatementClassifier, *, name: str, version: str) -> None:
        self._encoder, self._classifier = encoder, classifier
        self.name, self.version = name, version

    @property
    def backend(self) -> str:
        """Name of the inference backend in use."""
        return self._encoder.backend_name

    def classify(self, texts: Sequence[str]) -> tuple[Classification, ...]:
        """Classify statements, in order."""
        return self._classifier.classify(texts, self._encoder.encode(texts))

    def explain(self, texts: Sequence[str], words: Sequence[Sequence[Span]]) -> tuple[Classification, ...]:
        """Classify statements and say which words carried each label.

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
        scores = self._classifier.label_logits(variants, self._encoder.encode(variants)).astype(np.float32)
        labels = []
        for label in answer.labels:
            column = scores[:, self._classifier.column(label.code)]
            labels.append(replace(label, evidence=carried(text, words, float(column[0]), column[1:])))
        return replace(answer, labels=tuple(labels))

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
        issued = issued_on(document.text)
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
    return Analyzer(shared, classifier, name=manifest.name, version=manifest.version)
