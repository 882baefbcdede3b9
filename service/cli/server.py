"""`mingze serve`."""

from __future__ import annotations

import os
import socket

import typer

from service.cli.streams import DONE, SOME_FAILED, complain
from service.domain.filesystem import os_reason
from service.settings import Settings

#: Seconds that running requests get when the server is told to stop.
_GRACE = 30


def listen(settings: Settings) -> int:
    """Serve until stopped.

    Returns:
        The exit status: 1 if the address cannot be listened on.
    """
    import uvicorn  # noqa: PLC0415  the server is not needed by the other commands

    place = f"{settings.host}:{settings.port}"
    try:
        listening = bind(settings.host, settings.port)
    except OSError as error:
        complain(place, f"无法监听这个地址：{_reason(error)}")
        return SOME_FAILED
    for name in ("artifact", "backend"):
        if (value := getattr(settings, name)) is not None:
            os.environ[f"MINGZE_{name.upper()}"] = str(value)
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    typer.echo(f"明责正在启动：http://{shown}:{settings.port}（接口文档在 /docs，按 Ctrl+C 停止）", err=True)
    config = uvicorn.Config(
        "service.api.app:from_environment", factory=True, timeout_graceful_shutdown=_GRACE, server_header=False
    )
    with listening:
        uvicorn.Server(config).run(sockets=[listening])
    return DONE


def bind(host: str, port: int) -> socket.socket:
    """Return a listening socket; with TCP named as its protocol, asyncio sends small answers without delay."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(2048)
    except OSError:
        listening.close()
        raise
    return listening


def _reason(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return "无法识别的地址"
    return {98: "端口已被占用", 48: "端口已被占用", 99: "本机没有这个地址"}.get(error.errno or 0) or os_reason(error)
