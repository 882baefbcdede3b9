"""Zip packages of XML parts (.docx, .pptx, .odt): each part is checked before it is unpacked and parsed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from lxml import etree

from service.domain.errors import BrokenDocument, DocumentTooLarge

_MAX_PART = 64 * 1024 * 1024
_MAX_TOTAL = 4 * _MAX_PART
#: XML of office files shrinks to a twentieth or so; beyond this ratio a large part is a bomb.
_MAX_RATIO = 250
_RATIO_FROM = 4 * 1024 * 1024
#: What zipfile raises for damaged archives and for compression that it does not know.
UNZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class PackageKind:
    """What a kind of package is called in messages, and how its parts are spelt.

    Attributes:
        label: Chinese name of the file kind.
        remedy: Chinese clause on how to save the file anew.
        aliases: namespaces to be replaced before parsing, old to new.
    """

    label: str
    remedy: str
    aliases: Mapping[bytes, bytes] = field(default_factory=dict)

    def damaged(self) -> BrokenDocument:
        """Return the error for a package that cannot be unpacked or parsed."""
        return BrokenDocument(f"{self.label}已损坏或不完整，无法读取，{self.remedy}")

    def parse(self, content: bytes) -> etree._Element:
        """Parse a part: no entity is expanded, nothing outside the package is opened.

        Raises:
            BrokenDocument: if it is damaged, or has a document type declaration.
        """
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise self.damaged() from error
        self.refuse_doctype(root)
        return root

    def refuse_doctype(self, root: etree._Element) -> None:
        """Raise `BrokenDocument` if a part has a document type declaration, which no office program writes."""
        if root.getroottree().docinfo.doctype:
            raise BrokenDocument(f"{self.label}含有不允许的 DTD 声明，已拒绝读取，{self.remedy}")


class Package:
    """An open package; parts are read on demand, and what they unpack to is counted together."""

    def __init__(self, archive: zipfile.ZipFile, kind: PackageKind) -> None:
        self._archive, self._kind = archive, kind
        self._members = {info.filename.lstrip("/"): info for info in archive.infolist()}
        self._unpacked = 0

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def parse(self, name: str) -> etree._Element | None:
        """Parse a part, or return ``None`` if the package has none of this name.

        Raises:
            BrokenDocument: if the part is damaged or hostile.
            DocumentTooLarge: if it unpacks to more than is reasonable.
        """
        info = self._members.get(name)
        if info is None:
            return None
        self._check_size(info)
        content = self._archive.read(info)
        for old, new in self._kind.aliases.items():
            content = content.replace(old, new)
        return self._kind.parse(content)

    def _check_size(self, info: zipfile.ZipInfo) -> None:
        self._unpacked += info.file_size
        if info.file_size > _MAX_PART or self._unpacked > _MAX_TOTAL:
            raise DocumentTooLarge(
                f"{self._kind.label}解压后有 {self._unpacked >> 20} MB 以上，超过上限，请拆分成几个文件"
            )
        if info.file_size > _RATIO_FROM and info.file_size > _MAX_RATIO * max(1, info.compress_size):
            raise BrokenDocument(f"{self._kind.label}的压缩比异常（疑似压缩炸弹），已拒绝读取，{self._kind.remedy}")


@contextmanager
def open_zip(data: bytes, kind: PackageKind) -> Iterator[Package]:
    """Open a package; what goes wrong while it is unpacked comes out as one of our errors.

    Raises:
        BrokenDocument: if it cannot be unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield Package(archive, kind)
    except UNZIP_ERRORS as error:
        raise kind.damaged() from error
