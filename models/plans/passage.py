"""What all items of a text share, and what holds from above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpora.schema.plan import Deadline, Subject, SubjectRole
from corpora.schema.span import Span
from models.plans.facts import Claim, Facts
from models.plans.limits import Calendar, read_limit
from models.plans.prose import Claims, find_in_prose
from models.plans.sentences import split_sentences
from models.plans.tagged import TaggedSpan

#: Roles that make somebody carry an item out.
CORE_ROLES = frozenset({SubjectRole.LEAD, SubjectRole.RESPONSIBLE})


@dataclass(frozen=True, slots=True)
class Passage:
    """What all items of a text share."""

    facts: Facts
    calendar: Calendar
    tags: tuple[TaggedSpan, ...] = ()
    _read: dict[Span, Claims] = field(default_factory=dict, compare=False, repr=False)

    def claims_of(self, sentence: Span) -> Claims:
        """Return what a sentence of running prose claims; each sentence is read once."""
        if sentence not in self._read:
            self._read[sentence] = find_in_prose(self.text, sentence)
        return self._read[sentence]

    @property
    def text(self) -> str:
        """The text all spans point into."""
        return self.facts.text


@dataclass(frozen=True, slots=True)
class Inherited:
    """Subjects and limits that hold from a heading or a problem for what stands under it."""

    subjects: tuple[Subject, ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    def under(self, subjects: Sequence[Subject], deadlines: Sequence[Deadline]) -> Inherited:
        """Return what holds further down: entries of the same role are replaced."""
        return Inherited(merge_roles(subjects, self.subjects), tuple(deadlines) or self.deadlines)


def merge_roles(own: Sequence[Subject], above: Sequence[Subject]) -> tuple[Subject, ...]:
    """Return `own` and, of `above`, the subjects of roles that `own` lacks, marked as inherited."""
    filled = {subject.role for subject in own}
    return (*own, *(replace(subject, origin="inherited") for subject in above if subject.role not in filled))


def claim_limits(passage: Passage, claims: Sequence[Claim]) -> tuple[Deadline, ...]:
    """Return the limits of labelled fields among `claims`."""
    return tuple(
        deadline
        for claim in claims
        if claim.limit is not None
        for deadline in read_limit(passage.text, claim.limit, passage.calendar)
    )


def prose_claims(passage: Passage, region: Span) -> list[tuple[Span, Claims]]:
    """Return the sentences of `region` that name subjects by role verbs, with what they name."""
    result = []
    for sentence in split_sentences(passage.text, region, masks=passage.facts.masks_in(region)):
        claims = passage.claims_of(sentence)
        if claims.firm or claims.weak:
            result.append((sentence, claims))
    return result
