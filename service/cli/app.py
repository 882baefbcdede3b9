"""The command line: parses arguments, calls one function, prints; the work is done elsewhere."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Sequence
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from service.cli.analyses import analyse_files, analyse_source
from service.cli.help import HelpedCommand, HelpedGroup
from service.cli.options import (
    AllowedTimes,
    Artifact,
    Backend,
    Events,
    OpenModels,
    Output,
    OwnTaxonomy,
    ReferenceDate,
    WithText,
    container_of,
    day_of,
    events_of,
    limits_of,
    models_of,
)
from service.cli.records import answer_file
from service.cli.server import listen
from service.cli.streams import DONE, SOME_FAILED, WRONG_USAGE, complain
from service.cli.usage import explain_usage
from service.cli.workshop import evaluate_model, train_model
from service.domain.errors import MingzeError
from service.domain.filesystem import os_reason
from service.domain.records import parse_passage, parse_statement
from service.usecases.answer_records import classify_records, extract_records

app = typer.Typer(
    name="mingze",
    cls=HelpedGroup,
    help="明责：把巡察反馈、整改方案等文件变成可核对的台账。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command(cls=HelpedCommand)
def analyze(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="一个或多个文件")],
    output: Output = None,
    with_text: WithText = False,
    as_json: Annotated[bool, typer.Option("--json", help="在标准输出上打印 JSON，而不是表格")] = False,
    reference_date: ReferenceDate = None,
    event: Events = None,
    limit: AllowedTimes = None,
    taxonomy: OwnTaxonomy = None,
    artifact: Artifact = None,
    backend: Backend = None,
) -> None:
    """分析文件：一个文件输出一个 JSON 对象，多个文件输出数组（.jsonl 则每行一个）。"""
    day, events, limits = day_of(reference_date), events_of(event), limits_of(limit)
    container = container_of(artifact, backend, taxonomy=taxonomy)
    models = models_of(context, container)
    report = output is None and not as_json
    raise typer.Exit(
        analyse_files(
            files,
            output,
            container,
            models,
            reference_date=day,
            events=events,
            limits=limits,
            report=report,
            with_text=with_text,
        )
    )


@app.command(cls=HelpedCommand)
def classify(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="JSONL 文件，每行一条语句；- 表示标准输入")],
    output: Output = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="列出每个标签所依据的词语和相近的先例（每条语句耗时较长）")
    ] = False,
    taxonomy: OwnTaxonomy = None,
    artifact: Artifact = None,
    backend: Backend = None,
) -> None:
    """逐条判定语句的角色和问题类型。"""
    container = container_of(artifact, backend, taxonomy=taxonomy)
    models, names = models_of(context, container), container.taxonomy.names()
    raise typer.Exit(
        answer_file(
            source,
            output,
            parse=parse_statement,
            answer=lambda records: classify_records(records, analyzer=models, names=names, evidence=evidence),
        )
    )


@app.command(cls=HelpedCommand)
def extract(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="JSONL 文件，每行一条整改事项；- 表示标准输入")],
    output: Output = None,
    artifact: Artifact = None,
    backend: Backend = None,
) -> None:
    """逐条抽取整改事项的责任主体和时限。"""
    models = models_of(context, container_of(artifact, backend))
    raise typer.Exit(
        answer_file(
            source,
            output,
            parse=parse_passage,
            answer=lambda records: extract_records(records, analyzer=models),
        )
    )


@app.command(cls=HelpedCommand)
def bulk(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="文件夹、.zip，或每行（每条）一份文件的 .jsonl、.parquet")],
    output: Annotated[Path, typer.Option("--output", "-o", help="输出文件夹")],
    with_text: WithText = False,
    taxonomy: OwnTaxonomy = None,
    artifact: Artifact = None,
    backend: Backend = None,
) -> None:
    """批量分析；中断后再次运行即可续作，失败的文件列在 failed.ndjson。"""
    if output.exists() and not output.is_dir():
        raise typer.BadParameter(f"{output} 不是文件夹")
    container = container_of(artifact, backend, taxonomy=taxonomy)
    models = models_of(context, container)
    raise typer.Exit(analyse_source(source, output, container, models, with_text=with_text))


@app.command(cls=HelpedCommand)
def serve(
    host: Annotated[str | None, typer.Option(help="监听地址，缺省 127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="监听端口，缺省 8000")] = None,
    taxonomy: OwnTaxonomy = None,
    artifact: Artifact = None,
    backend: Backend = None,
) -> None:
    """启动 HTTP 服务和网页。"""
    settings = container_of(artifact, backend, taxonomy=taxonomy, host=host, port=port).settings
    raise typer.Exit(listen(settings))


@app.command(cls=HelpedCommand)
def train(
    config: Annotated[Path, typer.Option("--config", help="训练配置（TOML）")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="模型目录；缺省为 models/artifacts/名称-版本")
    ] = None,
    start_from: Annotated[
        Path | None, typer.Option("--from-artifact", help="从这个模型目录的权重接着训练；缺省从基础编码器开始")
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="自己标注的语句（JSONL：id、text、role、labels），与语料一起学习")
    ] = None,
    taxonomy: Annotated[Path | None, typer.Option("--taxonomy", help="自定义标签体系（YAML）")] = None,
) -> None:
    """按配置训练模型（需要 train 附加依赖）。"""
    raise typer.Exit(train_model(config, output, start_from=start_from, data=data, taxonomy=taxonomy))


@app.command(cls=HelpedCommand)
def evaluate(
    artifact: Artifact = None,
    seeds: Annotated[Path | None, typer.Option("--seeds", help="另附的参考标注 JSONL")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="把结果写成 JSON")] = None,
) -> None:
    """与关键词、TF-IDF、零样本编码器并列评测（需要 train 附加依赖）。"""
    raise typer.Exit(evaluate_model(artifact, seeds, output))


@app.command(cls=HelpedCommand)
def version() -> None:
    """打印版本。"""
    typer.echo(f"mingze {installed_version('mingze')}")


def run(arguments: Sequence[str], *, open_models: OpenModels | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words after ``mingze``.
        open_models: opens the models; by default those of the settings.

    Returns:
        The exit status: 0 all done, 1 something failed and was named on standard error, 2 wrong usage.
    """
    try:
        status = app(list(arguments), prog_name="mingze", standalone_mode=False, obj=open_models)
    except TyperException as error:
        if type(error).__name__ != "NoArgsIsHelpError":  # which has shown the help already
            complain("用法", explain_usage(error))
        return WRONG_USAGE
    except MingzeError as error:
        complain("mingze", error.detail)
        return SOME_FAILED
    except OSError as error:
        complain(str(error.filename or "输出"), os_reason(error))
        return SOME_FAILED
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        complain("内部错误", f"{type(error).__name__}: {error}（用 python -X dev -m service 重新运行可看到详情）")
        return SOME_FAILED
    return status if isinstance(status, int) else DONE


def main() -> None:
    """Run the command line and exit; text goes out as UTF-8 on every system."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if not sys.flags.dev_mode:
        logging.getLogger("mingze").addHandler(logging.NullHandler())
    sys.exit(run(sys.argv[1:]))
