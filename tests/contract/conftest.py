"""The application with fakes behind its ports, run in process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from corpora.taxonomy import load_taxonomy
from service.api.app import create_app
from service.bootstrap import Container
from service.ingest.limits import Limits
from service.ingest.reader import FileReader
from service.ports import AnalyzerPort
from service.settings import Settings
from tests.fakes import FixedClock, ScriptedAnalyzer

Build = Callable[..., FastAPI]


def build_app(load: Callable[[], AnalyzerPort] = ScriptedAnalyzer, **settings: int) -> FastAPI:
    values = Settings(**{"max_bytes": 200_000, "max_statements": 50, **settings})
    limits = Limits(max_bytes=values.max_bytes)
    container = Container(values, load_taxonomy(), FileReader(limits), FixedClock(date(2023, 6, 1)))
    return create_app(container, load)


@pytest.fixture
def open_client() -> Iterator[Callable[..., TestClient]]:
    """Return a function that starts an application and returns a client of it."""
    with ExitStack() as stack:

        def start(load: Callable[[], AnalyzerPort] = ScriptedAnalyzer, **settings: int) -> TestClient:
            app = build_app(load, **settings)
            client = stack.enter_context(TestClient(app, raise_server_exceptions=False))
            app.state.models.wait(10)
            return client

        yield start


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """Return a client of one application with the scripted analyzer."""
    app = build_app()
    with TestClient(app, raise_server_exceptions=False) as opened:
        app.state.models.wait(10)
        yield opened
