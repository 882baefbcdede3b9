"""The grammar of time limits in Chinese rectification documents: text in, normalised deadlines out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from corpora.schema.plan import Deadline, DeadlineKind
from models.deadlines.expressions import Boundary, Expression
from models.deadlines.normal import NormalText, fold
from models.deadlines.prose import limits_of_prose
from models.deadlines.resolve import resolve
from models.deadlines.scanner import scan
from models.deadlines.years import Setting

_EMPTY = re.compile(r"(?:[-/\\|*.。、,;:〃″无空缺略]|同上|同前|见上|详见附件|见附件|未明确|N/?A|n/?a)*")
_NOTE_GAP = re.compile(r"[(,]?(?:整改)?(?:时间|日期)?[:为]?")
#: What goes on for good with an act of its own is a stage of its own, no note to the limit before it.
_OWN_ACT = re.compile(r"长期(?:跟踪|监[管测]|管[护理])|常态化(?:开展|抽[检查]|巡查|值守|监管)")
_SENTENCE_BREAK = re.compile(r"[;。\n]")
_SAME_CELL = re.compile(r"(?:(?!\(\d{1,2}\)|[;,][一二三四]是|;\d[.、]|[②-⑨])[^。\n]){0,40}")
_SAME_CLAUSE = re.compile(r"\)?[^。;\n()]{0,24}")


def parse_field(
    text: str, *, reference_date: date | None, events: Mapping[str, date], context_year: int | None = None
) -> tuple[Deadline, ...]:
    """Read the value of a labelled limit field or of a cell in a limit column: everything in it is a limit.

    Args:
        text: the printed value, without its label; spaces, line breaks and full-width forms are allowed.
        reference_date: date of the document; without it dates that print no year stay open (`due` None).
        events: dates of named events (反馈之日, 集中整改期结束), matched loosely.
        context_year: the year that the surrounding text gives to dates without one.

    Returns:
        The deadlines in printed order; spans and `raw` refer to `text`. Empty values (—, /, 同上) give none.
    """
    printed = fold(text, cell=True)
    if _EMPTY.fullmatch(printed.text):
        return ()
    found = _without_notes(printed.text, _without_adverbs(printed.text, scan(printed.text, field=True)))
    setting = Setting(reference_date, events, context_year)
    return resolve(_composed(printed, _dated_completion(printed.text, found), field=True), printed, setting)


def find_deadlines(
    text: str, *, reference_date: date | None, events: Mapping[str, date], context_year: int | None = None
) -> tuple[Deadline, ...]:
    """Find the limits in running prose or in a bracket without a label.

    Dates count only with a cue (前, 底前, 内, 完成, 每); status dates, inspection and publicity periods, meetings,
    titles, document numbers, story and slogans give nothing. Arguments and result are those of `parse_field`.
    """
    printed = fold(text, cell=False)
    setting = Setting(reference_date, events, context_year)
    found = scan(printed.text, field=False)
    kept = limits_of_prose(printed.text, found, setting)
    return resolve(_composed(printed, kept, field=False), printed, setting)


def _without_adverbs(text: str, found: list[Expression]) -> list[Expression]:
    """Drop 按期, 尽快 and 正在整改 beside a real limit of the same sentence."""
    firm = [not expression.status and expression.kind is not DeadlineKind.UNCLEAR for expression in found]
    kept = []
    for index, expression in enumerate(found):
        near = [other for other in (*range(index - 3, index), *range(index + 1, index + 4)) if 0 <= other < len(found)]
        beside = not firm[index] and any(firm[at] and _same_sentence(text, expression, found[at]) for at in near)
        if not beside:
            kept.append(expression)
    return kept


def _same_sentence(text: str, left: Expression, right: Expression) -> bool:
    first, last = sorted((left, right), key=lambda expression: expression.start)
    return last.start - first.end <= 60 and _SENTENCE_BREAK.search(text, first.end, last.start) is None


def _without_notes(text: str, found: list[Expression]) -> list[Expression]:
    """Drop durations that only explain a date or another duration: 两个月(60天), 4月中旬,45天左右."""
    kept: list[Expression] = []
    for expression in found:
        explained = expression.kind is DeadlineKind.RELATIVE and expression.anchor is None and bool(kept)
        if explained and not _is_own_limit(text, expression, kept[-1]):
            continue
        kept.append(expression)
    return kept


def _is_own_limit(text: str, expression: Expression, before: Expression) -> bool:
    """Say whether a duration after another limit stands for itself."""
    if before.kind not in {DeadlineKind.RELATIVE, DeadlineKind.RANGE, DeadlineKind.BY}:
        return True
    gap = text[before.end : expression.start]
    return len(gap) > 2 or text[expression.start : expression.end].endswith("内")


def _dated_completion(text: str, found: list[Expression]) -> list[Expression]:
    """Join 已完成 and the day printed beside it in brackets: 已完成(2023年4月20日)."""
    kept: list[Expression] = []
    for expression in found:
        before = kept[-1] if kept else None
        if before is not None and _NOTE_GAP.fullmatch(text[before.end : expression.start]):
            pair = _completion(text, before, expression)
            if pair is not None:
                kept[-1] = pair
                continue
        kept.append(expression)
    return kept


def _completion(text: str, left: Expression, right: Expression) -> Expression | None:
    done, day = (left, right) if left.kind is DeadlineKind.DONE else (right, left)
    plain = day.kind is DeadlineKind.BY and day.point is not None and day.boundary is Boundary.NONE
    if done.kind is not DeadlineKind.DONE or done.point is not None or not plain:
        return None
    closed = "(" in text[left.end : right.start] and text.startswith(")", right.end)
    return replace(done, start=left.start, end=right.end + closed, point=day.point)


def _composed(printed: NormalText, found: Iterable[Expression], *, field: bool) -> list[Expression]:
    """Join 并长期坚持 to the limit beside it (contract, rule 9): one entry, `ongoing`, its kind unchanged."""
    near = _SAME_CELL if field else _SAME_CLAUSE
    kept: list[Expression] = []
    for expression in found:
        before = kept[-1] if kept else None
        if before is not None and near.fullmatch(printed.text, before.end, expression.start):
            if not field and _OWN_ACT.match(printed.text, expression.start):
                kept.append(expression)
                continue
            if _is_open_end(expression) and not _is_open_end(before):
                kept[-1] = replace(before, end=expression.end, ongoing=True)
                continue
            if _is_open_end(expression) and _is_open_end(before):
                kept[-1] = replace(before, end=expression.end)
                continue
            if _is_open_end(before) and len(kept) == 1 and expression.kind is not DeadlineKind.UNCLEAR:
                kept[-1] = replace(expression, start=before.start, ongoing=True)
                continue
        kept.append(expression)
    return kept


def _is_open_end(expression: Expression) -> bool:
    """Say whether the expression is 长期坚持 or the like, without a start of its own."""
    return expression.kind is DeadlineKind.ONGOING and expression.since is None
