"""What the routes share: the container, and the models once they are loaded."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from fastapi import Request

from service.bootstrap import Container
from service.domain.errors import MingzeError, NotReady
from service.ports import AnalyzerPort

_LOG = logging.getLogger("mingze")


class ModelHolder:
    """Loads the models in a thread of its own, so that the service answers health checks meanwhile."""

    def __init__(self, load: Callable[[], AnalyzerPort]) -> None:
        self._load = load
        self._analyzer: AnalyzerPort | None = None
        self._failure: str | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to load."""
        self._thread = threading.Thread(target=self._run, name="model-loader", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            analyzer = self._load()
            analyzer.classify(["预热。"])
        except MingzeError as error:
            self._failure = error.detail
            _LOG.error("models could not be loaded: %s", error.detail)
            return
        self._analyzer = analyzer

    def wait(self, seconds: float) -> None:
        """Wait until loading has ended, at most `seconds`."""
        if self._thread is not None:
            self._thread.join(seconds)

    @property
    def ready(self) -> bool:
        """Whether the models are loaded."""
        return self._analyzer is not None

    @property
    def failure(self) -> str | None:
        """Why loading failed, in Chinese, if it did."""
        return self._failure

    def get(self) -> AnalyzerPort:
        """Return the models.

        Raises:
            NotReady: while they load, or if they could not be loaded.
        """
        if self._analyzer is None:
            raise NotReady(self._failure or "模型正在加载，请稍后重试")
        return self._analyzer

    def close(self) -> None:
        """Release the models."""
        close = getattr(self._analyzer, "close", None)
        if close is not None:
            close()


def container_of(request: Request) -> Container:
    """Return the container of the application."""
    container: Container = request.app.state.container
    return container


def holder_of(request: Request) -> ModelHolder:
    """Return the model holder of the application."""
    holder: ModelHolder = request.app.state.models
    return holder
