"""The composition root: builds what the edges need from the settings."""

from __future__ import annotations

from dataclasses import dataclass

from corpora.taxonomy import Taxonomy, load_taxonomy
from service.adapters.analyzer import ModelAnalyzer, open_analyzer
from service.adapters.clock import SystemClock
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
    """Build the container."""
    limits = Limits(max_bytes=settings.max_bytes, max_characters=settings.max_characters, max_pages=settings.max_pages)
    return Container(settings, load_taxonomy(), FileReader(limits), SystemClock())


def load_models(settings: Settings, *, shared: bool) -> ModelAnalyzer:
    """Open the models; `shared` lets calls from several threads share batches.

    Raises:
        NotReady: if they cannot be loaded.
    """
    return open_analyzer(
        settings.artifact,
        backend=settings.backend,
        threads=settings.threads,
        max_waiting=settings.max_waiting if shared else None,
    )
