"""The network in torch: used to train it, and to run the same weights on a GPU."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from models.encoder.config import NetworkConfig
from models.encoder.weights import Weights
from models.matrices import FloatArray

#: Head parameters stay in float32: they are small, and rounding them would move every score.
FLOAT_PARAMETERS = frozenset(
    {"heads.role.weight", "heads.tag.weight", "heads.label.weight", "heads.label.query", "heads.label.focus"}
)


class Network(nn.Module):  # type: ignore[misc]  # torch is an optional install without checked stubs
    """Shared BERT encoder with heads for sentence role, labels and token tags.

    The label head adds, for each label, a linear reading of the mean of the tokens and one of the tokens that
    the label attends to (label-wise attention, Mullenbach et al. 2018).
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = BertModel(
            BertConfig(
                vocab_size=config.vocabulary,
                hidden_size=config.hidden,
                num_hidden_layers=config.layers,
                num_attention_heads=config.heads,
                intermediate_size=config.intermediate,
                max_position_embeddings=config.positions,
                layer_norm_eps=config.epsilon,
                hidden_dropout_prob=0.1,
                attention_probs_dropout_prob=0.1,
                pad_token_id=1,
            ),
            add_pooling_layer=False,
        )
        self.role = nn.Linear(config.hidden, len(config.roles))
        self.label = nn.Linear(config.hidden, len(config.labels))
        self.label_query = nn.Parameter(torch.zeros(len(config.labels), config.hidden))
        self.label_focus = nn.Parameter(torch.zeros(len(config.labels), config.hidden))
        self.tag = nn.Linear(config.hidden, config.tag_outputs)
        self.dropout = nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return role, label and tag logits, and the pooled sentence vectors (batch, hidden)."""
        hidden = self.dropout(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        keep = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * keep).sum(1) / keep.sum(1)
        scores = hidden @ self.label_query.T + (1.0 - keep) * -1e9
        share = torch.softmax(scores, dim=1)
        focus = ((share.transpose(1, 2) @ hidden) * self.label_focus).sum(-1)
        return self.role(mean), self.label(mean) + focus, self.tag(hidden), mean


def _layer_names(index: int) -> dict[str, str]:
    ours, theirs = f"layers.{index}.", f"encoder.layer.{index}."
    pairs = {
        "output": "attention.output.dense",
        "attention_norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "norm": "output.LayerNorm",
    }
    return {ours + a + s: theirs + b + s for a, b in pairs.items() for s in (".weight", ".bias")}


def _direct_names(config: NetworkConfig) -> dict[str, str]:
    """Map parameters of the weight file to those of the transformers encoder, where they agree one to one."""
    names = {
        "embeddings.word": "embeddings.word_embeddings.weight",
        "embeddings.norm.weight": "embeddings.LayerNorm.weight",
        "embeddings.norm.bias": "embeddings.LayerNorm.bias",
    }
    for index in range(config.layers):
        names.update(_layer_names(index))
    return names


def to_parameters(network: Network) -> dict[str, FloatArray]:
    """Return the network's parameters under the names of the weight file, in float32."""
    state = {k: v.detach().float().cpu().numpy() for k, v in network.encoder.state_dict().items()}
    parameters: dict[str, FloatArray] = {o: state[t] for o, t in _direct_names(network.config).items()}
    parameters["embeddings.position"] = (
        state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0]
    )
    for index in range(network.config.layers):
        for part in ("weight", "bias"):
            stacked = [state[f"encoder.layer.{index}.attention.self.{n}.{part}"] for n in ("query", "key", "value")]
            parameters[f"layers.{index}.qkv.{part}"] = np.concatenate(stacked)
    heads = {"role": network.role, "label": network.label, "tag": network.tag}
    for name, head in heads.items():
        parameters[f"heads.{name}.weight"] = head.weight.detach().float().cpu().numpy()
        parameters[f"heads.{name}.bias"] = head.bias.detach().float().cpu().numpy()
    parameters["heads.label.query"] = network.label_query.detach().float().cpu().numpy()
    parameters["heads.label.focus"] = network.label_focus.detach().float().cpu().numpy()
    return parameters


def load_parameters(network: Network, weights: Weights) -> None:
    """Fill the network from a weight file."""
    config = network.config
    state = {t: torch.from_numpy(weights.dense(o).copy()) for o, t in _direct_names(config).items()}
    state["embeddings.position_embeddings.weight"] = torch.from_numpy(weights.dense("embeddings.position").copy())
    state["embeddings.token_type_embeddings.weight"] = torch.zeros(2, config.hidden)
    for index in range(config.layers):
        for part in ("weight", "bias"):
            stacked = torch.from_numpy(weights.dense(f"layers.{index}.qkv.{part}").copy())
            for name, piece in zip(("query", "key", "value"), stacked.chunk(3), strict=True):
                state[f"encoder.layer.{index}.attention.self.{name}.{part}"] = piece
    network.encoder.load_state_dict(state, strict=False)
    with torch.no_grad():
        for name, head in (("role", network.role), ("label", network.label), ("tag", network.tag)):
            head.weight.copy_(torch.from_numpy(weights.dense(f"heads.{name}.weight").copy()))
            head.bias.copy_(torch.from_numpy(weights.dense(f"heads.{name}.bias").copy()))
        network.label_query.copy_(torch.from_numpy(weights.dense("heads.label.query").copy()))
        network.label_focus.copy_(torch.from_numpy(weights.dense("heads.label.focus").copy()))
