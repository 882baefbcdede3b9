"""What the routes share: the container, the models once they are loaded, and the threads that use them."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from fastapi import Request

from service.bootstrap import Container
from service.domain.errors import MingzeError, NotReady, Overloaded
from service.ports import AnalyzerPort

_LOG = logging.getLogger("mingze")
_LOADING = "模型正在加载，请稍后重试"
#: Threads that parse and wait for inference; more of them would only queue elsewhere.
_MOST_THREADS = 32

Answer = TypeVar("Answer")


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
        except Exception as error:  # noqa: BLE001  else the service would say for ever that it is loading
            self._failure = f"模型无法加载（{type(error).__name__}），详情见服务日志"
            _LOG.exception("models could not be loaded")
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

    def get(self) -> AnalyzerPort:
        """Return the models.

        Raises:
            NotReady: while they load, or if they could not be loaded.
        """
        if self._analyzer is None:
            raise NotReady(self._failure or _LOADING)
        return self._analyzer

    def close(self) -> None:
        """Release the models."""
        close = getattr(self._analyzer, "close", None)
        if close is not None:
            close()


class Workers:
    """Threads for work that would block the event loop; takes in no more calls than allowed."""

    def __init__(self, most_waiting: int) -> None:
        self._most, self._taken = most_waiting, 0
        self._threads = ThreadPoolExecutor(min(most_waiting, _MOST_THREADS), thread_name_prefix="work")

    async def run(self, call: Callable[[], Answer]) -> Answer:
        """Run `call` in a thread; the event loop goes on.

        Raises:
            Overloaded: if too many calls are running or waiting already.
        """
        if self._taken >= self._most:
            raise Overloaded(f"已有 {self._taken} 个请求在等待处理，请稍后重试")
        self._taken += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, call)
        finally:
            self._taken -= 1

    def close(self) -> None:
        """Let running calls end, and drop those that have not begun."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def container_of(request: Request) -> Container:
    """Return the container of the application."""
    container: Container = request.app.state.container
    return container


def holder_of(request: Request) -> ModelHolder:
    """Return the model holder of the application."""
    holder: ModelHolder = request.app.state.models
    return holder


def workers_of(request: Request) -> Workers:
    """Return the worker threads of the application."""
    workers: Workers = request.app.state.workers
    return workers
