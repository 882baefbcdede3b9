"""The port behind which the forward pass runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RawOutput:
    """Logits of a batch.

    Attributes:
        role: (batch, roles).
        label: (batch, labels).
        tag: (batch, tokens, tag outputs); padding positions hold arbitrary values.
        vector: (batch, hidden), the mean of the tokens' last hidden states.
    """

    role: FloatArray
    label: FloatArray
    tag: FloatArray
    vector: FloatArray


class Backend(Protocol):
    """Runs the network; safe to call from several threads."""

    @property
    def name(self) -> str:
        """Name of the backend, for reports."""
        ...

    def infer(self, ids: IntArray, mask: IntArray) -> RawOutput:
        """Run one padded batch; `ids` and `mask` have shape (batch, tokens)."""
        ...
