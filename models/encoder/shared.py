"""Lets texts that arrive together, from several threads, share forward passes."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Protocol

from models.encoder.backend import RawOutput
from models.encoder.config import NetworkConfig
from models.encoder.encoder import Encoded, Window
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


class WindowEncoder(TextEncoder, Protocol):
    """An encoder whose work can be done window by window."""

    def windows(self, texts: Sequence[str]) -> list[Window]:
        """Cut texts into windows, in order."""
        ...

    def infer(self, windows: Sequence[Window]) -> list[RawOutput]:
        """Run windows through the network, in order."""
        ...

    def join(self, texts: int, windows: Sequence[Window], outputs: Sequence[RawOutput]) -> list[Encoded]:
        """Join the outputs of all windows of a call into one answer for each text."""
        ...


@dataclass(slots=True)
class _Piece:
    windows: tuple[Window, ...]
    tokens: int
    answer: Future[list[RawOutput]] = field(default_factory=Future)


class SharedEncoder:
    """Wraps an encoder: callers block in their own thread, one worker thread runs joint batches.

    The unit of work is the window, and a round takes at most `round_texts` windows of at most `round_tokens` tokens
    together. A long request, be it of many texts or of one long text, is cut into pieces of that size, and a piece
    is handed in only when the one before is answered. So whoever comes with little to do waits for the round in
    progress and one piece of each request that was there before, never for the whole of a long one. Windows of like
    length go into the same piece, so that cutting costs nothing in padding.
    """

    def __init__(
        self, encoder: WindowEncoder, *, max_waiting: int, round_texts: int = 64, round_tokens: int = 4096
    ) -> None:
        self._encoder, self._round_texts, self._round_tokens = encoder, round_texts, round_tokens
        self._places = threading.BoundedSemaphore(max_waiting)
        self._waiting: deque[_Piece] = deque()
        self._closed = False
        self._change = threading.Condition()  # guards the two above
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
            QueueFullError: if too many calls are waiting already, or the encoder is closed before all is done.
        """
        if self._closed or not self._places.acquire(blocking=False):
            raise QueueFullError("too many requests are waiting for inference")
        try:
            windows = self._encoder.windows(texts)
            found: dict[int, RawOutput] = {}
            for piece in self._pieces(windows):
                found.update(zip(piece, self._ask([windows[index] for index in piece]), strict=True))
            return self._encoder.join(len(texts), windows, [found[index] for index in range(len(windows))])
        finally:
            self._places.release()

    def close(self) -> None:
        """Finish the pieces that are waiting and stop the worker thread; what comes later is refused."""
        with self._change:
            self._closed = True
            self._change.notify_all()
        self._worker.join()

    def _pieces(self, windows: Sequence[Window]) -> Iterator[list[int]]:
        """Group the numbers of windows, short ones first, into pieces of the size of a round."""
        piece: list[int] = []
        tokens = 0
        for index in sorted(range(len(windows)), key=lambda index: len(windows[index].ids)):
            size = len(windows[index].ids)
            if piece and (len(piece) == self._round_texts or tokens + size > self._round_tokens):
                yield piece
                piece, tokens = [], 0
            piece.append(index)
            tokens += size
        if piece:
            yield piece

    def _ask(self, windows: Sequence[Window]) -> list[RawOutput]:
        piece = _Piece(tuple(windows), sum(len(window.ids) for window in windows))
        with self._change:
            if self._closed:
                raise QueueFullError("the encoder was closed")
            self._waiting.append(piece)
            self._change.notify_all()
        return piece.answer.result()

    def _run(self) -> None:
        while together := self._next_round():
            self._answer(together)

    def _next_round(self) -> list[_Piece]:
        """Wait for pieces and take as many, in order, as a round holds; none where the encoder is closed and done."""
        with self._change:
            self._change.wait_for(lambda: self._waiting or self._closed)
            together: list[_Piece] = []
            texts = tokens = 0
            while self._waiting:
                following = self._waiting[0]
                texts, tokens = texts + len(following.windows), tokens + following.tokens
                if together and (texts > self._round_texts or tokens > self._round_tokens):
                    break
                together.append(self._waiting.popleft())
            return together

    def _answer(self, together: Sequence[_Piece]) -> None:
        try:
            outputs = self._encoder.infer([window for piece in together for window in piece.windows])
        except Exception as error:  # noqa: BLE001  every waiting caller must get the error, whatever it is
            for piece in together:
                piece.answer.set_exception(error)
            return
        start = 0
        for piece in together:
            piece.answer.set_result(outputs[start : start + len(piece.windows)])
            start += len(piece.windows)
