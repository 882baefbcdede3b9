"""Whether the process lives, whether it can answer, and which version it is."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from service.api import examples
from service.api.state import holder_of

router = APIRouter(tags=["运行"])


@router.get("/livez", summary="进程存活")
async def livez() -> dict[str, str]:
    """Answer as long as the process runs; says nothing about the models."""
    return {"status": "ok"}


@router.get("/readyz", summary="可以处理请求", responses=examples.NOT_READY)
async def readyz(request: Request) -> Response:
    """Answer 200 only when the models are loaded and have answered once."""
    holder_of(request).get()
    return JSONResponse({"status": "ready"})


@router.get("/version", summary="程序版本")
async def read_version() -> dict[str, str]:
    """Return the version of the program."""
    return {"name": "mingze", "version": version("mingze")}


@router.get("/metrics", summary="Prometheus 指标")
async def metrics(request: Request) -> Response:
    """Return the metrics in Prometheus text format."""
    registry = request.app.state.metrics
    registry.ready.set(1 if holder_of(request).ready else 0)
    return Response(registry.render(), media_type="text/plain; version=0.0.4; charset=utf-8")
