"""The HTTP application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version
from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from service.api.head import HeadMiddleware
from service.api.metrics import Metrics, MetricsMiddleware
from service.api.problems import install
from service.api.routes import analysis, catalogue, health, pages
from service.api.state import ModelHolder, Workers
from service.bootstrap import Container, build, load_models
from service.ports import AnalyzerPort
from service.settings import Settings

_DESCRIPTION = (
    "把巡察反馈、整改方案、整改进展等文件变成可核对的台账：逐句判定角色和问题类型，抽取责任主体和时限，"
    "每一项都标明它在原文中的位置（按 Unicode 码位计的左闭右开区间）。"
)


def create_app(container: Container, load: Callable[[], AnalyzerPort]) -> FastAPI:
    """Build the application; `load` is called once at start-up, in a thread of its own."""
    holder, metrics = ModelHolder(load), Metrics()
    workers = Workers(container.settings.max_waiting)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        holder.start()
        yield
        workers.close()
        holder.close()

    app = FastAPI(
        title="明责 Mingze",
        version=version("mingze"),
        description=_DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.container, app.state.models, app.state.metrics = container, holder, metrics
    app.state.workers = workers
    app.add_middleware(MetricsMiddleware, metrics=metrics)
    app.add_middleware(HeadMiddleware)
    install(app)
    for router in (health.router, catalogue.router, analysis.router, pages.router):
        app.include_router(router)
    app.mount("/static", pages.static_files(), name="static")
    _serve_docs(app)
    return app


def _serve_docs(app: FastAPI) -> None:
    """Serve the API explorer from files of this installation; nothing is loaded from elsewhere."""
    assets = str(files("fastapi_offline").joinpath("static"))
    app.mount("/docs-assets", StaticFiles(directory=assets), name="docs-assets")

    @app.get("/docs", include_in_schema=False)
    def docs(_: Request) -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url="/openapi.json",
            title="明责 Mingze · 接口文档",
            swagger_js_url="/docs-assets/swagger-ui-bundle.js",
            swagger_css_url="/docs-assets/swagger-ui.css",
            swagger_favicon_url="/static/mingze.svg",
            swagger_ui_parameters={"validatorUrl": None},
        )


def from_environment() -> FastAPI:
    """Build the application from the environment: the factory that uvicorn calls."""
    settings = Settings()
    return create_app(build(settings), lambda: load_models(settings, shared=True))
