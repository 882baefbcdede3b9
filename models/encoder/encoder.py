"""Text in, logits out: tokenisation, windows for long texts, length-bucketed batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from models.encoder.backend import Backend, FloatArray, IntArray, RawOutput
from models.encoder.config import NetworkConfig

_CLS, _PAD, _SEP = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the network says about one text.

    Attributes:
        role: (roles,) logits.
        label: (labels,) logits.
        tag: (tokens, tag outputs) logits of the content tokens.
        offsets: for each content token its half-open code-point interval in the text.
        vector: (hidden,) mean of the tokens' last hidden states, for comparing texts.
    """

    role: FloatArray
    label: FloatArray
    tag: FloatArray
    offsets: tuple[tuple[int, int], ...]
    vector: FloatArray


@dataclass(frozen=True, slots=True)
class Window:
    """What the network sees at once: a text, or a part of a long one.

    Attributes:
        text: number of the text within its call.
        ids: token ids with the marks of beginning and end.
        offsets: for each content token its half-open code-point interval in the text.
    """

    text: int
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]


class Encoder:
    """Runs texts of any length through a backend; results do not depend on how texts are batched together."""

    def __init__(
        self, config: NetworkConfig, tokenizer: Tokenizer, backend: Backend, *, batch_tokens: int = 512
    ) -> None:
        self._config, self._tokenizer, self._backend = config, tokenizer, backend
        self._batch_tokens = batch_tokens

    @property
    def config(self) -> NetworkConfig:
        """Sizes and output names of the network."""
        return self._config

    @property
    def backend_name(self) -> str:
        """Name of the backend in use."""
        return self._backend.name

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Return the logits of each text, in order; a text without any token gets zero logits."""
        windows = self.windows(texts)
        return self.join(len(texts), windows, self.infer(windows))

    def windows(self, texts: Sequence[str]) -> list[Window]:
        """Cut texts into windows, in order; one of at most ``max_tokens`` tokens for every part of a text."""
        room = self._config.max_tokens - 2
        return [
            Window(
                number, (_CLS, *encoding.ids[start : start + room], _SEP), tuple(encoding.offsets[start : start + room])
            )
            for number, encoding in enumerate(self._tokenizer.encode_batch(list(texts), add_special_tokens=False))
            for start in range(0, len(encoding.ids), room)
        ]

    def infer(self, windows: Sequence[Window]) -> list[RawOutput]:
        """Run windows through the network; the output of each, in order, has no batch dimension."""
        raw: dict[int, RawOutput] = {}
        for batch in self._batches(windows):
            ids, mask = _pad([windows[i].ids for i in batch])
            output = self._backend.infer(ids, mask)
            for row, index in enumerate(batch):
                raw[index] = RawOutput(output.role[row], output.label[row], output.tag[row], output.vector[row])
        return [raw[index] for index in range(len(windows))]

    def join(self, texts: int, windows: Sequence[Window], outputs: Sequence[RawOutput]) -> list[Encoded]:
        """Join the outputs of the windows of a call into one answer for each of its `texts` texts."""
        parts: list[list[tuple[Window, RawOutput]]] = [[] for _ in range(texts)]
        for window, output in zip(windows, outputs, strict=True):
            parts[window.text].append((window, output))
        return [self._merge(part) for part in parts]

    def _batches(self, windows: Sequence[Window]) -> Iterator[list[int]]:
        """Group windows of like length, so that little is spent on padding."""
        order = sorted(range(len(windows)), key=lambda i: (len(windows[i].ids), i))
        batch: list[int] = []
        for index in order:
            if batch and len(windows[index].ids) * (len(batch) + 1) > self._batch_tokens:
                yield batch
                batch = []
            batch.append(index)
        if batch:
            yield batch

    def _merge(self, parts: Sequence[tuple[Window, RawOutput]]) -> Encoded:
        """Join the windows of one text: the mean of role logits and vectors, the highest logit of each label."""
        if not parts:
            config = self._config
            empty = np.zeros((0, config.tag_outputs), dtype=np.float32)
            roles = np.zeros(len(config.roles), dtype=np.float32)
            labels = np.full(len(config.labels), -20.0, dtype=np.float32)
            return Encoded(roles, labels, empty, (), np.zeros(config.hidden, dtype=np.float32))
        tags = [raw.tag[1 : 1 + len(window.offsets)] for window, raw in parts]
        return Encoded(
            np.mean([raw.role for _, raw in parts], axis=0, dtype=np.float32),
            np.max([raw.label for _, raw in parts], axis=0),
            np.concatenate(tags),
            tuple(offset for window, _ in parts for offset in window.offsets),
            np.mean([raw.vector for _, raw in parts], axis=0, dtype=np.float32),
        )


def _pad(rows: Sequence[tuple[int, ...]]) -> tuple[IntArray, IntArray]:
    width = max(len(row) for row in rows)
    ids = np.full((len(rows), width), _PAD, dtype=np.int64)
    mask = np.zeros((len(rows), width), dtype=np.int64)
    for index, row in enumerate(rows):
        ids[index, : len(row)] = row
        mask[index, : len(row)] = 1
    return ids, mask
