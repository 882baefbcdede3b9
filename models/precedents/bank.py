"""Statements of the corpora as the network sees them: precedents for an answer, and the background of users' own labels."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from corpora.schema.statement import Role
from models.encoder.artifact import PRECEDENTS
from models.errors import ArtifactError
from models.matrices import FloatArray, Matrix, quantise

TEXTS, VECTORS = PRECEDENTS


@dataclass(frozen=True, slots=True)
class Precedent:
    """A labelled statement of the training corpus."""

    id: str
    text: str
    role: Role
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nearest:
    """A precedent with its likeness to a statement: the cosine of the centred vectors, -1 to 1."""

    precedent: Precedent
    likeness: float


class PrecedentBank:
    """Precedents as the network sees them.

    Attributes:
        vectors: (precedents, hidden) in 8 bits, as seen from the centre.
        centre: (hidden,) mean of the vectors.
        logits: (precedents, labels) what the network's label head says.
    """

    def __init__(
        self, precedents: Sequence[Precedent], vectors: Matrix, centre: FloatArray, logits: FloatArray
    ) -> None:
        self.precedents, self.vectors, self.centre, self.logits = tuple(precedents), vectors, centre, logits
        centred = vectors.dequantised()
        length = np.linalg.norm(centred, axis=1, keepdims=True)
        self._directions: FloatArray = (centred / np.where(length == 0, 1.0, length)).astype(np.float32)

    @classmethod
    def of(cls, precedents: Sequence[Precedent], vectors: FloatArray, logits: FloatArray) -> PrecedentBank:
        """Make a bank of precedents, their vectors, (precedents, hidden), and label logits, (precedents, labels)."""
        centre: FloatArray = vectors.mean(axis=0, dtype=np.float32)
        return cls(precedents, quantise(vectors - centre), centre, logits)

    def centred(self, vectors: FloatArray) -> FloatArray:
        """Return vectors (n, hidden) as seen from the bank's centre."""
        result: FloatArray = vectors - self.centre
        return result

    def nearest(self, vector: FloatArray, *, label: str | None = None, count: int = 3) -> tuple[Nearest, ...]:
        """Return the precedents most like a statement, best first.

        Args:
            vector: (hidden,) of the statement.
            label: only precedents that bear this label.
            count: how many at most.
        """
        centred = vector - self.centre
        length = float(np.linalg.norm(centred))
        likeness: NDArray[np.float32] = self._directions @ (centred / (length or 1.0))
        order = np.argsort(-likeness, kind="stable")
        fitting = (int(i) for i in order if label is None or label in self.precedents[int(i)].labels)
        return tuple(
            Nearest(self.precedents[i], round(float(likeness[i]), 4))
            for i, _ in zip(fitting, range(count), strict=False)
        )


def save(bank: PrecedentBank, folder: Path) -> None:
    """Write the bank's two files into an artifact folder."""
    with (folder / TEXTS).open("w", encoding="utf-8") as stream:
        for entry in bank.precedents:
            record = {"id": entry.id, "text": entry.text, "role": entry.role.value, "labels": list(entry.labels)}
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    tensors: dict[str, NDArray[np.generic]] = {
        "values": bank.vectors.values,
        "scale": bank.vectors.scale[:, 0],
        "centre": bank.centre,
        "logits": bank.logits.astype(np.float16),
    }
    save_file({name: np.ascontiguousarray(value) for name, value in tensors.items()}, str(folder / VECTORS))


def load(folder: Path) -> PrecedentBank:
    """Read the bank of an artifact folder.

    Raises:
        ArtifactError: if a file is missing, not valid, or the two do not belong together.
    """
    try:
        lines = (folder / TEXTS).read_text(encoding="utf-8").splitlines()
        precedents = [_precedent(json.loads(line)) for line in lines]
        tensors = load_file(str(folder / VECTORS))
        vectors = Matrix(tensors["values"], tensors["scale"][:, np.newaxis])
        centre, logits = tensors["centre"], tensors["logits"].astype(np.float32)
    except (OSError, KeyError, ValueError, SafetensorError) as error:
        raise ArtifactError(f"{folder.name}: the precedents cannot be read: {error!r}") from error
    if not len(vectors.values) == len(logits) == len(precedents):
        raise ArtifactError(f"{folder.name}: {len(precedents)} precedents, {len(vectors.values)} vectors")
    return PrecedentBank(precedents, vectors, centre, logits)


def _precedent(record: dict[str, object]) -> Precedent:
    match record:
        case {"id": str(name), "text": str(text), "role": str(role), "labels": [*labels]}:
            return Precedent(name, text, Role(role), tuple(map(str, labels)))
        case _:
            raise ValueError(f"not a precedent: {record!r}")
