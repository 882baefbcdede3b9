"""Fine-tunes the network."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from models.encoder.torch_network import Network
from models.training.config import LossPart, OptimiserPart, TrainingConfig
from models.training.examples import IGNORE, Batch, Example, batches, drawn, noisy

_FROZEN = frozenset({f"encoder.embeddings.{kind}_embeddings.weight" for kind in ("position", "token_type")})
_WORDS = "encoder.embeddings.word_embeddings.weight"


def seed_everything(seed: int) -> random.Random:
    """Seed torch and numpy, and return a generator for the rest."""
    torch.manual_seed(seed)
    np.random.seed(seed)  # noqa: NPY002  transformers draws from the legacy generator
    return random.Random(seed)


def start_heads(network: Network, definitions: Sequence[str], tokenizer: Tokenizer) -> None:
    """Start the label head from the definitions: each label reads its own definition's direction.

    Args:
        network: the network to change.
        definitions: one text per label, in output order.
        tokenizer: the network's tokenizer.
    """
    matrix = label_directions(network, definitions, tokenizer)
    with torch.no_grad():
        network.label.weight.copy_(matrix)
        network.label.bias.fill_(-3.0)
        network.label_query.copy_(matrix)
        network.label_focus.copy_(matrix)


def label_directions(network: Network, definitions: Sequence[str], tokenizer: Tokenizer) -> Tensor:
    """Return in which direction from their mean the network puts the definitions, (labels, hidden), rows of length 1."""
    network.eval()
    vectors = []
    with torch.no_grad():
        for encoding in tokenizer.encode_batch(list(definitions)):
            ids = torch.tensor([encoding.ids])
            vectors.append(network(ids, torch.ones_like(ids))[3][0])
        stacked = torch.stack(vectors)
        return functional.normalize(stacked - stacked.mean(0), dim=1)


def parameter_groups(network: Network, part: OptimiserPart) -> list[dict[str, object]]:
    """Group parameters with their learning rates: heads fast, each layer further down slower."""
    layers = network.config.layers
    groups: list[dict[str, object]] = []
    frozen = tuple(f"encoder.encoder.layer.{index}." for index in range(part.freeze_layers))
    for name, parameter in network.named_parameters():
        if name in _FROZEN or name.startswith(frozen):
            parameter.requires_grad_(requires_grad=False)
            continue
        if name == _WORDS:
            groups.append({"params": [parameter], "lr": part.word_rate, "weight_decay": 0.0})
            continue
        if name.startswith("encoder.encoder.layer."):
            depth = layers - 1 - int(name.split(".")[3])
            rate = part.encoder_rate * part.layer_decay**depth
        elif name.startswith("encoder."):
            rate = part.encoder_rate * part.layer_decay**layers
        else:
            rate = part.head_rate
        decay = 0.0 if parameter.ndim == 1 else part.weight_decay
        groups.append({"params": [parameter], "lr": rate, "weight_decay": decay})
    return groups


def losses(outputs: tuple[Tensor, ...], batch: Batch, part: LossPart) -> Tensor:
    """Return the weighted sum of the losses of the heads that the batch says something about."""
    role, label, tag, pooled = outputs
    device = role.device
    total = role.new_zeros(())
    target = torch.from_numpy(batch.role).to(device)
    if bool((target != IGNORE).any()):
        total = total + part.role * functional.cross_entropy(
            role, target, ignore_index=IGNORE, label_smoothing=part.role_smoothing
        )
    wanted = torch.from_numpy(batch.label).to(device)
    known = ~wanted[:, 0].isnan()
    if bool(known.any()):
        weight = torch.full((wanted.shape[1],), part.positive_weight, device=device)
        entropy = functional.binary_cross_entropy_with_logits(
            label[known], wanted[known], pos_weight=weight, reduction="sum"
        )
        total = total + part.label * entropy / known.sum()
        if part.contrast:
            total = total + part.contrast * contrast(pooled[known], wanted[known], part.contrast_temperature)
    tags = torch.from_numpy(batch.tag).to(device)
    if bool((tags != IGNORE).any()):
        total = total + part.tag * functional.cross_entropy(tag.flatten(0, 1), tags.flatten(), ignore_index=IGNORE)
    return total


def contrast(pooled: Tensor, labels: Tensor, temperature: float) -> Tensor:
    """Supervised contrastive loss (Khosla et al. 2020): statements that share a label are drawn together.

    The weight of a pair is the Jaccard similarity of the two label sets.
    """
    vectors = functional.normalize(pooled, dim=1)
    logits = vectors @ vectors.T / temperature
    shared = labels @ labels.T
    size = labels.sum(1)
    union = size[:, None] + size[None, :] - shared
    weight = torch.where(union > 0, shared / union.clamp(min=1.0), torch.zeros_like(shared))
    eye = torch.eye(len(vectors), dtype=torch.bool, device=vectors.device)
    weight = weight.masked_fill(eye, 0.0)
    log_share = logits - torch.logsumexp(logits.masked_fill(eye, -1e9), dim=1, keepdim=True)
    mass = weight.sum(1)
    anchored = mass > 0
    if not bool(anchored.any()):
        return pooled.new_zeros(())
    return -((weight * log_share).sum(1)[anchored] / mass[anchored]).mean()


def fit(
    network: Network,
    examples: Sequence[Example],
    tokenizer: Tokenizer,
    config: TrainingConfig,
    *,
    report: Callable[[str], None],
    after_epoch: Callable[[Network], None] | None = None,
) -> None:
    """Train the network in place, and leave it with the average of its last epochs' weights.

    Args:
        network: the network to train.
        examples: what to learn from.
        tokenizer: the network's tokenizer.
        config: the run.
        report: called with a line of progress at a time.
        after_epoch: called with the network after each epoch.
    """
    rng = seed_everything(config.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network.to(device)
    part = config.optimiser
    optimiser = torch.optim.AdamW(parameter_groups(network, part), fused=True)
    share, count_rng = config.data.epoch_share, random.Random(config.seed)
    one = drawn(examples, share, count_rng)
    per_epoch = sum(1 for _ in batches(one, tokenizer, network.config, batch_tokens=part.batch_tokens, rng=count_rng))
    total = per_epoch * part.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, total, part.warmup))
    snapshots: list[dict[str, Tensor]] = []
    last = min(part.epochs, part.stop_after)
    for epoch in range(last):
        network.train()
        running, count = 0.0, 0
        chosen = noisy(drawn(examples, share, rng), config.data, network.config.roles, rng)
        for batch in batches(chosen, tokenizer, network.config, batch_tokens=part.batch_tokens, rng=rng):
            outputs = _forward(network, batch, device)
            loss = losses(outputs, batch, config.loss)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            if schedule.last_epoch < total:
                schedule.step()
            running, count = running + float(loss.detach()), count + 1
        report(f"epoch {epoch + 1}/{part.epochs}: loss {running / max(count, 1):.4f}")
        if epoch >= last - part.average_last:
            snapshots.append({k: v.detach().clone() for k, v in network.state_dict().items()})
        if after_epoch is not None:
            after_epoch(network)
    network.load_state_dict(_average(snapshots))
    network.to("cpu")


def _forward(network: Network, batch: Batch, device: torch.device) -> tuple[Tensor, ...]:
    ids, mask = torch.from_numpy(batch.ids).to(device), torch.from_numpy(batch.mask).to(device)
    with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
        outputs = network(ids, mask)
    return tuple(part.float() for part in outputs)


def _rate(step: int, total: int, warmup: float) -> float:
    ramp = max(1, math.ceil(total * warmup))
    return (step + 1) / ramp if step < ramp else max(0.0, (total - step) / max(1, total - ramp))


def _average(snapshots: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    return {
        name: torch.stack([s[name] for s in snapshots]).mean(0) if first.is_floating_point() else first
        for name, first in snapshots[0].items()
    }
