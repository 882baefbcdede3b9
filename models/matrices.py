"""Matrices in 8 bits: row-wise symmetric quantisation, ``w = q * scale``, ``scale = max|w| / 127``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
ByteArray = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A quantised matrix: `values` (rows, columns) int8 and `scale` (rows, 1) float32."""

    values: ByteArray
    scale: FloatArray

    def dequantised(self) -> FloatArray:
        """Return the float32 matrix."""
        product: FloatArray = self.values.astype(np.float32) * self.scale
        return product


def quantise(matrix: FloatArray) -> Matrix:
    """Quantise a float matrix (rows, columns) to 8 bits per weight."""
    scale = np.abs(matrix).max(axis=1, keepdims=True).astype(np.float32) / 127.0
    scale = np.where(scale == 0, np.float32(1.0), scale).astype(np.float32)
    values = np.clip(np.rint(matrix / scale), -127, 127).astype(np.int8)
    return Matrix(values, scale)
