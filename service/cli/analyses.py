"""`mingze analyze` and `mingze bulk`: whole documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typer

from corpora.schema.statement import Analysis
from service.bootstrap import Container
from service.bulk import local
from service.bulk.sources import open_source
from service.cli.report import print_report, report_console
from service.cli.streams import DONE, SOME_FAILED, complain, dump, progress_bar, writing
from service.domain.errors import FolderInUse, MingzeError
from service.domain.filesystem import os_reason, printable_path
from service.domain.records import DocumentRecord
from service.exports.encoding import encode_analysis
from service.ports import AnalyzerPort
from service.usecases.analyse_document import analyse_document, analyse_text

_LINES = frozenset({".jsonl", ".ndjson"})


def analyse_files(
    files: Sequence[Path],
    output: Path | None,
    container: Container,
    models: AnalyzerPort,
    *,
    reference_date: date | None,
    events: Mapping[str, date],
    limits: Mapping[str, str],
    report: bool,
    with_text: bool,
) -> int:
    """Analyse files one by one; those that fail are named, the others written.

    Returns:
        The exit status.

    Raises:
        OSError: if the result cannot be written.
    """
    found: list[Analysis] = []
    with progress_bar(silent=len(files) == 1) as progress:
        for path in progress.track(files, description="分析"):
            try:
                found.append(
                    analyse_document(
                        _bounded(path, container.settings.max_bytes),
                        name=printable_path(path.name),
                        reader=container.reader,
                        analyzer=models,
                        reference_date=reference_date,
                        events=events,
                        limits=limits,
                    )
                )
            except (MingzeError, OSError) as error:
                complain(str(path), _reason(error, path.name))
    today = container.clock.today()
    if report:
        for analysis in found:
            print_report(report_console(), analysis, container.taxonomy, today=today)
    elif found:
        names = container.taxonomy.names()
        encoded = [encode_analysis(a, names, today=today, with_text=with_text) for a in found]
        _write(encoded, output, several=len(files) > 1)
    return DONE if len(found) == len(files) else SOME_FAILED


def _reason(error: MingzeError | OSError, name: str) -> str:
    """Return the reason without the file name, which stands before it already."""
    if isinstance(error, MingzeError):
        return error.detail.removeprefix(f"“{name}”：")
    return os_reason(error)


def _bounded(path: Path, limit: int) -> bytes:
    """Read a file, but no more than one byte over the limit: the reader then says that it is too large."""
    with path.open("rb") as stream:
        return stream.read(limit + 1)


def _write(encoded: Sequence[dict[str, Any]], output: Path | None, *, several: bool) -> None:
    with writing(output) as stream:
        if output is not None and output.suffix in _LINES:
            stream.writelines(dump(entry) + "\n" for entry in encoded)
        else:
            stream.write(json.dumps(encoded if several else encoded[0], ensure_ascii=False, indent=1) + "\n")


def analyse_source(source: Path, output: Path, container: Container, models: AnalyzerPort, *, with_text: bool) -> int:
    """Analyse all documents of a source into a folder; those that fail are named and listed.

    Returns:
        The exit status.

    Raises:
        OSError: if the results cannot be written.
    """
    names, identity = container.taxonomy.names(), models.identity()
    stamp = {
        "model_id": f"{identity.name}-{identity.version}",
        "program": version("mingze"),
        "with_text": with_text,
    }

    def analyse(content: bytes | DocumentRecord, name: str) -> dict[str, Any]:
        if isinstance(content, bytes):
            analysis = analyse_document(content, name=name, reader=container.reader, analyzer=models)
        else:
            analysis = analyse_text(
                content.text,
                name=content.name if "name" in content.model_fields_set else str(content.id or name),
                reader=container.reader,
                analyzer=models,
                reference_date=content.reference_date,
                events=content.events,
            )
        return encode_analysis(analysis, names, today=container.clock.today(), with_text=with_text)

    try:
        documents = open_source(source, leave_out=output, max_bytes=container.settings.max_bytes)
    except (MingzeError, OSError) as error:
        complain(str(source), _reason(error, source.name))
        return SOME_FAILED
    try:
        counts = _count(source, documents.total, local.run(documents, output, analyse=analyse, stamp=stamp))
    except FolderInUse as error:
        complain(str(output), error.detail)
        return SOME_FAILED
    typer.echo(
        f"完成 {counts['done']}，沿用 {counts['kept']}，失败 {counts['failed']}；结果在 {output / local.RESULTS}"
    )
    return SOME_FAILED if counts["failed"] else DONE


def _count(source: Path, total: int, steps: Iterable[local.BulkProgress]) -> dict[str, int]:
    """Show the steps of a bulk run as they come, name what fails, and count the outcomes."""
    counts = {"done": 0, "kept": 0, "failed": 0}
    with progress_bar() as progress:
        task = progress.add_task(source.name, total=total)
        for step in steps:
            counts[step.outcome] += 1
            if step.outcome == "failed":
                complain(
                    str(source / step.path) if source.is_dir() else step.path,
                    step.reason.removeprefix(f"“{Path(step.path).name}”："),
                )
            progress.advance(task)
    return counts
