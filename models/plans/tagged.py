"""What the span tagger claims about a text."""

from __future__ import annotations

from dataclasses import dataclass

from corpora.schema.plan import SubjectRole
from corpora.schema.span import Span

#: Claims below this score are not used; chosen on the dev passages.
MINIMUM_SCORE = 0.9


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A span of the text with the tag the network gave it.

    Attributes:
        tag: a value of ``SubjectRole``, or ``"deadline"`` or ``"measure"``.
        score: calibrated probability in [0, 1].
    """

    span: Span
    tag: str
    score: float

    @property
    def role(self) -> SubjectRole | None:
        """The subject role the tag stands for, or ``None`` for deadlines and measures."""
        return next((role for role in SubjectRole if role.value == self.tag), None)
