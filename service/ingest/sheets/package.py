"""The parts of an .xlsx package that are read, each unpacked within limits, and packed again without the rest."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from service.domain.errors import BrokenDocument, DocumentTooLarge
from service.ingest.packages import UNZIP_ERRORS, PackageKind

_MAX_UNPACKED = 192 * 1024 * 1024
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
#: Written plainly, a carriage return would be read as a line break.
_RETURN = {"\r": "&#13;"}
_TRUE = frozenset({"1", "true", "on"})
KIND = PackageKind("Excel 工作簿", "请用 Excel 或 WPS 打开后重新保存再上传")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A visible worksheet: its name and its XML."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class BookParts:
    """What a workbook says, unpacked.

    Attributes:
        sheets: the visible worksheets in the order of their tabs.
        hidden: names of the worksheets that are not shown.
        shared: XML of the shared strings, if any.
        styles: XML of the styles, if any.
        from_1904: whether days are counted from 1904.
    """

    sheets: tuple[SheetPart, ...]
    hidden: tuple[str, ...]
    shared: bytes | None
    styles: bytes | None
    from_1904: bool


def open_book(data: bytes) -> BookParts:
    """Unpack the parts that hold text; macros, pictures, charts and links are never touched.

    Raises:
        BrokenDocument: if the package or one of the parts is damaged or hostile.
        DocumentTooLarge: if the parts unpack to more than is reasonable.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _Package(archive).book()
    except UNZIP_ERRORS as error:
        raise KIND.damaged() from error


def pack(book: BookParts, strings: Sequence[str]) -> bytes:
    """Make a package of nothing but the parts of `book`, under the names that every program uses.

    The shared strings are written anew: the converter believes the file's own count of them.
    """
    sheets, relations = [], []
    parts: dict[str, bytes] = {}
    for number, sheet in enumerate(book.sheets, start=1):
        sheets.append(f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"/>')
        relations.append((f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml"))
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet.content
    for name, content in (("sharedStrings", _string_table(strings)), ("styles", book.styles)):
        if content is not None:
            relations.append((name, name, f"{name}.xml"))
            parts[f"xl/{name}.xml"] = content
    properties = f'<workbookPr date1904="{int(book.from_1904)}"/>'
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{properties}<sheets>{"".join(sheets)}</sheets></workbook>'
    ).encode()
    parts["xl/_rels/workbook.xml.rels"] = _relations(relations)
    parts["_rels/.rels"] = _relations([("rId1", "officeDocument", "xl/workbook.xml")])
    parts["[Content_Types].xml"] = f'<Types xmlns="{_PACKAGE}/content-types"/>'.encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _string_table(strings: Sequence[str]) -> bytes:
    entries = "".join(f'<si><t xml:space="preserve">{escape(text, _RETURN)}</t></si>' for text in strings)
    return f'<sst xmlns="{_MAIN}">{entries}</sst>'.encode()


def _relations(relations: list[tuple[str, str, str]]) -> bytes:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for name, kind, target in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'.encode()


class _Package:
    """Reads members of an open archive and keeps count of what they unpack to."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {_plain(info.filename): info for info in archive.infolist()}
        self._unpacked = 0

    def book(self) -> BookParts:
        main = self._main()
        content = self._read(main)
        if content is None:
            raise BrokenDocument("Excel 工作簿缺少目录部分，文件可能已损坏，请用 Excel 或 WPS 重新保存后上传")
        workbook, relations = KIND.parse(content), self._relations(main)
        shown, hidden = [], []
        for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
            name, (kind, target) = sheet.get("name") or "", relations.get(_relation_id(sheet), ("", ""))
            if kind != "worksheet":
                continue
            if (sheet.get("state") or "visible") != "visible":
                hidden.append(name)
                continue
            part = self._read(target)
            if part is None:
                raise BrokenDocument(f"工作表“{name[:40]}”的内容缺失，文件可能已损坏，请用 Excel 或 WPS 重新保存后上传")
            shown.append(SheetPart(name, part))
        targets = dict(relations.values())
        properties = workbook.find("{*}workbookPr")
        return BookParts(
            sheets=tuple(shown),
            hidden=tuple(hidden),
            shared=self._read(targets.get("sharedStrings", "")),
            styles=self._read(targets.get("styles", "")),
            from_1904=properties is not None and (properties.get("date1904") or "").lower() in _TRUE,
        )

    def _main(self) -> str:
        return next(
            (target for kind, target in self._relations("").values() if kind == "officeDocument"), "xl/workbook.xml"
        )

    def _relations(self, source: str) -> Mapping[str, tuple[str, str]]:
        """Return kind and target of what a part (or, for an empty name, the package) refers to, by id."""
        folder, name = posixpath.split(source)
        content = self._read(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = KIND.parse(content).iterfind("{*}Relationship") if content is not None else ()
        return {
            relation.get("Id") or "": (
                (relation.get("Type") or "").rpartition("/")[2],
                _plain(posixpath.normpath(posixpath.join(f"/{folder}", relation.get("Target") or ""))),
            )
            for relation in found
        }

    def _read(self, name: str) -> bytes | None:
        info = self._members.get(_plain(name))
        if info is None:
            return None
        self._unpacked += info.file_size
        if self._unpacked > _MAX_UNPACKED:
            raise DocumentTooLarge(
                f"Excel 工作簿解压后超过 {_MAX_UNPACKED >> 20} MB，请删去多余的格式、空行和工作表后再上传"
            )
        return self._archive.read(info)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _relation_id(sheet: etree._Element) -> str:
    return next((str(value) for key, value in sheet.attrib.items() if etree.QName(key).localname == "id"), "")
