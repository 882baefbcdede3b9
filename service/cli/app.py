"""The command line: parses arguments, calls one function, prints; the work is done elsewhere."""

from __future__ import annotations

import json
import sys
from datetime import date
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from service.adapters.analyzer import ModelAnalyzer
from service.adapters.workshop import run_evaluation, run_training
from service.bootstrap import Container, build, load_models
from service.bulk import local
from service.cli.records import answer_file
from service.cli.report import print_report
from service.cli.streams import DONE, SOME_FAILED, WRONG_USAGE, complain, dump, writing
from service.domain.errors import MingzeError
from service.domain.records import explain, parse_passage, parse_statement
from service.exports.encoding import encode_analysis
from service.settings import Settings
from service.usecases.analyse_document import analyse_document
from service.usecases.answer_records import classify_records, extract_records

app = typer.Typer(
    name="mingze",
    help="明责：把巡察反馈、整改方案等文件变成可核对的台账。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Output = Annotated[Path | None, typer.Option("--output", "-o", help="输出文件；缺省为标准输出")]
Artifact = Annotated[Path | None, typer.Option("--artifact", help="模型目录；缺省为随程序安装的模型")]
Backend = Annotated[str | None, typer.Option("--backend", help="推理后端：openvino（CPU）或 torch（GPU 或 CPU）")]
ReferenceDate = Annotated[
    str | None, typer.Option("--reference-date", help="推算省略年份和相对期限的基准日 YYYY-MM-DD")
]
Events = Annotated[list[str] | None, typer.Option("--event", help="事件日期，如 反馈之日=2023-02-01，可重复")]


def _container(artifact: Path | None = None, backend: str | None = None, **more: Any) -> Container:  # noqa: ANN401
    given = {"artifact": artifact, "backend": backend, **more}
    try:
        return build(Settings(**{key: value for key, value in given.items() if value is not None}))
    except ValidationError as error:
        raise typer.BadParameter(explain(error)) from error


def _models(container: Container) -> ModelAnalyzer:
    try:
        return load_models(container.settings, shared=False)
    except MingzeError as error:
        complain("model", error.detail)
        raise typer.Exit(SOME_FAILED) from error


def _progress() -> Progress:
    """Return a progress bar on standard error; it stays silent where that is no terminal."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )


def _day(value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} 不是合法日期（应为 YYYY-MM-DD）") from error


def _events(values: list[str] | None) -> dict[str, date]:
    found: dict[str, date] = {}
    for value in values or ():
        name, separator, day = value.partition("=")
        parsed = _day(day)
        if not separator or not name or parsed is None:
            raise typer.BadParameter(f"{value!r} 应为 名称=YYYY-MM-DD")
        found[name] = parsed
    return found


@app.command()
def analyze(
    files: Annotated[list[Path], typer.Argument(help="一个或多个文件")],
    output: Output = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="结果中附上全文")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="在标准输出上打印 JSON，而不是表格")] = False,
    reference_date: ReferenceDate = None,
    event: Events = None,
    artifact: Artifact = None,
    backend: Backend = None,
) -> None:
    """分析文件：一个文件输出一个 JSON 对象，多个文件输出数组（.jsonl 则每行一个）。"""
    day, events = _day(reference_date), _events(event)
    container = _container(artifact, backend)
    models = _models(container)
    found, failed = [], False
    for path in files:
        try:
            data = path.read_bytes()
            found.append(
                analyse_document(
                    data, name=path.name, reader=container.reader, analyzer=models, reference_date=day, events=events
                )
            )
        except (MingzeError, OSError) as error:
            failed = True
            complain(str(path), error.detail if isinstance(error, MingzeError) else f"无法读取：{error.strerror}")
    today = container.clock.today()
    if output is None and not as_json:
        for analysis in found:
            print_report(Console(), analysis, container.taxonomy, today=today)
    else:
        names = container.taxonomy.names()
        encoded = [encode_analysis(a, names, today=today, with_text=with_text) for a in found]
        _write_analyses(encoded, output, several=len(files) > 1)
    raise typer.Exit(SOME_FAILED if failed else DONE)


def _write_analyses(encoded: list[dict[str, Any]], output: Path | None, *, several: bool) -> None:
    with writing(output) as stream:
        if output is not None and output.suffix in (".jsonl", ".ndjson"):
            stream.writelines(dump(entry) + "\n" for entry in encoded)
        elif several:
            stream.write(json.dumps(encoded, ensure_ascii=False, indent=1) + "\n")
        elif encoded:
            stream.write(json.dumps(encoded[0], ensure_ascii=False, indent=1) + "\n")


@app.command()
def classify(
    source: Annotated[Path, typer.Argument(help="JSONL 文件，每行一条语句；- 表示标准输入")],
    output: Output = None,
    artifact: Artifact = None,
    backend: Backend = None,
) -> None:
    """逐条判定语句的角色和问题类型。"""
    container = _container(artifact, backend)
    models, names = _models(container), container.taxonomy.names()
    raise typer.Exit(
        _answer(source, output, parse_statement, lambda r: classify_records(r, analyzer=models, names=names))
    )


@app.command()
def extract(
    source: Annotated[Path, typer.Argument(help="JSONL 文件，每行一条整改事项；- 表示标准输入")],
    output: Output = None,
    artifact: Artifact = None,
    backend: Backend = None,
) -> None:
    """逐条抽取整改事项的责任主体和时限。"""
    models = _models(_container(artifact, backend))
    raise typer.Exit(_answer(source, output, parse_passage, lambda r: extract_records(r, analyzer=models)))


def _answer(source: Path, output: Path | None, parse: Any, answer: Any) -> int:  # noqa: ANN401  generic in the record
    try:
        return answer_file(source, output, parse=parse, answer=answer, progress=_progress())
    except OSError as error:
        complain(str(source), f"无法读取：{error.strerror}")
        return SOME_FAILED


@app.command()
def bulk(
    source: Annotated[Path, typer.Argument(help="文件夹")],
    output: Annotated[Path, typer.Option("--output", "-o", help="输出文件夹")],
    with_text: Annotated[bool, typer.Option("--with-text", help="结果中附上全文")] = False,
    artifact: Artifact = None,
    backend: Backend = None,
) -> None:
    """批量分析一个文件夹；中断后再次运行即可续作，失败的文件列在 failed.ndjson。"""
    if not source.is_dir():
        raise typer.BadParameter(f"{source} 不是文件夹")
    container = _container(artifact, backend)
    models = _models(container)
    names, identity = container.taxonomy.names(), models.identity()

    def analyse(data: bytes, name: str) -> dict[str, Any]:
        analysis = analyse_document(data, name=name, reader=container.reader, analyzer=models)
        return encode_analysis(analysis, names, today=container.clock.today(), with_text=with_text)

    counts = {"done": 0, "kept": 0, "failed": 0}
    with _progress() as progress:
        task = progress.add_task(source.name, total=len(local.sources(source)))
        for step in local.run(source, output, analyse=analyse, model=f"{identity.name}-{identity.version}"):
            counts[step.outcome] += 1
            if step.outcome == "failed":
                complain(str(source / step.path), step.reason or "")
            progress.advance(task)
    Console(stderr=True).print(
        f"完成 {counts['done']}，沿用 {counts['kept']}，失败 {counts['failed']}；结果在 {output / local.RESULTS}"
    )
    raise typer.Exit(SOME_FAILED if counts["failed"] else DONE)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="监听地址，缺省 127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="监听端口，缺省 8000")] = None,
) -> None:
    """启动 HTTP 服务和网页。"""
    import uvicorn  # noqa: PLC0415  the server is not needed by the other commands

    settings = _container(host=host, port=port).settings
    uvicorn.run("service.api.app:from_environment", factory=True, host=settings.host, port=settings.port)


@app.command()
def train(
    config: Annotated[Path, typer.Option("--config", help="训练配置（TOML）")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="模型目录；缺省为 models/artifacts/名称-版本")
    ] = None,
) -> None:
    """按配置训练模型（需要 train 附加依赖）。"""
    raise typer.Exit(_workshop(lambda: run_training(config, output, report=_say)))


@app.command()
def evaluate(
    artifact: Artifact = None,
    seeds: Annotated[Path | None, typer.Option("--seeds", help="另附的参考标注 JSONL")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="把结果写成 JSON")] = None,
) -> None:
    """与关键词、TF-IDF、零样本编码器并列评测（需要 train 附加依赖）。"""
    raise typer.Exit(_workshop(lambda: run_evaluation(artifact, seeds, output, report=_say)))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _workshop(action: Any) -> int:  # noqa: ANN401  a callable without arguments
    try:
        action()
    except MingzeError as error:
        complain("workshop", error.detail)
        return SOME_FAILED
    return DONE


@app.command()
def version() -> None:
    """打印版本。"""
    typer.echo(f"mingze {installed_version('mingze')}")


def main() -> None:
    """Run the command line; wrong usage ends with status 2."""
    app()


__all__ = ["WRONG_USAGE", "app", "main"]
