"""Markdown: headings, paragraphs and pipe tables as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpora.schema.document import BlockKind
from service.ingest.assemble import assemble
from service.ingest.fragments import Cell, Content, Fragment, Grid, Paragraph
from service.ingest.limits import Limits
from service.ingest.text.decoding import decode
from service.ingest.text.markup import plain_inline, strip_comments
from service.ingest.text.paragraphs import join_lines
from service.ingest.text.wrapping import paragraph_spans

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|$)")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|(?=[^#\s]))(.*)")
_CLOSING_HASHES = re.compile(r"[ \t]#{1,9}$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_QUOTE = re.compile(r"^(?: {0,3}> ?)+")
_BULLET = re.compile(r"\s*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_DELIMITER = re.compile(r"[ \t]*:?-+:?[ \t]*")
_PIPE = re.compile(r"(?<!\\)\|")


def parse(data: bytes, limits: Limits) -> Content:
    """Read a Markdown file.

    Raises:
        BrokenDocument: if the bytes are no text.
        DocumentTooLarge: if the text or its tables are too large.
    """
    decoded = decode(data)
    limits.check_characters(len(decoded.text))
    source = re.sub(r"\r\n?", "\n", decoded.text)
    source = strip_comments(_FRONT_MATTER.sub("", source, count=1) if source.startswith("---") else source)
    return assemble(_fragments(source.split("\n")), limits, encoding=decoded.encoding, warnings=decoded.warnings)


def _fragments(lines: Sequence[str]) -> Iterator[Fragment]:
    number = 0
    prose: list[str] = []
    while number < len(lines):
        line = _unquoted(lines[number])
        underline = _UNDERLINE.match(line)
        if underline is not None and prose and prose[-1].strip():
            title = prose.pop()
            yield from _paragraphs(prose)
            yield _heading(title, 1 if "=" in underline.group(1) else 2)
            size = 1
        else:
            size, found = _block(lines, number, line)
            if not size:
                prose.append(_unlisted(line))
                number += 1
                continue
            yield from _paragraphs(prose)
            yield from found
        prose.clear()
        number += size
    yield from _paragraphs(prose)


def _block(lines: Sequence[str], number: int, line: str) -> tuple[int, tuple[Fragment, ...]]:
    """Read what begins at `line` if it is no running text; return how many lines it takes."""
    heading = _HEADING.match(line)
    if heading is not None:
        return 1, (_heading(heading.group(2), len(heading.group(1))),)
    if _RULE.match(line):
        return 1, ()
    fence = _FENCE.match(line)
    if fence is not None:
        return _fenced(lines, number, fence.group(1))
    if "|" in line and number + 1 < len(lines) and _is_delimiter(line, lines[number + 1]):
        return _table(lines, number)
    return 0, ()


def _heading(text: str, level: int) -> Paragraph:
    title = _CLOSING_HASHES.sub("", text.strip())
    return Paragraph(plain_inline(title).replace("\n", ""), BlockKind.HEADING, level)


def _unquoted(line: str) -> str:
    return _QUOTE.sub("", line, count=1)


def _unlisted(line: str) -> str:
    """Remove a bullet; an empty line before it keeps list entries apart."""
    bullet = _BULLET.match(line)
    return line if bullet is None else "\n" + line[bullet.end() :]


def _paragraphs(lines: Sequence[str]) -> Iterator[Fragment]:
    text = "\n".join(lines)
    for span in paragraph_spans(text):
        joined = join_lines([part.strip() for part in span.of(text).split("\n")])
        for part in plain_inline(joined).split("\n"):
            yield Paragraph(part)


def _fenced(lines: Sequence[str], number: int, fence: str) -> tuple[int, tuple[Fragment, ...]]:
    """Read a fenced block; without a closing fence it runs to the end."""
    end = next((n for n in range(number + 1, len(lines)) if lines[n].strip().startswith(fence)), len(lines))
    return end - number + 1, tuple(Paragraph(line) for line in lines[number + 1 : end])


def _is_delimiter(header: str, line: str) -> bool:
    if "-" not in line:
        return False
    rules = _cells(_unquoted(line))
    return all(_DELIMITER.fullmatch(rule) for rule in rules) and len(rules) == len(_cells(header))


def _table(lines: Sequence[str], number: int) -> tuple[int, tuple[Fragment, ...]]:
    rows = [_cells(_unquoted(lines[number]))]
    end = number + 2
    while end < len(lines) and "|" in lines[end]:
        rows.append(_cells(_unquoted(lines[end])))
        end += 1
    columns = len(rows[0])
    cells = tuple(
        Cell(row, column, plain_inline(text))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts[:columns])
    )
    return end - number, (Grid(len(rows), columns, cells),)


def _cells(line: str) -> list[str]:
    line = line.strip()
    line = line.removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return [part.strip().replace("\\|", "|") for part in _PIPE.split(line)]
