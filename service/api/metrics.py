"""Request counts and times for Prometheus, in a registry of the application's own."""

from __future__ import annotations

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Other methods are counted together, so that a client cannot multiply the series.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "mingze_http_requests_total", "HTTP requests", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "mingze_http_request_seconds", "Time to answer a request", ["route"], registry=self.registry
        )
        self.statements = Counter("mingze_statements_total", "Statements classified", registry=self.registry)
        self.documents = Counter("mingze_documents_total", "Documents analysed", registry=self.registry)
        self.ready = Gauge("mingze_ready", "1 if the models are loaded", registry=self.registry)

    def render(self) -> bytes:
        """Return the text exposition."""
        return generate_latest(self.registry)


class MetricsMiddleware:
    """Counts every request under its route template, so that paths do not multiply the series."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one ASGI event stream."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        begun = time.perf_counter()

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            route = getattr(scope.get("route"), "path", "unmatched")
            method = scope["method"] if scope["method"] in _METHODS else "other"
            self._metrics.requests.labels(method, route, str(status)).inc()
            self._metrics.seconds.labels(route).observe(time.perf_counter() - begun)
