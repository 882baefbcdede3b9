"""Characters that PDFium leaves out, because no font of this machine has a shape for them.

PDFium skips a text object whose box is empty. Where a file brings no font of its own and the machine has no Chinese one, that
is every object of a single character. pdfminer places characters by the widths that the file states, and needs no shapes.
"""

from __future__ import annotations

import io
import logging

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

#: What pdfminer and pdfplumber let through where PDFium has still read the page.
FLAWS = (
    *(PSException, PdfminerException, MalformedPDFException, ValueError, LookupError, TypeError, AttributeError),
    *(ArithmeticError, RecursionError, AssertionError, EOFError, OSError, NotImplementedError),
)
_NARROWEST = 0.01

# Both libraries report every flaw of a file on their logs; the flaws that matter come out as errors.
for _library in ("pdfminer", "pdfplumber"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)


def may_lack_shapes(page: pypdfium2.PdfPage) -> bool:
    """Say whether a page has text objects without width, which PDFium does not read."""
    for text in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        left, _, right, _ = text.get_bounds()
        if right - left < _NARROWEST:
            return True
    return False


def placed_characters(data: bytes, number: int) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Return the characters of a page with their boxes: left, top, right, bottom in points of the page as shown.

    Args:
        data: the PDF.
        number: the page, from 1.
    """
    with pdfplumber.open(io.BytesIO(data), pages=[number]) as document:
        page = document.pages[0]
        shift_x, shift_y = page.bbox[0], page.bbox[1]
        return [
            (char, (entry["x0"] - shift_x, entry["top"] - shift_y, entry["x1"] - shift_x, entry["bottom"] - shift_y))
            for entry in page.chars
            if not entry["text"].startswith("(cid:")
            for char in entry["text"]
        ]
