"""Starts the network from the base encoder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from models.encoder.config import NetworkConfig
from models.encoder.torch_network import Network
from models.training.base_weights import BaseModel, FloatArray

_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def network_config(
    base: BaseModel, *, layers: int, vocabulary: int, roles: Sequence[str], labels: Sequence[str]
) -> NetworkConfig:
    """Describe a network that keeps `layers` of the base model's layers."""
    return NetworkConfig(
        hidden=base.hidden,
        layers=layers,
        heads=base.heads,
        intermediate=base.intermediate,
        positions=base.positions,
        vocabulary=vocabulary,
        epsilon=base.epsilon,
        roles=tuple(roles),
        labels=tuple(labels),
    )


def from_base(
    base: BaseModel,
    config: NetworkConfig,
    *,
    old_ids: Sequence[int],
    spellings: Sequence[Sequence[int]],
    keep: Sequence[int],
) -> Network:
    """Build the network with the base encoder's weights.

    Args:
        base: the base encoder.
        config: sizes of the network; ``config.layers == len(keep)``.
        old_ids: for each id of the pruned vocabulary its id in the base vocabulary.
        spellings: for each piece added after those, the ids of the pieces whose mean vector it starts from.
        keep: which layers of the base encoder to keep, from the bottom up.

    Raises:
        ValueError: if the number of kept layers does not fit the configuration.
    """
    if len(keep) != config.layers:
        raise ValueError(f"{config.layers} layers configured, {len(keep)} kept")
    tensors = base.tensors
    words = tensors["emb.word"][list(old_ids)]
    added = [words[list(spelling)].mean(axis=0) for spelling in spellings]
    state = {
        "embeddings.word_embeddings.weight": np.stack([*words, *added]).astype(np.float32),
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(base.positions, base.hidden),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(2, base.hidden),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for new, old in enumerate(keep):
        state.update(_layer(tensors, new, old))
    network = Network(config)
    missing = network.encoder.load_state_dict({k: torch.from_numpy(v.copy()) for k, v in state.items()}, strict=False)
    if missing.unexpected_keys:
        raise ValueError(f"base weights do not fit the network: {missing.unexpected_keys!r}")
    return network


def _layer(tensors: dict[str, FloatArray], new: int, old: int) -> dict[str, FloatArray]:
    return {
        f"encoder.layer.{new}.{theirs}.{long}": tensors[f"l{old}.{ours}.{short}"]
        for ours, theirs in _PARTS.items()
        for short, long in (("w", "weight"), ("b", "bias"))
    }
