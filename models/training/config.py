"""The full record of a training run."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from models.errors import ModelError

Share = Annotated[float, Field(ge=0, le=1)]


class ConfigError(ModelError):
    """The training configuration is missing, not TOML, or has unknown or wrong values."""

    code = "training-config-invalid"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NetworkPart(_Part):
    """What is made of the base encoder.

    Attributes:
        keep_layers: the numbers of the layers that are kept, from the bottom up.
        word_count: a word that stands so often in the training statements becomes a piece of the vocabulary.
        max_tokens: longest window.
    """

    keep_layers: Annotated[tuple[int, ...], Field(min_length=1)]
    word_count: Annotated[int, Field(ge=1)]
    max_tokens: Annotated[int, Field(ge=16, le=512)]


class OptimiserPart(_Part):
    """AdamW with linear warm-up and decay; each layer down learns `layer_decay` times slower.

    Attributes:
        epochs: length of the schedule.
        stop_after: epochs after which the run ends, though the rates have not decayed to zero.
        freeze_layers: the lowest layers that do not learn.
        word_rate: learning rate of the word vectors; they learn without weight decay.
        average_last: the weights of so many last epochs are averaged.
    """

    epochs: Annotated[int, Field(ge=1)]
    stop_after: Annotated[int, Field(ge=1)]
    freeze_layers: Annotated[int, Field(ge=0)]
    batch_tokens: Annotated[int, Field(ge=64)]
    encoder_rate: float
    word_rate: float
    head_rate: float
    layer_decay: Share
    weight_decay: float
    warmup: Share
    average_last: Annotated[int, Field(ge=1)]


class LossPart(_Part):
    """Weights of the parts of the loss, and of positive labels inside the label loss."""

    role: float
    label: float
    tag: float
    positive_weight: float
    role_smoothing: Share
    contrast: float
    contrast_temperature: float


class LexicalPart(_Part):
    """The linear model over character n-grams.

    Attributes:
        least_statements: an n-gram must stand in so many statements.
        role_cost, label_cost: cost of a statement on the wrong side (C of the SVM).
    """

    least_statements: Annotated[int, Field(ge=1)]
    role_cost: Annotated[float, Field(gt=0)]
    label_cost: Annotated[float, Field(gt=0)]


class DataPart(_Part):
    """What is learnt from.

    Attributes:
        noise: share of examples altered by printing noise.
        naming_clauses: share of labelled headings turned into naming clauses (“二是……。”).
        joined: share of labelled problems joined with another one into a run-on statement.
        taxonomy_examples: whether names, aliases and definitions of the labels are examples.
        share: share of the training statements, drawn at random, that is used.
        epoch_share: share of the statements that an epoch goes through, drawn anew for each.
        whole_series: series whose statements every epoch goes through.
        leave_out: labels that the network shall not know; statements that bear them are not used.
    """

    noise: Share
    naming_clauses: Share
    joined: Share
    taxonomy_examples: bool
    share: Annotated[float, Field(gt=0, le=1)] = 1.0
    leave_out: tuple[str, ...] = ()
    epoch_share: Annotated[float, Field(gt=0, le=1)] = 1.0
    whole_series: tuple[str, ...] = ()


class TrainingConfig(_Part):
    """One run: everything that decides its result is in here."""

    name: str
    version: str
    seed: int
    network: NetworkPart
    optimiser: OptimiserPart
    loss: LossPart
    lexical: LexicalPart
    data: DataPart


def load_config(path: Path) -> TrainingConfig:
    """Read a configuration; unknown keys are refused.

    Raises:
        ConfigError: if the file is missing, not TOML, or has unknown or wrong values.
    """
    return validated(read_toml(path), path)


def read_toml(path: Path) -> dict[str, object]:
    """Read a TOML file.

    Raises:
        ConfigError: if the file is missing or not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error


def validated(content: Mapping[str, object], path: Path) -> TrainingConfig:
    """Check the content of a configuration; `path` names it in errors.

    Raises:
        ConfigError: if it has unknown or wrong values.
    """
    try:
        return TrainingConfig.model_validate(content)
    except ValidationError as error:
        raise ConfigError(f"{path}: {error}") from error
