"""The likeliest states of a hidden Markov model, found with array operations.

It gives what jieba's own search gives, ties included. That one looks at up to 256 times 256 pairs of states for a
character in Python; here the pairs of a character are one array.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from models.text.jieba_loader import State, Tables, hidden_markov_tables

#: What jieba takes for the logarithm of the probability that a state never gives a character.
_NEVER = -3.14e100

_States = npt.NDArray[np.intp]


class HiddenMarkov:
    """Decodes texts; immutable once built, so threads may share it."""

    def __init__(self, tables: Tables) -> None:
        self._names: tuple[State, ...] = tuple(sorted(tables.start, reverse=True))  # the first of equals is jieba's
        number = {name: index for index, name in enumerate(self._names)}
        size = len(number)
        self._start = np.array([tables.start[name] for name in self._names])
        self._transition = np.full((size, size), -np.inf)  # to, from: the search runs along the rows
        for name, following in tables.transition.items():
            for other, probability in following.items():
                self._transition[number[other], number[name]] = probability
        self._follows = np.isfinite(self._transition.T).copy()
        self._all = np.arange(size)
        self._states = {char: np.array(sorted(number[name] for name in names)) for char, names in tables.states.items()}
        rows = sorted({char for column in tables.emission.values() for char in column})
        self._rows = {char: index for index, char in enumerate(rows)}
        self._emission = np.full((len(rows) + 1, size), _NEVER)
        for name, column in tables.emission.items():
            for char, probability in column.items():
                self._emission[self._rows[char], number[name]] = probability

    def decode(self, text: str) -> list[State]:
        """Return the likeliest state of each character of `text`, which is not empty."""
        now = self._states.get(text[0], self._all)
        scores = self._start[now] + self._given(text[0])[now]
        steps: list[tuple[_States, _States]] = []
        for char in text[1:]:
            before, now = now, self._possible(char, now)
            paths = self._transition[np.ix_(now, before)]
            paths += scores
            paths += self._given(char)[now][:, np.newaxis]
            best = paths.argmax(axis=1)
            scores = paths[np.arange(len(now)), best]
            steps.append((before, best))
        at = int(scores.argmax())
        found = [int(now[at])]
        for before, best in reversed(steps):
            at = int(best[at])
            found.append(int(before[at]))
        return [self._names[state] for state in reversed(found)]

    def _possible(self, char: str, before: _States) -> _States:
        """Return the states of `char` that can follow one of `before`; if there are none, all that can follow."""
        reached = self._follows[before].any(axis=0)
        own = self._states.get(char, self._all)
        own = own[reached[own]]
        return own if own.size else np.flatnonzero(reached)

    def _given(self, char: str) -> npt.NDArray[np.float64]:
        given: npt.NDArray[np.float64] = self._emission[self._rows.get(char, -1)]
        return given


@cache
def hidden_markov() -> HiddenMarkov:
    """Return the model that comes with jieba; built once."""
    return HiddenMarkov(hidden_markov_tables())
