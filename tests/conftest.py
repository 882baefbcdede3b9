"""Shared by all tests: no test reaches the network, none sees our environment variables."""

from __future__ import annotations

import os
import socket

import pytest
from hypothesis import HealthCheck, settings

for name in [name for name in os.environ if name.startswith("MINGZE_")]:
    del os.environ[name]

settings.register_profile("mingze", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("mingze")


class NetworkReachedError(AssertionError):
    """A test tried to leave the machine."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    original = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else address
        if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1", "localhost"):
            raise NetworkReachedError(f"a test connected to {host!r}")
        original(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
