"""Reference data for evaluation: splits of our corpus, and reference labels that point into text files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpora.errors import CorpusError
from corpora.reader import StatementRecord


@dataclass(frozen=True, slots=True)
class ReferenceSet:
    """Statements with reference roles and labels, in order."""

    name: str
    texts: tuple[str, ...]
    roles: tuple[str, ...]
    labels: tuple[frozenset[str], ...]


def of_records(name: str, records: Sequence[StatementRecord]) -> ReferenceSet:
    """Make a reference set of corpus records."""
    return ReferenceSet(
        name,
        tuple(r.text for r in records),
        tuple(r.role.value for r in records),
        tuple(frozenset(r.labels) for r in records),
    )


def read_placed(path: Path) -> ReferenceSet:
    """Read references that give a place in a text file (``file``, ``start``, ``end``) beside the file or one folder up.

    Raises:
        CorpusError: if a line is not valid or a text file is missing.
    """
    texts, roles, labels = [], [], []
    contents: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            record = json.loads(line)
            name = str(record["file"])
            if name not in contents:
                source = next(p for p in (path.parent / name, path.parent.parent / name) if p.is_file())
                contents[name] = source.read_text(encoding="utf-8")
            texts.append(contents[name][int(record["start"]) : int(record["end"])])
            roles.append(str(record["role"]))
            labels.append(frozenset(str(code) for code in record["labels"]))
        except (ValueError, KeyError, TypeError, StopIteration) as error:
            raise CorpusError(path.name, f"not a placed reference: {error!r}", line=number) from error
    return ReferenceSet(path.stem, tuple(texts), tuple(roles), tuple(labels))
