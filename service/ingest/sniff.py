"""Tells the format of a file from its content first, from its extension second."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection

from service.domain.errors import BrokenDocument, EmptyDocument, EncryptedDocument
from service.ingest.formats import Format, refuse_extension

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PDF_WINDOW = 1024
_HTML = re.compile(
    rb"\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!doctype html|<html[\s>]|<!--.{0,2000}?-->\s*<html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_MAIL_HEAD = 4096
_SAVED_PAGES = frozenset({"mht", "mhtml"})
_UTF8_BOM = b"\xef\xbb\xbf"
_MAX_MEMBERS = 20_000
#: What a browser writes at the head of a page that it saves with its pictures as one file.
_SAVED_PAGE = re.compile(
    rb"^(?:Snapshot-Content-Location:|From:\s*<?(?:Saved by|\xe7\x94\xb1))", re.IGNORECASE | re.MULTILINE
)

_MAGICS: tuple[tuple[bytes, Format], ...] = (
    (b"{\\rtf", Format.RTF),
    (b"\x89PNG\r\n\x1a\n", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"GIF87a", Format.IMAGE),
    (b"GIF89a", Format.IMAGE),
    (b"II*\x00", Format.IMAGE),
    (b"MM\x00*", Format.IMAGE),
    (b"Rar!\x1a\x07", Format.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Format.ARCHIVE),
    (b"\x1f\x8b\x08", Format.ARCHIVE),
    (b"BZh", Format.ARCHIVE),
    (b"\xfd7zXZ\x00", Format.ARCHIVE),
    (b"CAJ\x00", Format.CAJ),
    (b"\x7fELF", Format.PROGRAM),
    (b"MIME-Version:", Format.EMAIL),
)

#: Names of streams in an OLE container, in the order in which they decide.
_OLE_STREAMS: tuple[tuple[str, Format], ...] = (
    ("WordDocument", Format.DOC),
    ("PowerPoint Document", Format.PPT),
    ("Workbook", Format.XLS),
    ("Book", Format.XLS),
)
_OLE_BY_EXTENSION = {"wps": Format.WPS, "et": Format.ET, "doc": Format.DOC, "xls": Format.XLS, "ppt": Format.PPT}

#: Extensions of packages, by what a user calls them.
_PACKAGES = {"Word 文档": ("docx", "docm"), "Excel 工作簿": ("xlsx", "xlsm")}
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": Format.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Format.ODS,
    b"application/epub+zip": Format.EPUB,
}

#: What a text file is by its extension.
_TEXT_EXTENSIONS = {
    "": Format.TXT,
    "txt": Format.TXT,
    "text": Format.TXT,
    "md": Format.MD,
    "markdown": Format.MD,
    "csv": Format.CSV,
    "tsv": Format.TSV,
    "htm": Format.HTML,
    "html": Format.HTML,
    "shtml": Format.HTML,
    "xhtml": Format.HTML,
    "mht": Format.MHT,
    "mhtml": Format.MHT,
    "eml": Format.EMAIL,
}
#: Extensions of formats that are never plain text: other content means a damaged file.
_BINARY_EXTENSIONS = frozenset(
    {"docx", "docm", "pdf", "doc", "wps", "xls", "xlsx", "xlsm", "et", "ppt", "pptx", "ofd", "odt", "rtf"}
)


def extension_of(name: str) -> str:
    """Return the extension of a file name in lower case without its dot; empty if there is none."""
    base = re.split(r"[/\\]", name)[-1].strip()
    stem, dot, extension = base.rpartition(".")
    return extension.lower() if dot and stem else ""


def sniff(data: bytes, *, name: str) -> Format:
    """Return the format of a file.

    Args:
        data: the whole file.
        name: its name; the extension decides only between formats that look alike.

    Raises:
        EmptyDocument: if there are no bytes.
        EncryptedDocument: if an Office file or an archive is protected by a password.
        BrokenDocument: if the content does not fit the extension, or the container is damaged.
        UnsupportedDocument: if it is a text with an extension that is not read.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyDocument("文件是空的，没有任何内容，请检查后重新上传")
    extension = extension_of(name)
    if data.startswith(_ZIP_MAGICS):
        return _zip_format(data, extension)
    if data.startswith(_OLE_MAGIC):
        return _ole_format(data, extension)
    found = _magic_format(data) or _text_format(data, extension)
    return Format.MHT if found is Format.EMAIL and _is_saved_page(data, extension) else found


def _magic_format(data: bytes) -> Format | None:
    if b"%PDF-" in data[:_PDF_WINDOW]:
        return Format.PDF
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Format.IMAGE
    if data[4:8] == b"ftyp" or (data[:2] == b"BM" and data[6:10] == bytes(4)):
        return Format.IMAGE
    if data[:2] == b"MZ" and b"\x00" in data[:64]:
        return Format.PROGRAM
    return next((found for magic, found in _MAGICS if data.startswith(magic)), None)


def _is_saved_page(data: bytes, extension: str) -> bool:
    if extension in _SAVED_PAGES:
        return True
    return b"multipart/related" in data[:_MAIL_HEAD].lower() and _SAVED_PAGE.search(data[:_MAIL_HEAD]) is not None


def _text_format(data: bytes, extension: str) -> Format:
    """Decide between the text formats; whether the bytes are a text at all is seen when they are decoded."""
    if extension in _BINARY_EXTENSIONS:
        head = data.removeprefix(_UTF8_BOM)[:4096]
        if _HTML.match(head):
            return Format.HTML
        if b"w:wordDocument" in head:
            return Format.WORD_XML
        raise BrokenDocument(f"扩展名是 .{extension}，但内容不是这种格式，文件可能已损坏或被改名，请重新导出后上传")
    found = _TEXT_EXTENSIONS.get(extension)
    if found is None:
        raise refuse_extension(extension[:20])
    if found is not Format.MD and _HTML.match(data.removeprefix(_UTF8_BOM)[:4096]):
        return Format.HTML
    return found


def _ole_format(data: bytes, extension: str) -> Format:
    if _has_stream(data, "EncryptedPackage") or _has_stream(data, "EncryptionInfo"):
        raise EncryptedDocument("文件设置了打开密码，请用 Office 或 WPS 打开并取消密码，重新保存后再上传")
    if extension in {"wps", "et"}:
        return _OLE_BY_EXTENSION[extension]
    named = _OLE_BY_EXTENSION.get(extension)
    found = [found for stream, found in _OLE_STREAMS if _has_stream(data, stream)]
    # Embedded objects bring streams of their own: a workbook may hold a letter, and a slide a workbook.
    if named in found or not found:
        return named or Format.OLE
    return found[0]


def _has_stream(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") + b"\x00\x00" in data


def _zip_format(data: bytes, extension: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            mimetype = _mimetype(archive, members)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        kind = next((label for label, own in _PACKAGES.items() if extension in own), "压缩包")
        raise BrokenDocument(f"{kind}已损坏或不完整，无法打开，请重新保存或重新下载后再上传") from error
    if len(members) > _MAX_MEMBERS:
        return Format.ZIP
    names = {member.filename.replace("\\", "/").lower() for member in members}
    found = _package_format(names) or mimetype or Format.ZIP
    packages = {Format.DOCX, Format.XLSX, Format.ODT, Format.PPTX, Format.ZIP}
    if found in packages and any(member.flag_bits & 1 for member in members):
        raise EncryptedDocument("文件设置了密码，请取消密码后重新保存再上传")
    if found is Format.ZIP and extension in {"docx", "docm", "odt", "pptx"}:
        raise BrokenDocument(
            f"扩展名是 .{extension}，但里面没有正文，文件可能已损坏，请用 Office 或 WPS 重新保存后上传"
        )
    if found is Format.ZIP and extension in {"xlsx", "xlsm"}:
        raise BrokenDocument(
            f"扩展名是 .{extension}，但里面没有工作表，文件可能已损坏，请用 Excel 或 WPS 重新保存后上传"
        )
    return found


def _mimetype(archive: zipfile.ZipFile, members: Collection[zipfile.ZipInfo]) -> Format | None:
    """Read the member `mimetype` by which OpenDocument and EPUB files name their type."""
    small = next((m for m in members if m.filename == "mimetype" and m.file_size < 200), None)
    if small is None or small.flag_bits & 1:
        return None
    return _OPEN_DOCUMENT.get(archive.read(small).strip())


def _package_format(names: Collection[str]) -> Format | None:
    if any(name == "ofd.xml" or name.endswith("/ofd.xml") for name in names):
        return Format.OFD
    if "xl/workbook.bin" in names:
        return Format.XLSB
    folders = {name.partition("/")[0] for name in names if "/" in name}
    if "[content_types].xml" not in names and "word/document.xml" not in names:
        return None
    for folder, found in (("word", Format.DOCX), ("xl", Format.XLSX), ("ppt", Format.PPTX)):
        if folder in folders:
            return found
    return None
