"""From the bytes of a file to a document: any bytes give a document or one of our input errors."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from corpora.schema.document import Document
from service.domain.errors import EmptyDocument, InputError, UnsupportedDocument
from service.ingest.formats import READABLE, Format, refuse
from service.ingest.fragments import Content
from service.ingest.limits import Limits
from service.ingest.parsers import (
    delimited,
    docx,
    html,
    mail,
    markdown,
    odt,
    pdf,
    plain,
    pptx,
    rtf,
    workbook,
)
from service.ingest.sniff import extension_of, sniff

_PARSERS: Mapping[Format, Callable[[bytes, Limits], Content]] = {
    Format.TXT: plain.parse,
    Format.MD: markdown.parse,
    Format.DOCX: docx.parse,
    Format.PDF: pdf.parse,
    Format.XLSX: workbook.parse_package,
    Format.XLS: workbook.parse_records,
    Format.ET: workbook.parse_records,
    Format.CSV: delimited.parse,
    Format.TSV: delimited.parse,
    Format.HTML: html.parse,
    Format.ODT: odt.parse,
    Format.PPTX: pptx.parse,
    Format.RTF: rtf.parse,
    Format.EMAIL: lambda data, limits: mail.parse(data, limits, _read_attachment),
}
_EXTENSIONS = {
    Format.DOCX: frozenset({"docx", "docm", "dotx", "dotm"}),
    Format.PDF: frozenset({"pdf"}),
    Format.XLSX: frozenset({"xlsx", "xlsm", "xltx", "xltm", "et"}),
    Format.XLS: frozenset({"xls", "xlt"}),
    Format.HTML: frozenset({"html", "htm", "shtml", "xhtml"}),
    Format.ODT: frozenset({"odt"}),
    Format.PPTX: frozenset({"pptx", "pptm", "ppsx", "ppsm", "potx"}),
    Format.RTF: frozenset({"rtf"}),
    Format.EMAIL: frozenset({"eml"}),
}
_MAX_SHOWN_NAME = 80


class FileReader:
    """Reads documents within limits; holds nothing else, so one reader serves all threads."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def read(self, data: bytes, *, name: str) -> Document:
        """Read a file.

        Args:
            data: the whole file.
            name: its name, of which the extension counts where the content leaves the format open.

        Raises:
            InputError: if it cannot be read; the Chinese detail names the file, the reason and the remedy.
        """
        try:
            self._limits.check_bytes(len(data))
            file_format, content = _parse(data, name, self._limits)
        except InputError as error:
            raise type(error)(f"“{_shown(name)}”：{error.detail}") from error
        mismatch = _mismatch(file_format, name)
        return _document(content, data, name=name, file_format=file_format, warnings=mismatch)

    def read_text(self, text: str, *, name: str) -> Document:
        """Make a document of a text that was handed over as such; offsets count in that very text.

        Raises:
            InputError: if it is too long, empty, or no text.
        """
        try:
            content = _with_text(plain.parse_text(text, self._limits))
        except InputError as error:
            raise type(error)(f"“{_shown(name)}”：{error.detail}") from error
        return _document(content, text.encode(), name=name, file_format=Format.TXT, warnings=())


def _parse(data: bytes, name: str, limits: Limits) -> tuple[Format, Content]:
    file_format = sniff(data, name=name)
    if file_format not in READABLE:
        raise refuse(file_format)
    return file_format, _with_text(_PARSERS[file_format](data, limits))


def _read_attachment(data: bytes, name: str, limits: Limits) -> Content:
    """Read a file that came with a mail; a mail that comes as a file is not opened any further."""
    file_format = sniff(data, name=name)
    if file_format is Format.EMAIL:
        raise UnsupportedDocument("附件是另一封邮件，请另存后单独上传")
    return _parse(data, name, limits)[1]


def _with_text(content: Content) -> Content:
    if not content.blocks:
        raise EmptyDocument("文件中没有文字，请检查内容后重新上传")
    return content


def _document(content: Content, data: bytes, *, name: str, file_format: Format, warnings: tuple[str, ...]) -> Document:
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        id=digest[:16],
        name=name,
        format=file_format.value,
        text=content.text,
        blocks=content.blocks,
        tables=content.tables,
        pages=content.pages,
        sha256=digest,
        encoding=content.encoding,
        warnings=warnings + content.warnings,
    )


def _mismatch(file_format: Format, name: str) -> tuple[str, ...]:
    """Warn where the extension promises something else than the content holds."""
    extension = extension_of(name)
    if not extension or extension in _EXTENSIONS.get(file_format, {extension}):
        return ()
    return (f"扩展名是 .{extension[:20]}，内容是 {file_format.value} 格式，已按内容读取",)


def _shown(name: str) -> str:
    """Return a file name that is safe to print on one line."""
    printable = "".join(char if char.isprintable() else "?" for char in name)
    return printable if len(printable) <= _MAX_SHOWN_NAME else printable[: _MAX_SHOWN_NAME - 1] + "…"
