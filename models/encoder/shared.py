"""Lets texts that arrive together, from several threads, share forward passes."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Protocol

from models.encoder.config import NetworkConfig
from models.encoder.encoder import Encoded
from models.errors import QueueFullError


class TextEncoder(Protocol):
    """Anything that encodes texts: an encoder, or one that is shared between threads."""

    @property
    def config(self) -> NetworkConfig:
        """Sizes and output names of the network."""
        ...

    @property
    def backend_name(self) -> str:
        """Name of the backend in use."""
        ...

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the logits of each text, in order."""
        ...


@dataclass(slots=True)
class _Request:
    texts: tuple[str, ...]
    answer: Future[list[Encoded]] = field(default_factory=Future)


class SharedEncoder:
    """Wraps an encoder: callers block in their own thread, one worker thread runs joint batches.

    A round takes what is waiting, up to `round_texts` texts, so a small request never waits for more than the
    round in progress and the one it joins; a long request is cut into pieces that take turns with others. Texts of
    like length go into the same piece, so that cutting costs nothing in padding.
    """

    def __init__(self, encoder: TextEncoder, *, max_waiting: int, round_texts: int = 64) -> None:
        self._encoder, self._round_texts = encoder, round_texts
        self._places = threading.BoundedSemaphore(max_waiting)
        self._requests: queue.SimpleQueue[_Request | None] = queue.SimpleQueue()
        self._closed = False
        self._worker = threading.Thread(target=self._run, name="inference", daemon=True)
        self._worker.start()

    @property
    def config(self) -> NetworkConfig:
        """Sizes and output names of the network."""
        return self._encoder.config

    @property
    def backend_name(self) -> str:
        """Name of the backend in use."""
        return self._encoder.backend_name

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the logits of each text, in order; blocks the calling thread only.

        Raises:
            QueueFullError: if too many calls are waiting already, or the encoder is closed.
        """
        if self._closed or not self._places.acquire(blocking=False):
            raise QueueFullError("too many requests are waiting for inference")
        try:
            order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
            found: dict[int, Encoded] = {}
            for start in range(0, len(order), self._round_texts):
                piece = order[start : start + self._round_texts]
                request = _Request(tuple(texts[index] for index in piece))
                self._requests.put(request)
                found.update(zip(piece, request.answer.result(), strict=True))
            return [found[index] for index in range(len(texts))]
        finally:
            self._places.release()

    def close(self) -> None:
        """Finish what is waiting and stop the worker thread."""
        self._closed = True
        self._requests.put(None)
        self._worker.join()

    def _run(self) -> None:
        while (first := self._requests.get()) is not None:
            together, stop = self._collect(first)
            self._answer(together)
            if stop:
                return

    def _collect(self, first: _Request) -> tuple[list[_Request], bool]:
        together, count = [first], len(first.texts)
        while count < self._round_texts and not self._requests.empty():
            following = self._requests.get()
            if following is None:
                return together, True
            together.append(following)
            count += len(following.texts)
        return together, False

    def _answer(self, together: Sequence[_Request]) -> None:
        try:
            encoded = self._encoder.encode([text for request in together for text in request.texts])
        except Exception as error:  # noqa: BLE001  every waiting caller must get the error, whatever it is
            for request in together:
                request.answer.set_exception(error)
            return
        start = 0
        for request in together:
            request.answer.set_result(encoded[start : start + len(request.texts)])
            start += len(request.texts)
