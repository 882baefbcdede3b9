from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from models.encoder import artifact
from models.encoder.config import NetworkConfig
from models.encoder.openvino_backend import OpenVinoBackend
from models.encoder.torch_backend import TorchBackend
from models.encoder.torch_network import FLOAT_PARAMETERS, Network, to_parameters
from models.encoder.weights import Weights, load, pack, save
from models.errors import ArtifactError, BackendError
from models.matrices import quantise


def make_config() -> NetworkConfig:
    return NetworkConfig(16, 2, 4, 32, 40, 50, 1e-12, ("a", "b", "c"), ("x", "y"), max_tokens=32)


def make_weights() -> tuple[NetworkConfig, Weights]:
    torch.manual_seed(3)
    network = Network(make_config())
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.normal_(std=0.3)
    return network.config, pack(to_parameters(network), keep_float=FLOAT_PARAMETERS)


@given(arrays.arrays(np.float32, (4, 6), elements=st.floats(-5, 5, width=32)))
def test_quantised_matrix_is_within_half_a_step_of_the_original(matrix) -> None:
    stored = quantise(matrix)

    error = np.abs(stored.dequantised() - matrix)

    assert (error <= stored.scale * 0.501 + 1e-7).all()


def test_weight_file_round_trips(tmp_path: Path) -> None:
    _, weights = make_weights()
    save(weights, tmp_path / "w.safetensors")

    again = load(tmp_path / "w.safetensors")

    for name in (*weights.matrices, *weights.vectors):
        np.testing.assert_array_equal(weights.dense(name), again.dense(name))


def test_both_backends_give_the_same_logits_from_the_same_weights() -> None:
    config, weights = make_weights()
    rng = np.random.default_rng(5)
    ids = rng.integers(4, 50, (3, 12))
    mask = np.ones_like(ids)
    mask[1, 7:] = 0
    mask[2, 3:] = 0

    ours = OpenVinoBackend(config, weights, threads=1).infer(ids, mask)
    theirs = TorchBackend(config, weights, device="cpu").infer(ids, mask)

    np.testing.assert_allclose(ours.role, theirs.role, atol=2e-4)
    np.testing.assert_allclose(ours.label, theirs.label, atol=2e-4)
    np.testing.assert_allclose(ours.tag[mask == 1], theirs.tag[mask == 1], atol=2e-4)


def test_padding_does_not_change_a_row() -> None:
    config, weights = make_weights()
    backend = OpenVinoBackend(config, weights, threads=1)
    ids = np.arange(4, 12, dtype=np.int64)[None, :]
    padded = np.concatenate([ids, np.ones((1, 9), dtype=np.int64)], axis=1)
    mask = np.concatenate([np.ones_like(ids), np.zeros((1, 9), dtype=np.int64)], axis=1)

    short = backend.infer(ids, np.ones_like(ids))
    long = backend.infer(padded, mask)

    np.testing.assert_allclose(short.label, long.label, atol=1e-4)
    np.testing.assert_allclose(short.role, long.role, atol=1e-4)


def make_artifact(folder: Path) -> None:
    for name in artifact.REQUIRED:
        (folder / name).write_text("{}", encoding="utf-8")
    manifest = {
        "format_version": artifact.FORMAT_VERSION,
        "name": "n",
        "version": "1",
        "taxonomy_version": 1,
        "files": {name: artifact.sha256(folder / name) for name in artifact.REQUIRED},
    }
    (folder / artifact.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def test_manifest_of_an_untouched_artifact_loads(tmp_path: Path) -> None:
    make_artifact(tmp_path)

    assert artifact.load_manifest(tmp_path).version == "1"


def test_an_altered_weight_file_is_refused(tmp_path: Path) -> None:
    make_artifact(tmp_path)
    (tmp_path / artifact.WEIGHTS).write_text("altered", encoding="utf-8")

    with pytest.raises(ArtifactError, match="SHA-256"):
        artifact.load_manifest(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    make_artifact(tmp_path)
    (tmp_path / artifact.TOKENIZER).unlink()

    with pytest.raises(ArtifactError, match=r"tokenizer\.json is missing"):
        artifact.load_manifest(tmp_path)


def test_another_format_version_is_refused(tmp_path: Path) -> None:
    make_artifact(tmp_path)
    (tmp_path / artifact.MANIFEST).write_text('{"format_version": 99}', encoding="utf-8")

    with pytest.raises(ArtifactError, match="format version 99"):
        artifact.load_manifest(tmp_path)


def test_an_unknown_backend_is_refused() -> None:
    config, weights = make_weights()

    with pytest.raises(BackendError, match="unknown backend 'cuda'"):
        artifact._backend("cuda", config, weights, threads=1)
