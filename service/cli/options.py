"""Options that several commands share, and what is built from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from service.adapters.analyzer import ModelAnalyzer
from service.bootstrap import Container, build, load_models
from service.cli.streams import SOME_FAILED, complain
from service.domain.durations import is_duration
from service.domain.errors import MingzeError
from service.domain.records import explain, parse_day
from service.ports import AnalyzerPort
from service.settings import Settings

#: Opens the models; what `main` is handed instead in tests.
OpenModels = Callable[[Settings], AnalyzerPort]

Output = Annotated[Path | None, typer.Option("--output", "-o", help="输出文件；缺省为标准输出")]
Artifact = Annotated[Path | None, typer.Option("--artifact", help="模型目录；缺省为随程序安装的模型")]
OwnTaxonomy = Annotated[
    Path | None, typer.Option("--taxonomy", help="自定义标签体系（YAML）：模型不认识的标签按其例句即时学习，无需训练")
]
Backend = Annotated[str | None, typer.Option("--backend", help="推理后端：openvino（CPU）或 torch（GPU 或 CPU）")]
WithText = Annotated[bool, typer.Option("--with-text", help="结果中附上全文")]
ReferenceDate = Annotated[
    str | None, typer.Option("--reference-date", help="推算省略年份和相对期限的基准日 YYYY-MM-DD")
]
Events = Annotated[list[str] | None, typer.Option("--event", help="事件日期，如 反馈之日=2023-02-01，可重复")]

AllowedTimes = Annotated[
    list[str] | None,
    typer.Option("--limit", help="最长办理时间，如 整改方案=P1M 或 *=P3M（从收到反馈之日或基准日起算），可重复"),
]


def container_of(artifact: Path | None = None, backend: str | None = None, **more: Any) -> Container:  # noqa: ANN401
    """Build the container from options and environment.

    Raises:
        typer.BadParameter: if a setting is not valid.
        typer.Exit: with status 1, after saying why, if the user's taxonomy is not valid.
    """
    given = {"artifact": artifact, "backend": backend, **more}
    try:
        return build(Settings(**{key: value for key, value in given.items() if value is not None}))
    except ValidationError as error:
        raise typer.BadParameter(f"设置有误：{explain(error)}") from error
    except MingzeError as error:
        complain(str(more.get("taxonomy", "")), error.detail)
        raise typer.Exit(SOME_FAILED) from error


def models_of(context: typer.Context, container: Container) -> AnalyzerPort:
    """Open the models.

    Raises:
        typer.Exit: with status 1, after saying why, if they cannot be loaded.
    """
    open_models: OpenModels = context.obj or _open
    try:
        return open_models(container.settings)
    except MingzeError as error:
        complain(str(container.settings.artifact or "model"), error.detail)
        raise typer.Exit(SOME_FAILED) from error


def _open(settings: Settings) -> ModelAnalyzer:
    return load_models(settings, shared=False)


def day_of(value: str | None) -> date | None:
    """Parse a date option.

    Raises:
        typer.BadParameter: if it is no date.
    """
    if value is None:
        return None
    try:
        return parse_day(value)
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} 不是合法日期（应为 YYYY-MM-DD）") from error


def events_of(values: list[str] | None) -> dict[str, date]:
    """Parse event options ``NAME=YYYY-MM-DD``.

    Raises:
        typer.BadParameter: if one is not of this form.
    """
    found: dict[str, date] = {}
    for value in values or ():
        name, separator, day = value.partition("=")
        if not separator or not name:
            raise typer.BadParameter(f"{value!r} 应为 名称=YYYY-MM-DD")
        parsed = day_of(day)
        if parsed is not None:
            found[name] = parsed
    return found


def limits_of(values: list[str] | None) -> dict[str, str]:
    """Parse limit options ``WORD=DURATION``.

    Raises:
        typer.BadParameter: if one is not of this form.
    """
    found: dict[str, str] = {}
    for value in values or ():
        word, separator, duration = value.partition("=")
        if not separator or not word or not is_duration(duration):
            raise typer.BadParameter(f"{value!r} 应为 用语=时长（如 整改方案=P1M）")
        found[word] = duration
    return found
