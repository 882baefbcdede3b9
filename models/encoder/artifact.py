"""The artifact folder: weights, tokenizer, configuration, calibration, metrics and card, with their hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from models.encoder.backend import Backend
from models.encoder.config import NetworkConfig
from models.encoder.encoder import Encoder
from models.encoder.openvino_backend import OpenVinoBackend
from models.encoder.weights import Weights, load
from models.errors import ArtifactError, BackendError

FORMAT_VERSION = 3

MANIFEST = "manifest.json"
WEIGHTS = "weights.safetensors"
TOKENIZER = "tokenizer.json"
NETWORK = "network.json"
CALIBRATION = "calibration.json"
LEXICAL = "lexical.safetensors"
PRECEDENTS = ("precedents.jsonl", "precedents.safetensors")
METRICS = "metrics.json"
#: Files without which the model cannot answer; their hashes are checked at every load.
REQUIRED = (WEIGHTS, TOKENIZER, NETWORK, LEXICAL, CALIBRATION, *PRECEDENTS)


@dataclass(frozen=True, slots=True)
class Manifest:
    """Who the model is: name, version, the corpus and the taxonomy it was trained on."""

    name: str
    version: str
    taxonomy_version: int
    files: Mapping[str, str]


def artifacts_folder() -> Path:
    """Return the folder that holds the artifacts of this installation."""
    return Path(__file__).resolve().parent.parent / "artifacts"


def default_artifact() -> Path:
    """Return the newest artifact of this installation.

    Raises:
        ArtifactError: if there is none.
    """
    found = sorted(path.parent for path in artifacts_folder().glob(f"*/{MANIFEST}"))
    if not found:
        raise ArtifactError(f"no model artifact under {artifacts_folder()}; train one with: mingze train")
    return found[-1]


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def read_json(path: Path) -> dict[str, object]:
    """Read a JSON object.

    Raises:
        ArtifactError: if the file is missing or not a JSON object.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArtifactError(f"{path.name}: cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise ArtifactError(f"{path.name}: must be a JSON object")
    return content


def load_manifest(folder: Path) -> Manifest:
    """Read the manifest and check the hash of every required file.

    Raises:
        ArtifactError: if a file is missing or altered, or the format version is another.
    """
    content = read_json(folder / MANIFEST)
    if content.get("format_version") != FORMAT_VERSION:
        found = content.get("format_version")
        raise ArtifactError(f"{folder.name}: format version {found!r}, this program reads {FORMAT_VERSION}")
    files = content.get("files")
    if not isinstance(files, dict):
        raise ArtifactError(f"{folder.name}: {MANIFEST} lists no files")
    for name in REQUIRED:
        path = folder / name
        if not path.is_file():
            raise ArtifactError(f"{folder.name}: {name} is missing")
        if files.get(name) != sha256(path):
            raise ArtifactError(f"{folder.name}: {name} is not the file that was released (SHA-256 differs)")
    version = int(str(content.get("taxonomy_version", 0)))
    return Manifest(str(content.get("name")), str(content.get("version")), version, files)


def load_encoder(folder: Path, *, backend: str = "openvino", threads: int = 2) -> Encoder:
    """Load the encoder of an artifact.

    Args:
        folder: the artifact folder; call `load_manifest` first to check it.
        backend: ``openvino`` (CPU) or ``torch`` (GPU where there is one, else CPU; extra ``train``).
        threads: CPU threads of one forward pass (OpenVINO).

    Raises:
        BackendError: if the backend is unknown or not installed.
    """
    config = NetworkConfig.from_json(read_json(folder / NETWORK))
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    return Encoder(config, tokenizer, _backend(backend, config, load(folder / WEIGHTS), threads=threads))


def _backend(name: str, config: NetworkConfig, weights: Weights, *, threads: int) -> Backend:
    if name == "openvino":
        return OpenVinoBackend(config, weights, threads=threads)
    if name != "torch":
        raise BackendError(f"unknown backend {name!r}; known: openvino, torch")
    try:
        from models.encoder.torch_backend import TorchBackend  # noqa: PLC0415  torch is an optional install
    except ImportError as error:
        raise BackendError("backend 'torch' needs: pip install 'mingze[train]'") from error
    return TorchBackend(config, weights)
