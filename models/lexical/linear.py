"""A linear model over character n-grams: the second opinion beside the network.

It reads wording where the network reads meaning. One file: keys, document weights and a matrix in 8 bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from models.errors import ArtifactError
from models.lexical.features import KeyArray, grams
from models.matrices import FloatArray, Matrix


@dataclass(frozen=True, slots=True)
class LexicalScores:
    """Scores of n texts: `role` (n, roles) and `label` (n, labels), signed distances from the decision planes."""

    role: FloatArray
    label: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class LexicalModel:
    """The linear model.

    Attributes:
        keys: (features,) sorted keys of the n-grams that it knows.
        rarity: (features,) inverse document frequency of each.
        weights: (features, roles + labels), the roles first.
        bias: (roles + labels,) float32.
        roles: how many of the outputs are roles.
    """

    keys: KeyArray
    rarity: FloatArray
    weights: Matrix
    bias: FloatArray
    roles: int

    def scores(self, texts: Sequence[str]) -> LexicalScores:
        """Score texts; one without any known n-gram gets the bias alone."""
        found = np.tile(self.bias, (len(texts), 1))
        for row, text in enumerate(texts):
            places, weights = weighted(text, self.keys, self.rarity)
            if len(places):
                scaled = weights * self.weights.scale[places, 0]
                found[row] += scaled @ self.weights.values[places].astype(np.float32)
        return LexicalScores(found[:, : self.roles], found[:, self.roles :])


def weighted(text: str, keys: KeyArray, rarity: FloatArray) -> tuple[NDArray[np.intp], FloatArray]:
    """Return which known n-grams a text has, and their TF-IDF weights (sublinear counts, unit length)."""
    found, counts = np.unique(grams(text), return_counts=True)
    places = np.searchsorted(keys, found)
    known = places < len(keys)
    known[known] = keys[places[known]] == found[known]
    places, counts = places[known], counts[known]
    weights = (1.0 + np.log(counts)) * rarity[places]
    length = np.linalg.norm(weights)
    return places, (weights / length if length > 0 else weights).astype(np.float32)


def save(model: LexicalModel, path: Path) -> None:
    """Write the model file."""
    tensors: dict[str, NDArray[np.generic]] = {
        "keys": model.keys,
        "rarity": model.rarity.astype(np.float16),
        "values": model.weights.values,
        "scale": model.weights.scale[:, 0].astype(np.float16),
        "bias": model.bias,
        "roles": np.array([model.roles], dtype=np.int64),
    }
    save_file({name: np.ascontiguousarray(value) for name, value in tensors.items()}, str(path))


def load(path: Path) -> LexicalModel:
    """Read a model file written by `save`.

    Raises:
        ArtifactError: if the file is not one.
    """
    try:
        tensors = load_file(str(path))
        return LexicalModel(
            keys=tensors["keys"],
            rarity=tensors["rarity"].astype(np.float32),
            weights=Matrix(tensors["values"], tensors["scale"].astype(np.float32)[:, np.newaxis]),
            bias=tensors["bias"],
            roles=int(tensors["roles"][0]),
        )
    except (OSError, KeyError, SafetensorError) as error:
        raise ArtifactError(f"{path.name}: not a lexical model: {error!r}") from error
