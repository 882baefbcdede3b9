"""Plain text: the decoded characters as they are, with one block per paragraph."""

from __future__ import annotations

from corpora.schema.document import Block
from service.ingest.fragments import Content
from service.ingest.limits import Limits
from service.ingest.text.decoding import check_text, decode
from service.ingest.text.wrapping import paragraph_spans


def parse(data: bytes, limits: Limits) -> Content:
    """Read a plain text file; its text is kept to the character, line breaks included.

    Raises:
        BrokenDocument: if the bytes are no text.
        DocumentTooLarge: if the text is too long.
    """
    decoded = decode(data)
    limits.check_characters(len(decoded.text))
    return Content(decoded.text, _blocks(decoded.text), encoding=decoded.encoding, warnings=decoded.warnings)


def parse_text(text: str, limits: Limits) -> Content:
    """Make blocks of a text that was handed over as such; offsets count in that very text.

    Raises:
        BrokenDocument: if it holds NUL characters or lone surrogates.
        DocumentTooLarge: if it is too long.
    """
    limits.check_characters(len(text))
    check_text(text)
    return Content(text, _blocks(text))


def _blocks(text: str) -> tuple[Block, ...]:
    return tuple(Block(span) for span in paragraph_spans(text))
