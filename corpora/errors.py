"""Errors of the corpora root."""

from __future__ import annotations


class CorpusError(Exception):
    """A corpus file does not hold what its format promises.

    Attributes:
        code: stable English code.
        file: name of the file.
        line: line number from 1, or ``None`` where the whole file is meant.
    """

    code = "corpus-invalid"

    def __init__(self, file: str, reason: str, *, line: int | None = None) -> None:
        self.file, self.reason, self.line = file, reason, line
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {reason}")


class TaxonomyError(Exception):
    """A taxonomy file is not valid; the message names the entry and what is wrong with it."""

    code = "taxonomy-invalid"
