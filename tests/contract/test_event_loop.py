"""Inference never blocks the event loop, and more work than allowed is refused at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from tests.contract.conftest import build_app
from tests.fakes import WaitingAnalyzer

STATEMENT = {"text": "跟踪问效不力"}


@asynccontextmanager
async def serving(analyzer: WaitingAnalyzer, **settings: int) -> AsyncIterator[httpx.AsyncClient]:
    app = build_app(lambda: analyzer, **settings)
    async with app.router.lifespan_context(app):
        app.state.models.wait(10)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test", timeout=20) as client:
            try:
                yield client
            finally:
                analyzer.let_go.set()


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/version", "/metrics", "/v1/info", "/"])
@pytest.mark.parametrize("busy", [1, 60])
def test_a_slow_analyzer_delays_nothing_else(path: str, busy: int) -> None:
    async def scenario() -> tuple[int, bool, list[int]]:
        analyzer = WaitingAnalyzer()
        async with serving(analyzer) as client:
            tasks = [asyncio.create_task(client.post("/v1/classify", json=STATEMENT)) for _ in range(busy)]
            await asyncio.to_thread(analyzer.await_calls, min(busy, 32))
            answer = await client.get(path)
            meanwhile = not any(task.done() for task in tasks)
            analyzer.let_go.set()
            return answer.status_code, meanwhile, [response.status_code for response in await asyncio.gather(*tasks)]

    status, meanwhile, slow = asyncio.run(scenario())

    assert status == 200
    assert meanwhile
    assert slow == [200] * busy


def test_work_over_the_limit_is_refused_and_room_comes_back() -> None:
    async def scenario() -> tuple[httpx.Response, httpx.Response]:
        analyzer = WaitingAnalyzer()
        async with serving(analyzer, max_waiting=3) as client:
            tasks = [asyncio.create_task(client.post("/v1/classify", json=STATEMENT)) for _ in range(3)]
            await asyncio.to_thread(analyzer.await_calls, 3)
            refused = await client.post("/v1/classify", json=STATEMENT)
            analyzer.let_go.set()
            await asyncio.gather(*tasks)
            return refused, await client.post("/v1/classify", json=STATEMENT)

    refused, accepted = asyncio.run(scenario())

    assert refused.status_code == 503
    assert refused.json()["code"] == "overloaded"
    assert refused.headers["retry-after"] == "5"
    assert accepted.status_code == 200


def test_the_service_answers_health_checks_while_the_models_load() -> None:
    async def scenario() -> list[int]:
        analyzer = WaitingAnalyzer()

        def load() -> WaitingAnalyzer:
            analyzer.let_go.wait(10)
            return analyzer

        app = build_app(load)
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                before = [(await client.get(path)).status_code for path in ("/livez", "/readyz", "/")]
                analyzer.let_go.set()
                app.state.models.wait(10)
                return [*before, (await client.get("/readyz")).status_code]

    assert asyncio.run(scenario()) == [200, 503, 200, 200]
