"""Mails (.eml): subject, date and sender, the body, then every attachment that can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from typing import TypeAlias

from corpora.schema.document import BlockKind
from service.domain.errors import BrokenDocument, DocumentTooLarge, EmptyDocument, EncryptedDocument, InputError
from service.ingest.assemble import assemble
from service.ingest.fragments import Content, Fragment, Paragraph
from service.ingest.joining import join_contents
from service.ingest.limits import Limits
from service.ingest.mail.headers import field_text, file_name, is_mail, sender, sent_on
from service.ingest.parsers import plain
from service.ingest.text.decoding import decode_declared
from service.ingest.webpage.page import read_mail_page

#: Reads a file by its bytes and name, whatever its format.
ReadFile: TypeAlias = Callable[[bytes, str, Limits], Content]

_MAX_ATTACHMENTS = 100
_MAX_FORWARDS = 3
_MAX_NESTING = 20
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})


@dataclass(frozen=True, slots=True)
class _Reading:
    """What reading a mail needs, and how many mails it lies within."""

    read_file: ReadFile
    limits: Limits
    depth: int = 0


def parse(data: bytes, limits: Limits, read_file: ReadFile) -> Content:
    """Read a mail: an HTML body is preferred to its plain twin; attachments follow under their names.

    An attachment that cannot be read is named in a warning, with the reason. Pictures within the
    body and signatures are left out.

    Args:
        data: the whole mail.
        limits: hold for the mail with all that is attached.
        read_file: reads an attachment; mails within mails are read here.

    Raises:
        BrokenDocument: if it is no mail.
        DocumentTooLarge: if text, tables or the number of attachments exceed a limit.
        EmptyDocument: if neither the body nor an attachment could be read.
        EncryptedDocument: if the mail is encrypted.
    """
    try:
        message = message_from_bytes(data)
    except (RecursionError, ValueError, LookupError, AssertionError) as error:
        raise BrokenDocument("邮件的内部结构有误，无法读取，请在邮箱中重新导出后上传") from error
    if not is_mail(message):
        raise BrokenDocument("内容不是电子邮件（没有发件人、主题等信息），请在邮箱中重新导出为 .eml 后上传")
    return _read_message(message, _Reading(read_file, limits))


def _read_message(message: Message, reading: _Reading) -> Content:
    if message.get_content_type() in _ENCRYPTED and message.get_param("smime-type") != "signed-data":
        raise EncryptedDocument("邮件已加密，请在邮箱中解密后重新导出，或直接上传其中的附件")
    leaves = list(_leaves(message, 0))
    bodies = [leaf for leaf in leaves if _is_body(leaf)]
    attached = [leaf for leaf in leaves if leaf not in bodies and not _is_left_out(leaf)]
    if len(attached) > _MAX_ATTACHMENTS:
        raise DocumentTooLarge(f"邮件有 {len(attached)} 个附件，超过上限 {_MAX_ATTACHMENTS} 个，请把附件另存后分别上传")
    body = [_read_body(leaf, reading.limits) for leaf in bodies]
    attachments = [_read_attachment(leaf, number, reading) for number, leaf in enumerate(attached, start=1)]
    if not any(content.blocks for content in (*body, *attachments)):
        reasons = [warning for content in attachments for warning in content.warnings]
        raise EmptyDocument("；".join(["邮件没有正文，也没有能读取的附件", *reasons[:3]]))
    head = assemble(_head(message), reading.limits)
    return join_contents([head, *body, *attachments], reading.limits)


def _head(message: Message) -> Iterator[Fragment]:
    yield Paragraph(field_text(message, "subject"), BlockKind.HEADING, 0)
    date, name = sent_on(message), sender(message)
    if date:
        yield Paragraph(f"日期：{date}")
    if name:
        yield Paragraph(f"发件人：{name}")


def _leaves(part: Message, depth: int) -> Iterator[Message]:
    """Yield the parts of a mail that hold something; of alternatives, the best."""
    children = _children(part)
    if not children or part.get_content_type() == "message/rfc822":
        yield part
        return
    if depth > _MAX_NESTING:
        raise BrokenDocument("邮件各部分的嵌套过深，无法读取，请把附件另存后分别上传")
    found = [list(_leaves(child, depth + 1)) for child in children]
    if part.get_content_type() == "multipart/alternative":
        found = [max(found, key=_rank)]
    for leaves in found:
        yield from leaves


def _children(part: Message) -> Sequence[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _rank(leaves: Sequence[Message]) -> int:
    kinds = {leaf.get_content_type() for leaf in leaves if _is_body(leaf)}
    return 2 if "text/html" in kinds else 1 if "text/plain" in kinds else 0


def _is_body(leaf: Message) -> bool:
    named = leaf.get_content_disposition() == "attachment" or leaf.get_filename() is not None
    return leaf.get_content_type() in ("text/plain", "text/html") and not named


def _is_left_out(leaf: Message) -> bool:
    if leaf.get_content_type() in _SIGNATURES:
        return True
    inline = leaf.get_content_disposition() != "attachment" and "content-id" in leaf
    return inline and leaf.get_content_maintype() == "image"


def _read_body(leaf: Message, limits: Limits) -> Content:
    data = _payload(leaf)
    if not data.strip():
        return Content("", ())
    text = decode_declared(data, str(leaf.get_content_charset() or ""))
    if leaf.get_content_type() == "text/plain":
        return replace(plain.parse_text(text.text, limits), warnings=text.warnings)
    try:
        return assemble(read_mail_page(text.text, limits), limits, warnings=text.warnings)
    except EmptyDocument:
        return Content("", ())


def _read_attachment(leaf: Message, number: int, reading: _Reading) -> Content:
    name = file_name(leaf) or _default_name(leaf, number)
    try:
        content = _read_nested(leaf, reading) if _children(leaf) else _read_file(leaf, name, reading)
    except InputError as error:
        return Content("", (), warnings=(f"附件“{name}”未读取：{error.detail}",))
    title = assemble([Paragraph(f"附件：{name}", BlockKind.HEADING, 1)], reading.limits)
    named = tuple(f"附件“{name}”：{warning}" for warning in content.warnings)
    return join_contents([title, replace(content, warnings=named)], reading.limits)


def _read_nested(leaf: Message, reading: _Reading) -> Content:
    if reading.depth >= _MAX_FORWARDS:
        raise BrokenDocument(f"邮件层层转发超过 {_MAX_FORWARDS} 层，请把其中的附件另存后上传")
    return _read_message(_children(leaf)[0], replace(reading, depth=reading.depth + 1))


def _read_file(leaf: Message, name: str, reading: _Reading) -> Content:
    content = reading.read_file(_payload(leaf), name, reading.limits)
    if not content.blocks:
        raise EmptyDocument("其中没有文字")
    return content


def _default_name(leaf: Message, number: int) -> str:
    if _children(leaf):
        return field_text(_children(leaf)[0], "subject") or "转发的邮件"
    return f"附件{number}"


def _payload(leaf: Message) -> bytes:
    payload = leaf.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
