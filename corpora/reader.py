"""Strict reading of the labelled corpora; the test split opens only for evaluation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from corpora.errors import CorpusError
from corpora.schema.codec import decode_items
from corpora.schema.plan import PlanItem
from corpora.schema.statement import LABELLED_ROLES, Role


class Split(StrEnum):
    """Train learns, dev chooses, test reports; challenge reports on known traps (statements only)."""

    TRAIN = "train"
    DEV = "dev"
    TEST = "test"
    CHALLENGE = "challenge"


#: The splits that both corpora have.
COMMON_SPLITS = (Split.TRAIN, Split.DEV, Split.TEST)
_FOR_EVALUATION = frozenset({Split.TEST, Split.CHALLENGE})


_ROLES = frozenset(role.value for role in Role)


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """A labelled statement.

    Attributes:
        register: the kind of document that such a statement is taken from.
        series: which writing campaign it belongs to.
    """

    id: str
    text: str
    role: Role
    labels: tuple[str, ...]
    register: str
    series: str


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """An annotated plan passage; spans of `items` point into `text`."""

    id: str
    text: str
    kind: str
    reference_date: date | None
    events: Mapping[str, date]
    items: tuple[PlanItem, ...]


def corpus_folder(name: str) -> Path:
    """Return the folder of a corpus of this installation (``statements`` or ``plans``)."""
    return Path(__file__).resolve().parent / name


def read_statements(
    split: Split, *, folder: Path | None = None, for_evaluation: bool = False
) -> tuple[StatementRecord, ...]:
    """Read a split of the statement corpus.

    Raises:
        CorpusError: if a line breaks the format, or a split for evaluation is asked for by anything but evaluation.
    """
    path = _path(folder or corpus_folder("statements"), split, for_evaluation=for_evaluation)
    return tuple(_statement(record, path.name, line) for line, record in _lines(path))


def read_statement_file(path: Path) -> tuple[StatementRecord, ...]:
    """Read labelled statements of a user's own: ``id``, ``text``, ``role``, ``labels``; ``register`` and ``series`` may be left out.

    Raises:
        CorpusError: if the file is missing or a line breaks the format.
    """
    found = []
    for number, record in _lines(path):
        whole = {"register": path.stem, "series": path.stem, "id": f"{path.stem}-{number}", **record}
        found.append(_statement(whole, path.name, number))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What a second annotator, working blind, says of a statement of train or dev."""

    id: str
    role: Role
    labels: tuple[str, ...]


def read_second_annotation(*, folder: Path | None = None) -> tuple[SecondOpinion, ...]:
    """Read the second annotation of a sample of the statements.

    Raises:
        CorpusError: if the file is missing or a line breaks the format.
    """
    path = (folder or corpus_folder("statements")) / "second_annotation.jsonl"
    found = []
    for number, record in _lines(path):
        labels = record.get("labels")
        role = _text(record, "role", path.name, number)
        if role not in _ROLES or not isinstance(labels, list):
            raise CorpusError(path.name, f"unknown role {role!r} or labels {labels!r}", line=number)
        found.append(SecondOpinion(_text(record, "id", path.name, number), Role(role), tuple(map(str, labels))))
    return tuple(found)


def read_plans(split: Split, *, folder: Path | None = None, for_evaluation: bool = False) -> tuple[PlanRecord, ...]:
    """Read a split of the plan corpus.

    Raises:
        CorpusError: if a line breaks the format, or a split for evaluation is asked for by anything but evaluation.
    """
    path = _path(folder or corpus_folder("plans"), split, for_evaluation=for_evaluation)
    return tuple(_plan(record, path.name, line) for line, record in _lines(path))


def _path(folder: Path, split: Split, *, for_evaluation: bool) -> Path:
    if split in _FOR_EVALUATION and not for_evaluation:
        raise CorpusError(f"{split}.jsonl", f"the {split} split opens only for evaluation (for_evaluation=True)")
    return folder / f"{split}.jsonl"


def _lines(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(path.name, f"cannot be read: {error}") from error
    for number, line in enumerate(content.split("\n"), 1):
        if not line:
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise CorpusError(path.name, f"not JSON: {error}", line=number) from error
        if not isinstance(record, dict):
            raise CorpusError(path.name, "not a JSON object", line=number)
        yield number, record


def _text(record: Mapping[str, object], key: str, file: str, line: int) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CorpusError(file, f"{key!r} must be a non-empty text, not {value!r}", line=line)
    return value


def _statement(record: Mapping[str, object], file: str, line: int) -> StatementRecord:
    labels = record.get("labels")
    if not isinstance(labels, list) or not all(isinstance(code, str) for code in labels):
        raise CorpusError(file, f"labels must be a list of codes, not {labels!r}", line=line)
    role = _text(record, "role", file, line)
    if role not in _ROLES:
        raise CorpusError(file, f"unknown role {role!r}", line=line)
    if labels and Role(role) not in LABELLED_ROLES:
        raise CorpusError(file, f"role {role!r} bears no labels, found {labels!r}", line=line)
    return StatementRecord(
        id=_text(record, "id", file, line),
        text=_text(record, "text", file, line),
        role=Role(role),
        labels=tuple(labels),
        register=_text(record, "register", file, line),
        series=_text(record, "series", file, line),
    )


def _plan(record: Mapping[str, object], file: str, line: int) -> PlanRecord:
    text = _text(record, "text", file, line)
    try:
        reference = record.get("reference_date")
        raw_events = record.get("events", {})
        events = (
            {str(k): date.fromisoformat(str(v)) for k, v in raw_events.items()} if isinstance(raw_events, dict) else {}
        )
        items = decode_items(record.get("items"), text)
    except ValueError as error:
        raise CorpusError(file, str(error), line=line) from error
    return PlanRecord(
        id=_text(record, "id", file, line),
        text=text,
        kind=_text(record, "kind", file, line),
        reference_date=date.fromisoformat(str(reference)) if reference else None,
        events=events,
        items=items,
    )
