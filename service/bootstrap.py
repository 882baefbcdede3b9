"""The composition root: builds what the edges need from the settings."""

from __future__ import annotations

from dataclasses import dataclass

from corpora.errors import TaxonomyError
from corpora.taxonomy import Taxonomy, load_taxonomy
from service.adapters.analyzer import ModelAnalyzer, open_analyzer
from service.adapters.clock import SystemClock
from service.domain.errors import InvalidRequest
from service.ingest.limits import Limits
from service.ingest.reader import FileReader
from service.ports import Clock, DocumentReader
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Container:
    """Everything but the models, which take seconds to load and are opened apart."""

    settings: Settings
    taxonomy: Taxonomy
    reader: DocumentReader
    clock: Clock


def build(settings: Settings) -> Container:
    """Build the container.

    Raises:
        InvalidRequest: if the user's taxonomy is not valid.
    """
    limits = Limits(
        max_bytes=settings.max_bytes,
        max_characters=settings.max_characters,
        max_pages=settings.max_pages,
        max_cells=settings.max_cells,
    )
    return Container(settings, taxonomy_of(settings), FileReader(limits), SystemClock())


def taxonomy_of(settings: Settings) -> Taxonomy:
    """Read the label system of the settings.

    Raises:
        InvalidRequest: if it is not valid.
    """
    try:
        return load_taxonomy(settings.taxonomy)
    except TaxonomyError as error:
        raise InvalidRequest(f"标签体系文件有误：{error}") from error


def load_models(settings: Settings, *, shared: bool) -> ModelAnalyzer:
    """Open the models; `shared` lets calls from several threads share batches.

    Raises:
        NotReady: if they cannot be loaded.
    """
    return open_analyzer(
        settings.artifact,
        taxonomy=taxonomy_of(settings) if settings.taxonomy else None,
        backend=settings.backend,
        threads=settings.threads,
        max_waiting=settings.max_waiting if shared else None,
    )
