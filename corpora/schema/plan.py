"""Who must do what by when: the values extracted from rectification plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from corpora.schema.span import Span


class SubjectRole(StrEnum):
    """The part a responsible subject plays."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    COOPERATING = "cooperating"
    SUPERVISING = "supervising"
    LEADER = "leader"
    OWNER = "owner"


class SubjectKind(StrEnum):
    """What a responsible subject is."""

    UNIT = "unit"
    PERSON = "person"
    POST = "post"
    GROUP = "group"


class DeadlineKind(StrEnum):
    """How a time limit is expressed."""

    BY = "by"
    RANGE = "range"
    RELATIVE = "relative"
    IMMEDIATE = "immediate"
    ONGOING = "ongoing"
    RECURRING = "recurring"
    DONE = "done"
    UNCLEAR = "unclear"


class Precision(StrEnum):
    """The unit in which a date was printed."""

    DAY = "day"
    TEN_DAY = "ten-day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class ItemStatus(StrEnum):
    """How far a plan item has come, as far as its text says."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"


class WarningCode(StrEnum):
    """What a reviewer would ask about an item."""

    NO_SUBJECT = "no-subject"
    GROUP_ONLY = "group-only"
    NO_DEADLINE = "no-deadline"
    UNCLEAR_DEADLINE = "unclear-deadline"
    BEFORE_DOCUMENT = "deadline-before-document"
    BEYOND_ALLOWANCE = "deadline-beyond-allowance"
    NOT_CHECKABLE = "measure-not-checkable"


@dataclass(frozen=True, slots=True)
class ItemWarning:
    """A question about an item.

    Attributes:
        span: the subject or limit in question.
        measure: number of the measure in question, from 0.
        features: what was counted in that measure.
        allowed: the last day that the user's rules allow.
    """

    code: WarningCode
    span: Span | None = None
    measure: int | None = None
    features: Mapping[str, int] = field(default_factory=dict)
    allowed: date | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A unit, person, post or group with a role.

    Attributes:
        span: where `raw` stands in the text (the whole mention, title and unit included).
        name: without role word and, for persons, without title.
        origin: ``"grammar"`` or ``"model"``, or ``"inherited"`` from a heading.
    """

    span: Span
    role: SubjectRole
    kind: SubjectKind
    name: str
    title: str | None = None
    unit: str | None = None
    origin: str = "grammar"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit, normalised by the rules of the contract.

    Attributes:
        raw: the printed expression; ``span.of(text) == raw`` unless it was joined across cells.
        due: the last day inside the limit, or ``None`` where the text fixes none.
        from_date: first day of a range or start of a recurrence.
        offset: ISO 8601 duration of a relative limit (``P2M``).
        anchor: the event a relative or event-bound limit hangs on, as printed.
        recurrence: RFC 5545 rule without the ``RRULE:`` prefix.
        alt_due: the second reading of an ambiguous “before”.
    """

    raw: str
    span: Span
    kind: DeadlineKind
    due: date | None = None
    from_date: date | None = None
    offset: str | None = None
    anchor: str | None = None
    recurrence: str | None = None
    ongoing: bool = False
    alt_due: date | None = None
    precision: Precision | None = None
    ambiguous: bool = False
    approximate: bool = False
    business_days: bool = False
    origin: str = "grammar"


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One problem or task with one block of subjects and limits (contract, rule 1)."""

    span: Span
    problem: str | None
    problem_span: Span | None
    measures: tuple[str, ...]
    subjects: tuple[Subject, ...]
    deadlines: tuple[Deadline, ...]
    status: ItemStatus | None = None
    warnings: tuple[ItemWarning, ...] = ()
