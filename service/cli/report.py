"""An analysis as a readable report on a terminal: problems by kind, and the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from corpora.schema.statement import Analysis, ClassifiedSentence, Role
from corpora.taxonomy import Taxonomy
from service.ledger.entries import LedgerEntry, entries
from service.ledger.summary import LimitState, summarise
from service.ledger.wording import KIND_NAMES, STATE_NAMES

_FAMILY_COLOURS = {
    "DZ": "blue",
    "MZ": "cyan",
    "LZ": "magenta",
    "DU": "yellow",
    "KZ": "green",
    "WZ": "red",
    "ZG": "bright_red",
    "QT": "white",
}
_STATE_STYLES = {
    LimitState.OVERDUE: "bold red",
    LimitState.DUE_SOON: "yellow",
    LimitState.LATER: "green",
    LimitState.ONGOING: "cyan",
    LimitState.DONE: "dim green",
    LimitState.UNDATED: "dim",
}
#: Columns of the ledger with their share of the width; ``None`` for those as wide as their content.
_LEDGER_COLUMNS = (
    ("序号", None),
    ("问题", 5),
    ("整改措施", 6),
    ("责任主体", 4),
    ("责任人", 3),
    ("时限", 4),
    ("状态", None),
    ("提示", 4),
)


def report_console() -> Console:
    """Return a console that prints texts as they are: nothing in a document is taken for markup."""
    return Console(markup=False, emoji=False, highlight=False)


def print_report(console: Console, analysis: Analysis, taxonomy: Taxonomy, *, today: date) -> None:
    """Print the report of one document."""
    document, summary = analysis.document, summarise(analysis, today=today)
    issued = analysis.date.isoformat() if analysis.date else "未注明"
    console.rule(Text(document.name, style="bold"))
    console.print(
        f"类型 {KIND_NAMES[analysis.kind]}　日期 {issued}　{len(document.text)} 字　"
        f"{len(analysis.sentences)} 句　问题 {summary.problems} 条　台账事项 {len(analysis.items)} 项"
    )
    for warning in analysis.warnings:
        console.print(f"注意：{warning}", style="yellow")
    _print_problems(console, analysis, taxonomy)
    if analysis.items:
        console.print(_ledger(entries(analysis.items, today=today)))
    console.print(f"模型 {analysis.model_name} {analysis.model_version}；标“？”的需要人工复核", style="dim")


def _print_problems(console: Console, analysis: Analysis, taxonomy: Taxonomy) -> None:
    table = Table(title="问题表述（按类型）", show_lines=False, expand=True, header_style="bold")
    table.add_column("类型", no_wrap=True)
    table.add_column("问题", overflow="fold")
    table.add_column("位置", justify="right", no_wrap=True)
    for code, found in _by_label(analysis.sentences, taxonomy):
        label = taxonomy.label(code)
        for number, entry in enumerate(found):
            name = Text(f"{label.name}", style=_FAMILY_COLOURS.get(label.family, "white")) if number == 0 else ""
            span = entry.sentence.span
            mark = "？" if entry.classification.needs_review else ""
            table.add_row(name, span.of(analysis.document.text).replace("\n", "") + mark, f"{span.start}–{span.end}")
    if table.row_count:
        console.print(table)
    else:
        console.print("没有发现带类型的问题表述", style="dim")


def _by_label(
    sentences: Iterable[ClassifiedSentence], taxonomy: Taxonomy
) -> Iterable[tuple[str, list[ClassifiedSentence]]]:
    found: dict[str, list[ClassifiedSentence]] = {}
    for entry in sentences:
        if entry.classification.role is Role.PROBLEM and entry.classification.labels:
            found.setdefault(entry.classification.labels[0].code, []).append(entry)
    for code in taxonomy.codes:
        if code in found:
            yield code, found[code]


def _ledger(rows: Iterable[LedgerEntry]) -> Table:
    table = Table(title="整改台账", show_lines=True, expand=True, header_style="bold")
    for name, share in _LEDGER_COLUMNS:
        table.add_column(name, ratio=share, min_width=len(name) * 2, overflow="fold", no_wrap=share is None)
    for row in rows:
        table.add_row(
            str(row.number),
            row.problem or "—",
            "\n".join(row.measures) or "—",
            _bodies(row),
            "\n".join(row.people) or "—",
            "\n".join(row.limits) or "—",
            Text(STATE_NAMES[row.state], style=_STATE_STYLES[row.state]) if row.state else "",
            Text("\n".join(row.remarks), style="yellow"),
        )
    return table


def _bodies(row: LedgerEntry) -> str:
    parts = (("牵头", row.lead), ("责任", row.responsible), ("配合", row.cooperating), ("督办", row.supervising))
    return "\n".join(f"{role}：{'、'.join(names)}" for role, names in parts if names) or "—"
