"""The base encoder without any training: a statement goes to the definition it is closest to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from corpora.reader import StatementRecord
from corpora.schema.statement import LABELLED_ROLES
from corpora.taxonomy import Taxonomy
from models.encoder.torch_network import Network
from models.evaluation.baselines import best_threshold, decide
from models.metrics import Predicted
from models.training.base_weights import locate, read
from models.training.initial import from_base, network_config
from models.training.vocabulary import build_tokenizer, prune

_BATCH = 32
_MAY = frozenset(role.value for role in LABELLED_ROLES)


def _embedder() -> Callable[[Sequence[str]], NDArray[np.float64]]:
    base = read(locate())
    pieces, old_ids = prune(base.pieces)
    tokenizer = build_tokenizer(pieces)
    tokenizer.enable_padding(pad_id=1)
    tokenizer.enable_truncation(256)
    sizes = network_config(base, layers=base.layers, vocabulary=len(pieces), roles=("x",), labels=("x",))
    network: Network = from_base(base, sizes, old_ids=old_ids, spellings=(), keep=range(base.layers)).eval()

    def embed(texts: Sequence[str]) -> NDArray[np.float64]:
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors = np.zeros((len(texts), base.hidden))
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            encodings = tokenizer.encode_batch([f" query: {texts[i]}" for i in chosen])
            with torch.inference_mode():
                pooled = network(
                    torch.tensor([e.ids for e in encodings]), torch.tensor([e.attention_mask for e in encodings])
                )[3]
            vectors[chosen] = functional.normalize(pooled, dim=1).numpy()
        return vectors

    return embed


def zero_shot_baseline(
    dev: Sequence[StatementRecord], taxonomy: Taxonomy
) -> Callable[[Sequence[str]], list[Predicted]]:
    """Score by cosine to the definitions of labels and roles; only the threshold comes from dev."""
    embed = _embedder()
    definitions = embed([f"{x.name}：{x.definition}" for x in taxonomy.labels])
    role_notes = embed([f"{x.name}：{x.note}" for x in taxonomy.roles])
    names = [x.role.value for x in taxonomy.roles]

    def scores(texts: Sequence[str]) -> tuple[list[str], NDArray[np.float64]]:
        vectors = embed(texts)
        return [names[int(i)] for i in (vectors @ role_notes.T).argmax(1)], vectors @ definitions.T

    roles, found = scores([r.text for r in dev])
    wanted = np.array([[code in r.labels for code in taxonomy.codes] for r in dev])
    may = np.array([role in _MAY for role in roles])
    threshold = best_threshold(found, may, wanted, [float(t) for t in np.quantile(found, np.arange(0.9, 1.0, 0.002))])

    def predict(texts: Sequence[str]) -> list[Predicted]:
        found_roles, values = scores(texts)
        return decide(found_roles, values, taxonomy.codes, threshold)

    return predict
