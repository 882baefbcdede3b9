"""Characters of PDF pages with their places, read by PDFium."""

from __future__ import annotations

import ctypes
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as pdfium

from service.domain.errors import BrokenDocument, EncryptedDocument
from service.ingest.limits import Limits
from service.ingest.pages.unshaped import FLAWS, may_lack_shapes, placed_characters

#: PDFium keeps global state: only one thread of the process may be inside it.
_PDFIUM_LOCK = threading.Lock()
_OUTSIDE_TEXT = frozenset({"Cc", "Cf", "Cs", "Cn", "Zs", "Zl", "Zp"})
#: Radicals that fonts give out in place of the characters that look the same.
_RADICALS = range(0x2E80, 0x2FE0)
_MIN_HEIGHT = 0.5
_SPACE = 0x20
#: Pages with more line segments are maps or drawings, where looking for ruled tables would take minutes.
_MAX_SEGMENTS = 20_000


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character; the box is in points from the upper left corner of the page as it is shown.

    Attributes:
        spaced: whether the file has a space before it.
    """

    char: str
    left: float
    top: float
    right: float
    bottom: float
    spaced: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box: x, y."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Height of the box."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number from 1, its size in points as shown, and what is printed on it.

    Attributes:
        segments: number of straight and curved pieces of the lines and shapes, counted up to a bound.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    segments: int

    @property
    def may_have_tables(self) -> bool:
        """Whether there are lines enough for a ruled table, and not so many that it is a drawing."""
        return 1 <= self.segments <= _MAX_SEGMENTS


@dataclass(frozen=True, slots=True)
class _View:
    """How page coordinates turn into coordinates of the page as shown."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation in (90, 270) else (width, height)

    def glyph(self, char: str, box: pdfium.FS_RECTF, *, spaced: bool) -> Glyph:
        x0, x1 = sorted((box.left - self.left, box.right - self.left))
        y0, y1 = sorted((box.bottom - self.bottom, box.top - self.bottom))
        width, height = self.right - self.left, self.top - self.bottom
        match self.rotation:
            case 90:
                return Glyph(char, y0, x0, y1, x1, spaced)
            case 180:
                return Glyph(char, width - x1, y0, width - x0, y1, spaced)
            case 270:
                return Glyph(char, height - y1, width - x1, height - y0, width - x0, spaced)
            case _:
                return Glyph(char, x0, height - y1, x1, height - y0, spaced)


def read_sheets(data: bytes, limits: Limits) -> tuple[Sheet, ...]:
    """Read the characters of all pages.

    Raises:
        BrokenDocument: if the file or one of its pages cannot be opened.
        EncryptedDocument: if a password is needed.
        DocumentTooLarge: if there are too many pages or characters.
    """
    with _PDFIUM_LOCK:
        try:
            with pypdfium2.PdfDocument(data) as document:
                limits.check_pages(len(document))
                return tuple(_sheets(data, document, limits))
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise EncryptedDocument("PDF 设置了打开密码，请取消密码后重新导出再上传") from error
            raise BrokenDocument("PDF 已损坏或不完整，无法打开，请重新导出后上传") from error


def _sheets(data: bytes, document: pypdfium2.PdfDocument, limits: Limits) -> Iterator[Sheet]:
    count = 0
    for index in range(len(document)):
        page = document[index]
        try:
            sheet = _sheet(page, index + 1, limits)
            if may_lack_shapes(page):
                sheet = _fuller(sheet, data)
        finally:
            page.close()
        count += len(sheet.glyphs)
        limits.check_characters(count)
        yield sheet


def _sheet(page: pypdfium2.PdfPage, number: int, limits: Limits) -> Sheet:
    left, bottom, right, top = page.get_mediabox()
    view = _View(min(left, right), min(bottom, top), max(left, right), max(bottom, top), _rotation(page))
    text = page.get_textpage()
    try:
        limits.check_characters(text.count_chars())
        glyphs = tuple(_glyphs(text, view))
    finally:
        text.close()
    width, height = view.size
    return Sheet(number, width, height, glyphs, _count_segments(page))


def _rotation(page: pypdfium2.PdfPage) -> int:
    """Return by how many degrees a page is turned; a damaged entry turns nothing."""
    return 90 * max(0, int(pdfium.FPDFPage_GetRotation(page.raw)))


def _fuller(sheet: Sheet, data: bytes) -> Sheet:
    """Return the sheet with the characters that pdfminer sees, if there are more of them."""
    try:
        placed = placed_characters(data, sheet.number)
    except FLAWS:
        return sheet
    found: list[Glyph] = []
    spaced = False
    for printed, box in placed:
        char = _character(ord(printed))
        if char is None:
            spaced = spaced or printed == " "
            continue
        found.append(Glyph(char, *box, spaced))
        spaced = False
    return replace(sheet, glyphs=tuple(found)) if len(found) > len(sheet.glyphs) else sheet


def _glyphs(text: pypdfium2.PdfTextPage, view: _View) -> Iterator[Glyph]:
    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    spaced = False
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, index)
        char = _character(code)
        if char is None:
            spaced = spaced or code == _SPACE
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text.raw, index, reference):
            continue
        glyph = view.glyph(char, box, spaced=spaced)
        spaced = False
        if glyph.height >= _MIN_HEIGHT:
            yield glyph


def _character(code: int) -> str | None:
    """Return a visible character, or ``None`` for spaces, controls and codes that are no character."""
    if not 0x20 < code <= 0x10FFFF:
        return None
    char = chr(code)
    if code in _RADICALS:
        char = unicodedata.normalize("NFKC", char)
    return None if unicodedata.category(char) in _OUTSIDE_TEXT else char


def _count_segments(page: pypdfium2.PdfPage) -> int:
    count = 0
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        count += max(1, pdfium.FPDFPath_CountSegments(path.raw))
        if count > _MAX_SEGMENTS:
            break
    return count
