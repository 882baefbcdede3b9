"""`make bench`: speed and memory, measured side by side in one run on the same texts and weights.

Prints statements per second of our engine and of a plain transformers forward pass in fp32, the time for a report of
20,000 characters, and the peak memory of the running service.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from corpora.reader import Split, read_statements
from models.encoder.artifact import default_artifact, load_encoder
from models.encoder.encoder import Encoder
from models.encoder.torch_backend import TorchBackend
from models.encoder.weights import load

ROUNDS = 3
REPORT_CHARACTERS = 20_000


def texts() -> list[str]:
    return [record.text for record in read_statements(Split.DEV)]


def report_text() -> str:
    lines, size = ["关于巡察整改工作情况的报告"], 0
    for record in read_statements(Split.TRAIN):
        lines.append(record.text.replace("\n", ""))
        size += len(lines[-1]) + 1
        if size >= REPORT_CHARACTERS:
            break
    return "\n".join(lines)[:REPORT_CHARACTERS]


def best_rate(run: Callable[[], object], count: int) -> float:
    run()
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return count / statistics.median(times)


def plain_transformers(encoder: Encoder, folder: Path, statements: list[str]) -> Callable[[], None]:
    """Forward passes in arrival order with padding to the longest of each batch: what a plain pipeline does."""
    backend = TorchBackend(encoder.config, load(folder / "weights.safetensors"), device="cpu")
    tokenizer = encoder._tokenizer

    def run() -> None:
        for start in range(0, len(statements), 32):
            encodings = tokenizer.encode_batch(statements[start : start + 32])
            width = max(len(e.ids) for e in encodings)
            ids = np.array([e.ids + [1] * (width - len(e.ids)) for e in encodings], dtype=np.int64)
            mask = np.array([[1] * len(e.ids) + [0] * (width - len(e.ids)) for e in encodings], dtype=np.int64)
            backend.infer(ids, mask)

    return run


def engine_rates() -> None:
    folder, statements = default_artifact(), texts()
    encoder = load_encoder(folder, threads=2)
    torch.set_num_threads(2)
    ours = best_rate(lambda: encoder.encode(statements), len(statements))
    plain = best_rate(plain_transformers(encoder, folder, statements), len(statements))
    print(f"{len(statements)} statements, 2 threads, median of {ROUNDS} rounds")
    print(f"  our engine (OpenVINO, 8-bit weights, length buckets)  {ours:8.1f} statements/s")
    print(f"  plain transformers forward (torch fp32, batches of 32) {plain:7.1f} statements/s")
    print(f"  ratio {ours / plain:.2f}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_ready(port: int, seconds: float) -> float:
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return time.perf_counter() - begun
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the service did not become ready")


def post(port: int, path: str, body: object) -> float:
    data = json.dumps(body).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", data=data, headers={"Content-Type": "application/json"}
    )
    begun = time.perf_counter()
    with urllib.request.urlopen(request, timeout=120) as response:
        response.read()
    return time.perf_counter() - begun


def peak_memory(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise SystemExit("no VmHWM in /proc")


def service_figures() -> None:
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "service", "serve", "--port", str(port)],
        env={**os.environ, "MINGZE_THREADS": "2"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        print(f"service ready after {wait_ready(port, 120):.1f} s")
        text = report_text()
        seconds = [post(port, "/v1/analyze", {"text": text}) for _ in range(ROUNDS)]
        print(f"report of {len(text)} characters over HTTP: median {statistics.median(seconds):.2f} s")
        statements = texts()
        post(port, "/v1/classify", [{"text": t} for t in statements])
        print(f"peak memory of the service: {peak_memory(server.pid):.0f} MB")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


if __name__ == "__main__":
    engine_rates()
    service_figures()
