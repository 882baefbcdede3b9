"""The one weight file: matrices as signed 8-bit numbers with a scale per row, vectors in float32.

Both backends read it: the OpenVINO graph keeps the word vectors in 8 bits and widens the rest, torch
reads everything back into floats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from models.matrices import FloatArray, Matrix, quantise

_SCALE = ".scale"


@dataclass(frozen=True, slots=True)
class Weights:
    """Named parameters of the network."""

    matrices: Mapping[str, Matrix]
    vectors: Mapping[str, FloatArray]

    def dense(self, name: str) -> FloatArray:
        """Return a parameter in float32, whichever way it is stored.

        Raises:
            KeyError: if there is no such parameter.
        """
        return self.matrices[name].dequantised() if name in self.matrices else self.vectors[name]


def pack(parameters: Mapping[str, FloatArray], *, keep_float: frozenset[str] = frozenset()) -> Weights:
    """Quantise every matrix except those named in `keep_float`."""
    matrices: dict[str, Matrix] = {}
    vectors: dict[str, FloatArray] = {}
    for name, value in parameters.items():
        if value.ndim == 2 and name not in keep_float:
            matrices[name] = quantise(value)
        else:
            vectors[name] = value.astype(np.float32)
    return Weights(matrices, vectors)


def save(weights: Weights, path: Path) -> None:
    """Write the weight file."""
    tensors: dict[str, NDArray[np.generic]] = {}
    for name, matrix in weights.matrices.items():
        tensors[name] = np.ascontiguousarray(matrix.values)
        tensors[name + _SCALE] = np.ascontiguousarray(matrix.scale)
    for name, vector in weights.vectors.items():
        tensors[name] = np.ascontiguousarray(vector)
    save_file(tensors, str(path))


def load(path: Path) -> Weights:
    """Read a weight file written by `save`."""
    tensors = load_file(str(path))
    matrices: dict[str, Matrix] = {}
    vectors: dict[str, FloatArray] = {}
    for name, value in tensors.items():
        if name.endswith(_SCALE):
            continue
        scale = tensors.get(name + _SCALE)
        if scale is not None:
            matrices[name] = Matrix(value, scale)
        else:
            vectors[name] = value
    return Weights(matrices, vectors)
