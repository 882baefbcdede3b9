"""Header fields of mails as text, however they are encoded."""

from __future__ import annotations

import binascii
import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from service.domain.errors import BrokenDocument
from service.ingest.text.decoding import decode_declared

_REPLACEMENT = "\ufffd"
#: A file name whose bytes were put into the header as they are.
_RAW_NAME = re.compile(r"name\s{0,9}=\s{0,9}\"?([^\";\r\n]{1,300})", re.IGNORECASE)
#: Fields of which a mail has at least one.
_KNOWN = ("from", "subject", "date", "to", "received", "content-type", "message-id")


def is_mail(message: Message) -> bool:
    """Say whether a parsed message has any of the fields that mails have."""
    return any(name in message for name in _KNOWN)


def field_text(message: Message, name: str) -> str:
    """Return a field on one line; empty if the message has none of this name."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    return decoded(raw)


def decoded(raw: str) -> str:
    """Return the text of a field or file name; bytes that were sent raw count as UTF-8 or GB 18030."""
    data = raw.encode("utf-8", "surrogateescape")
    if not data.isascii():
        return _one_line(_text(data, ""))
    try:
        parts = decode_header(raw.replace("\r", "").replace("\n", ""))
    except (HeaderParseError, binascii.Error, ValueError):
        return _one_line(raw)
    return _one_line(
        "".join(_text(part, charset or "") if isinstance(part, bytes) else part for part, charset in parts)
    )


def file_name(part: Message) -> str:
    """Return the name of an attached file; empty if it has none."""
    name = part.get_filename() or ""
    if _REPLACEMENT not in name:
        return decoded(name)
    fields = (str(value) for key, value in part.raw_items() if key.lower() in ("content-disposition", "content-type"))
    raw = next((match.group(1) for field in fields if (match := _RAW_NAME.search(field))), "")
    return decoded(raw or name)


def sent_on(message: Message) -> str:
    """Return when a mail was sent, in the time zone of its sender, as ``2026-09-20 09:00``; else the field itself."""
    printed = field_text(message, "date")
    try:
        return parsedate_to_datetime(printed).strftime("%Y-%m-%d %H:%M")
    except (ValueError, TypeError, IndexError, OverflowError):
        return printed


def sender(message: Message) -> str:
    """Return the name of the sender, or the address where there is none."""
    printed = field_text(message, "from")
    name, address = parseaddr(printed)
    return name or address or printed


def _text(data: bytes, charset: str) -> str:
    try:
        return decode_declared(data, charset).text
    except BrokenDocument:
        return data.decode("gb18030", "replace")


def _one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
