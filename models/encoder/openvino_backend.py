"""Runs the network on a CPU with OpenVINO."""

from __future__ import annotations

import threading

import openvino as ov

from models.encoder.backend import IntArray, RawOutput
from models.encoder.config import NetworkConfig
from models.encoder.graph import build
from models.encoder.weights import Weights


class OpenVinoBackend:
    """A compiled graph with one inference request per calling thread.

    The precision hint is fixed to f32: left alone, OpenVINO picks bf16 on some hosts and scores would differ.
    """

    def __init__(self, config: NetworkConfig, weights: Weights, *, threads: int) -> None:
        options = {
            "INFERENCE_NUM_THREADS": threads,
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": "f32",
        }
        self._compiled = ov.Core().compile_model(build(config, weights), "CPU", options)
        self._local = threading.local()

    @property
    def name(self) -> str:
        """Name of the backend, for reports."""
        return "openvino"

    def infer(self, ids: IntArray, mask: IntArray) -> RawOutput:
        """Run one padded batch; `ids` and `mask` have shape (batch, tokens)."""
        request: ov.InferRequest | None = getattr(self._local, "request", None)
        if request is None:
            request = self._compiled.create_infer_request()
            self._local.request = request
        request.infer({"ids": ids, "mask": mask})
        return RawOutput(*(request.get_tensor(name).data.copy() for name in ("role", "label", "tag", "vector")))
