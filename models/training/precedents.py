"""Chooses the training statements that go into an artifact as precedents."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import numpy as np

from corpora.reader import StatementRecord
from models.encoder.encoder import Encoder
from models.precedents.bank import Precedent, PrecedentBank

_PER_LABEL = 45
_UNLABELLED = 1000


def build_bank(records: Sequence[StatementRecord], encoder: Encoder, *, seed: int) -> PrecedentBank:
    """Draw precedents, about as many for every label, and some without one; and encode them."""
    chosen = _drawn(records, random.Random(seed))
    encoded = encoder.encode([record.text for record in chosen])
    precedents = [Precedent(r.id, r.text, r.role, r.labels) for r in chosen]
    return PrecedentBank.of(precedents, np.stack([e.vector for e in encoded]), np.stack([e.label for e in encoded]))


def _drawn(records: Sequence[StatementRecord], rng: random.Random) -> list[StatementRecord]:
    order = sorted(records, key=lambda record: record.id)
    rng.shuffle(order)
    taken: Counter[str] = Counter()
    chosen, unlabelled = [], 0
    for record in order:
        if not record.labels:
            unlabelled += 1
            if unlabelled <= _UNLABELLED:
                chosen.append(record)
        elif min(taken[code] for code in record.labels) < _PER_LABEL:
            taken.update(record.labels)
            chosen.append(record)
    return sorted(chosen, key=lambda record: record.id)
