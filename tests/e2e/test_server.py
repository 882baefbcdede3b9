"""The server as a process of its own, on a loopback port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from service.cli.server import bind

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Start a server without models; return its address and its process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "service", "serve", "--port", str(port), "--artifact", "nope"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)  # noqa: S603
    url = f"http://127.0.0.1:{port}"
    try:
        give_up = time.monotonic() + 60
        while time.monotonic() < give_up:
            try:
                httpx.get(f"{url}/livez")
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        yield url, process
    finally:
        process.kill()
        process.communicate()


def test_a_server_without_models_lives_says_why_and_stops_when_told(address: tuple[str, subprocess.Popen[str]]) -> None:
    url, process = address
    alive, ready = httpx.get(f"{url}/livez"), httpx.get(f"{url}/readyz")
    give_up = time.monotonic() + 30
    while "正在加载" in ready.text and time.monotonic() < give_up:
        ready = httpx.get(f"{url}/readyz")
    process.send_signal(signal.SIGTERM)
    _, log = process.communicate(timeout=30)

    assert alive.json() == {"status": "ok"}
    assert ready.status_code == 503
    assert "nope" in ready.json()["detail"]
    assert f"明责正在启动：{url}" in log
    assert "Traceback" not in log


def test_small_answers_are_not_held_back() -> None:
    with bind("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP
