"""The words of the field that a general dictionary cuts apart, with frequency and part of speech."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

#: The lexicon that comes with the program.
TERMS_PATH = Path(__file__).with_name("terms.tsv")

_COLUMNS = ("word", "frequency", "tag", "kind")
_VERSION = re.compile(r"#\s*version:\s*(\d+\.\d+\.\d+)")
#: What jieba treats as one run; a word with any other character could never be found.
_WORD = re.compile(r"[\u4e00-\u9fa5A-Za-z0-9]{2,24}")

#: Parts of speech in jieba's tag set: noun, body, other proper noun, verb, verbal noun, adjective, set phrase, idiom, adverb.
TAGS = frozenset({"n", "nt", "nz", "v", "vn", "a", "l", "i", "d"})


class TermKind(StrEnum):
    """What a word of the lexicon names."""

    TERM = "term"
    BODY = "body"
    OFFICE = "office"
    PHRASE = "phrase"
    MEETING = "meeting"
    DOCUMENT = "document"


class LexiconError(ValueError):
    """A lexicon file that breaks the rules; the message names file, line and value."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word with its frequency on the scale of jieba's dictionary."""

    word: str
    frequency: int
    tag: str
    kind: TermKind


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A version of the lexicon; every word occurs once."""

    version: str
    entries: tuple[Term, ...]

    def of_kind(self, kind: TermKind) -> tuple[Term, ...]:
        """Return the entries of one kind in file order."""
        return tuple(entry for entry in self.entries if entry.kind is kind)


def read_lexicon(path: Path = TERMS_PATH) -> Lexicon:
    """Read a lexicon file in UTF-8.

    Raises:
        OSError: if the file cannot be read.
        LexiconError: if it breaks the rules.
    """
    return parse_lexicon(path.read_text(encoding="utf-8").splitlines(), source=path.name)


def parse_lexicon(lines: Iterable[str], *, source: str) -> Lexicon:
    """Parse the lines of a lexicon: comments with ``# version: X.Y.Z``, a heading row, tab-separated rows.

    Args:
        lines: without line breaks.
        source: the name that error messages give.

    Raises:
        LexiconError: on a missing version or heading, a wrong number of columns, a word that is no
            run of 2 to 24 Chinese characters, letters or digits, a frequency below 1, an unknown
            tag or kind, or a word that occurs twice.
    """
    version: str | None = None
    has_columns = False
    entries: dict[str, Term] = {}
    for number, line in enumerate(lines, start=1):
        place = f"{source}:{number}"
        if line.startswith("#"):
            match = _VERSION.match(line)
            version = match[1] if match else version
        elif line.strip() and not has_columns:
            if tuple(line.split("\t")) != _COLUMNS:
                raise LexiconError(f"{place}: the heading row must be {_COLUMNS!r}, not {line!r}")
            has_columns = True
        elif line.strip():
            term = _parse_row(line, place)
            if term.word in entries:
                raise LexiconError(f"{place}: {term.word!r} occurs twice")
            entries[term.word] = term
    if version is None:
        raise LexiconError(f"{source}: no comment line '# version: X.Y.Z'")
    if not entries:
        raise LexiconError(f"{source}: no entries")
    return Lexicon(version, tuple(entries.values()))


def _parse_row(line: str, place: str) -> Term:
    cells = line.split("\t")
    if len(cells) != len(_COLUMNS):
        raise LexiconError(f"{place}: {len(cells)} columns instead of {len(_COLUMNS)} in {line!r}")
    word, frequency, tag, kind = cells
    if _WORD.fullmatch(word) is None:
        raise LexiconError(f"{place}: {word!r} is no run of 2 to 24 Chinese characters, letters or digits")
    if re.fullmatch(r"[1-9][0-9]{0,5}", frequency) is None:
        raise LexiconError(f"{place}: the frequency must be a whole number from 1 to 999999, not {frequency!r}")
    if tag not in TAGS:
        raise LexiconError(f"{place}: unknown tag {tag!r}, known are {sorted(TAGS)!r}")
    if kind not in set(TermKind):
        raise LexiconError(f"{place}: unknown kind {kind!r}, known are {[known.value for known in TermKind]!r}")
    return Term(word, int(frequency), tag, TermKind(kind))
