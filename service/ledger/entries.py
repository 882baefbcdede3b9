"""Ledger entries: one row per plan item, as an office would write it into its 台账."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpora.schema.plan import Deadline, DeadlineKind, PlanItem, Subject, SubjectKind, SubjectRole
from service.ledger.summary import LimitState, limit_state
from service.ledger.wording import warning_text

_KIND_NAMES = {
    DeadlineKind.IMMEDIATE: "立行立改",
    DeadlineKind.ONGOING: "长期坚持",
    DeadlineKind.UNCLEAR: "时限不明",
}


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One row of the ledger; texts are Chinese and ready to show."""

    number: int
    problem: str
    measures: tuple[str, ...]
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    cooperating: tuple[str, ...]
    supervising: tuple[str, ...]
    people: tuple[str, ...]
    limits: tuple[str, ...]
    state: LimitState | None
    remarks: tuple[str, ...]


def entries(items: tuple[PlanItem, ...], *, today: date) -> tuple[LedgerEntry, ...]:
    """Turn plan items into ledger entries, numbered from 1."""
    return tuple(_entry(number, item, today) for number, item in enumerate(items, 1))


def _entry(number: int, item: PlanItem, today: date) -> LedgerEntry:
    def named(*roles: SubjectRole) -> tuple[str, ...]:
        return tuple(show_subject(s) for s in item.subjects if s.role in roles)

    states = [limit_state(deadline, item, today) for deadline in item.deadlines]
    order = list(LimitState)
    return LedgerEntry(
        number=number,
        problem=item.problem or "",
        measures=item.measures,
        lead=named(SubjectRole.LEAD),
        responsible=named(SubjectRole.RESPONSIBLE),
        cooperating=named(SubjectRole.COOPERATING),
        supervising=named(SubjectRole.SUPERVISING),
        people=named(SubjectRole.LEADER, SubjectRole.OWNER),
        limits=tuple(show_deadline(deadline) for deadline in item.deadlines),
        state=min(states, key=order.index) if states else None,
        remarks=tuple(dict.fromkeys(warning_text(warning) for warning in item.warnings)),
    )


def show_subject(subject: Subject) -> str:
    """Return a subject as it is shown: a person with title, anything else by name."""
    if subject.kind is SubjectKind.PERSON and subject.title:
        return f"{subject.name}（{subject.unit or ''}{subject.title}）"
    if subject.kind is SubjectKind.PERSON and subject.unit:
        return f"{subject.name}（{subject.unit}）"
    return subject.name


def show_deadline(deadline: Deadline) -> str:
    """Return a limit as it is shown: the normalised value, else the printed words."""
    tail = "，并长期坚持" if deadline.ongoing and deadline.kind is not DeadlineKind.ONGOING else ""
    begins = f"自 {deadline.from_date.isoformat()} 起" if deadline.from_date else ""
    match deadline.kind:
        case DeadlineKind.DONE:
            shown = f"已完成（{deadline.due.isoformat()}）" if deadline.due else "已完成"
        case DeadlineKind.RANGE if deadline.from_date and deadline.due:
            shown = f"{deadline.from_date.isoformat()} 至 {deadline.due.isoformat()}"
        case _ if deadline.due is not None:
            shown = f"{deadline.due.isoformat()} 前" + ("（有歧义）" if deadline.ambiguous else "")
        case _:
            shown = begins + _KIND_NAMES.get(deadline.kind, deadline.raw)
    return shown + tail
