"""The sizes of the network and the names of its outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Tags of the span head, in output order: outside, then begin / inside per kind of span.
SPAN_TAGS = ("lead", "responsible", "cooperating", "supervising", "leader", "owner", "deadline", "measure")


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """Sizes of the shared encoder and of its heads.

    Attributes:
        roles, labels: output names of the sentence heads, in output order.
        tags: kinds of span; the token head has ``2 * len(tags) + 1`` outputs (O, then B and I of each).
        max_tokens: longest piece of text in one forward pass, special tokens included.
    """

    hidden: int
    layers: int
    heads: int
    intermediate: int
    positions: int
    vocabulary: int
    epsilon: float
    roles: tuple[str, ...]
    labels: tuple[str, ...]
    tags: tuple[str, ...] = SPAN_TAGS
    max_tokens: int = 256

    @property
    def tag_outputs(self) -> int:
        """Number of outputs of the token head."""
        return 2 * len(self.tags) + 1

    def to_json(self) -> dict[str, object]:
        """Return the configuration as JSON-ready values."""
        return {
            "hidden": self.hidden,
            "layers": self.layers,
            "heads": self.heads,
            "intermediate": self.intermediate,
            "positions": self.positions,
            "vocabulary": self.vocabulary,
            "epsilon": self.epsilon,
            "roles": list(self.roles),
            "labels": list(self.labels),
            "tags": list(self.tags),
            "max_tokens": self.max_tokens,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, object]) -> NetworkConfig:
        """Rebuild a configuration from `to_json`.

        Raises:
            KeyError: if a value is missing.
        """

        def number(key: str) -> int:
            return int(str(values[key]))

        def names(key: str) -> tuple[str, ...]:
            listed = values[key]
            return tuple(str(v) for v in listed) if isinstance(listed, list) else ()

        return cls(
            hidden=number("hidden"),
            layers=number("layers"),
            heads=number("heads"),
            intermediate=number("intermediate"),
            positions=number("positions"),
            vocabulary=number("vocabulary"),
            epsilon=float(str(values["epsilon"])),
            roles=names("roles"),
            labels=names("labels"),
            tags=names("tags"),
            max_tokens=number("max_tokens"),
        )
