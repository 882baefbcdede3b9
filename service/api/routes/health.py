"""Whether the process lives, whether it can answer, and which version it is."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from service.api.problems import of_error
from service.api.state import holder_of
from service.domain.errors import NotReady

router = APIRouter(tags=["运行"])


@router.get("/livez", summary="进程存活")
def livez() -> dict[str, str]:
    """Answer as long as the process runs; says nothing about the models."""
    return {"status": "ok"}


@router.get("/readyz", summary="可以处理请求", responses={503: {"description": "模型尚未就绪"}})
def readyz(request: Request) -> Response:
    """Answer 200 only when the models are loaded and have answered once."""
    holder = holder_of(request)
    if holder.ready:
        return JSONResponse({"status": "ready"})
    return of_error(NotReady(holder.failure or "模型正在加载，请稍后重试"))


@router.get("/version", summary="程序版本")
def read_version() -> dict[str, str]:
    """Return the version of the program."""
    return {"name": "mingze", "version": version("mingze")}


@router.get("/metrics", summary="Prometheus 指标")
def metrics(request: Request) -> Response:
    """Return the metrics in Prometheus text format."""
    registry = request.app.state.metrics
    registry.ready.set(1 if holder_of(request).ready else 0)
    return Response(registry.render(), media_type="text/plain; version=0.0.4; charset=utf-8")
