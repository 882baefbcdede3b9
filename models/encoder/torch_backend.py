"""Runs the network with transformers and torch, on a GPU where there is one."""

from __future__ import annotations

import threading

import torch

from models.encoder.backend import IntArray, RawOutput
from models.encoder.config import NetworkConfig
from models.encoder.torch_network import Network, load_parameters
from models.encoder.weights import Weights


class TorchBackend:
    """The same weights as the OpenVINO backend, in float32 on CPU or bfloat16 autocast on GPU."""

    def __init__(self, config: NetworkConfig, weights: Weights, *, device: str | None = None) -> None:
        self._device = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
        network = Network(config)
        load_parameters(network, weights)
        self._network = network.to(self._device).eval()
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Name of the backend, for reports."""
        return f"torch-{self._device.type}"

    def infer(self, ids: IntArray, mask: IntArray) -> RawOutput:
        """Run one padded batch; `ids` and `mask` have shape (batch, tokens)."""
        on_gpu = self._device.type == "cuda"
        with self._lock, torch.inference_mode(), torch.autocast(self._device.type, torch.bfloat16, enabled=on_gpu):
            outputs = self._network(torch.from_numpy(ids).to(self._device), torch.from_numpy(mask).to(self._device))
        return RawOutput(*(part.float().cpu().numpy() for part in outputs))
