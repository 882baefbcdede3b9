"""What a run starts from: the base encoder, or the weights of an artifact."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from corpora.errors import CorpusError
from corpora.reader import StatementRecord
from corpora.schema.statement import Role
from corpora.taxonomy import Taxonomy
from models.encoder import artifact
from models.encoder.config import NetworkConfig
from models.encoder.torch_network import Network, load_parameters
from models.encoder.weights import load
from models.text.words import Segmenter
from models.training.base_weights import locate, read
from models.training.config import TrainingConfig
from models.training.fit import label_directions, start_heads
from models.training.initial import from_base, network_config
from models.training.vocabulary import build_tokenizer, field_words, prune


def from_base_encoder(
    config: TrainingConfig, taxonomy: Taxonomy, records: Sequence[StatementRecord]
) -> tuple[Network, Tokenizer]:
    """Start from the base encoder: vocabulary pruned, words of the field added, label head read off the definitions.

    Raises:
        BaseWeightsError: if the base weights cannot be read.
    """
    base = read(locate())
    pieces, old_ids = prune(base.pieces)
    segmenter = Segmenter.from_default_lexicon()
    running = (word.text for record in records for word in segmenter.words(record.text))
    words, spellings = field_words(running, pieces, least=config.network.word_count)
    pieces = [*pieces, *words]
    tokenizer = build_tokenizer(pieces)
    keep = config.network.keep_layers
    sizes = network_config(
        base, layers=len(keep), vocabulary=len(pieces), roles=[role.value for role in Role], labels=taxonomy.codes
    )
    sizes = dataclasses.replace(sizes, max_tokens=config.network.max_tokens)
    network = from_base(base, sizes, old_ids=old_ids, spellings=spellings, keep=keep)
    start_heads(network, _definitions(taxonomy, taxonomy.codes), tokenizer)
    return network, tokenizer


def from_artifact(folder: Path, taxonomy: Taxonomy) -> tuple[Network, Tokenizer]:
    """Start from the weights of an artifact; labels that it does not know start from their definitions.

    Raises:
        ArtifactError: if the artifact is not valid.
    """
    artifact.load_manifest(folder)
    known = NetworkConfig.from_json(artifact.read_json(folder / artifact.NETWORK))
    tokenizer = Tokenizer.from_file(str(folder / artifact.TOKENIZER))
    network = Network(known)
    load_parameters(network, load(folder / artifact.WEIGHTS))
    return (network if known.labels == taxonomy.codes else _with_labels(network, taxonomy, tokenizer)), tokenizer


def _with_labels(network: Network, taxonomy: Taxonomy, tokenizer: Tokenizer) -> Network:
    """Return the network with the taxonomy's labels: known ones keep their parameters, new ones begin at their definitions."""
    old = {code: row for row, code in enumerate(network.config.labels)}
    grown = Network(dataclasses.replace(network.config, labels=taxonomy.codes))
    kept = {name: value for name, value in network.state_dict().items() if not name.startswith("label")}
    grown.load_state_dict(kept, strict=False)
    directions = label_directions(network, _definitions(taxonomy, taxonomy.codes), tokenizer)
    with torch.no_grad():
        scale = network.label.weight.norm(dim=1).median() if old else torch.tensor(1.0)
        bias = network.label.bias.median() if old else torch.tensor(-3.0)
        for row, code in enumerate(taxonomy.codes):
            source = old.get(code)
            grown.label.weight[row] = directions[row] * scale if source is None else network.label.weight[source]
            grown.label.bias[row] = bias if source is None else network.label.bias[source]
            grown.label_query[row] = directions[row] if source is None else network.label_query[source]
            grown.label_focus[row] = 0.0 if source is None else network.label_focus[source]
    return grown


def _definitions(taxonomy: Taxonomy, codes: Sequence[str]) -> list[str]:
    return [f"{label.name}：{label.definition}" for label in map(taxonomy.label, codes)]


def check_labels(records: Sequence[StatementRecord], taxonomy: Taxonomy, *, source: str) -> None:
    """Check that statements bear labels of the taxonomy only.

    Raises:
        CorpusError: if one does not.
    """
    known = set(taxonomy.codes)
    for record in records:
        unknown = [code for code in record.labels if code not in known]
        if unknown:
            raise CorpusError(source, f"{record.id} bears labels that the taxonomy lacks: {', '.join(unknown)}")
