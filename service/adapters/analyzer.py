"""The trained models behind the port: the only file of the service that opens `models`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from corpora.schema.document import Document
from corpora.schema.plan import PlanItem
from corpora.schema.statement import Analysis, Classification
from corpora.taxonomy import Taxonomy
from models.analyzer import Analyzer, Passage, load_analyzer
from models.encoder.artifact import default_artifact
from models.errors import BackendError, ModelError, QueueFullError
from models.statements.own_labels import LEAST_EXAMPLES, TooFewExamples
from models.text.words import Segmenter
from service.domain.errors import InvalidRequest, NotReady, Overloaded
from service.ports import ModelIdentity, PlanPassage, Word


class ModelAnalyzer:
    """Holds one loaded artifact and one word segmenter."""

    def __init__(self, analyzer: Analyzer, segmenter: Segmenter) -> None:
        self._analyzer, self._segmenter = analyzer, segmenter

    def identity(self) -> ModelIdentity:
        """Say which model answers."""
        return ModelIdentity(self._analyzer.name, self._analyzer.version, self._analyzer.backend)

    def classify(self, texts: Sequence[str]) -> tuple[Classification, ...]:
        """Classify statements, in order."""
        try:
            return self._analyzer.classify(texts)
        except QueueFullError as error:
            raise Overloaded("等待处理的请求过多，请稍后重试") from error

    def explain(self, texts: Sequence[str]) -> tuple[Classification, ...]:
        """Classify statements and say which words carried each label."""
        words = [[word.span for word in self._segmenter.words(text)] for text in texts]
        try:
            return self._analyzer.explain(texts, words)
        except QueueFullError as error:
            raise Overloaded("等待处理的请求过多，请稍后重试") from error

    def extract(self, passages: Sequence[PlanPassage]) -> tuple[tuple[PlanItem, ...], ...]:
        """Extract plan items from passages, in order."""
        asked = [Passage(p.text, p.reference_date, p.events) for p in passages]
        try:
            return self._analyzer.extract(asked)
        except QueueFullError as error:
            raise Overloaded("等待处理的请求过多，请稍后重试") from error

    def analyse(self, document: Document, *, reference_date: date | None, events: Mapping[str, date]) -> Analysis:
        """Analyse a document."""
        try:
            return self._analyzer.analyse(document, reference_date=reference_date, events=events)
        except QueueFullError as error:
            raise Overloaded("等待处理的请求过多，请稍后重试") from error

    def segment(self, text: str) -> tuple[Word, ...]:
        """Split a text into words of the field."""
        return tuple(Word(w.text, w.tag, w.span.start, w.span.end) for w in self._segmenter.words(text))

    def close(self) -> None:
        """Stop the inference thread."""
        self._analyzer.close()


def open_analyzer(
    artifact: Path | None, *, taxonomy: Taxonomy | None, backend: str, threads: int, max_waiting: int | None
) -> ModelAnalyzer:
    """Load the models; labels of a taxonomy that they do not know are learnt from its examples.

    Raises:
        NotReady: if the artifact or the backend cannot be loaded; the message says why.
        InvalidRequest: if a new label has too few examples.
    """
    try:
        folder = artifact or default_artifact()
        analyzer = load_analyzer(folder, backend=backend, threads=threads, max_waiting=max_waiting)
        if taxonomy is not None:
            new = [label for label in taxonomy.labels if label.code not in analyzer.codes]
            analyzer = analyzer.with_labels(taxonomy.codes, new)
    except TooFewExamples as error:
        raise InvalidRequest(f"自定义标签的例句太少，每个新标签至少需要 {LEAST_EXAMPLES} 条（{error}）") from error
    except BackendError as error:
        raise NotReady(f"推理后端 {backend} 无法使用（{error}）") from error
    except ModelError as error:
        raise NotReady(f"模型无法加载：模型目录不存在、不完整或被改动（{error}）") from error
    return ModelAnalyzer(analyzer, Segmenter.from_default_lexicon())
