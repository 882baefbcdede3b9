"""Survey of the worksheets of an .xlsx package: one pass over their XML, which never holds a whole sheet."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Sequence

from lxml import etree

from service.ingest.limits import Limits
from service.ingest.sheets.number_formats import BUILT_IN
from service.ingest.sheets.package import KIND, BookParts
from service.ingest.sheets.survey import Place, SheetFacts, SheetSurvey, Tally

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_MAX_ROW, _MAX_COLUMN = 1_048_576, 16_384


def read_strings(book: BookParts) -> tuple[str, ...]:
    """Return the shared strings of a workbook; readings above Chinese or Japanese words are left out.

    Raises:
        BrokenDocument: if their part is damaged.
    """
    if book.shared is None:
        return ()
    return tuple(_printed_text(element) for event, element in _events(book.shared, "{*}si") if event == "end")


def survey_markup(book: BookParts, strings: Sequence[str], limits: Limits) -> tuple[SheetFacts, ...]:
    """Survey the visible sheets of a workbook, in order.

    Args:
        book: the workbook.
        strings: its shared strings.
        limits: what it may hold.

    Raises:
        BrokenDocument: if a part is damaged.
        DocumentTooLarge: if there are too many cells or characters.
    """
    tally = Tally(limits)
    lengths = tuple(map(len, strings))
    codes = _format_codes(book.styles) if book.styles is not None else ()
    return tuple(_survey(sheet.content, SheetSurvey(tally), lengths, codes) for sheet in book.sheets)


def _format_codes(content: bytes) -> tuple[str, ...]:
    """Return the number format of each cell style, empty for the general one."""
    root = KIND.parse(content)
    named = {entry.get("numFmtId"): entry.get("formatCode") or "" for entry in root.iterfind("{*}numFmts/{*}numFmt")}
    numbers = [style.get("numFmtId") or "0" for style in root.iterfind("{*}cellXfs/{*}xf")]
    codes = [named.get(number) or (BUILT_IN.get(int(number), "") if number.isdecimal() else "") for number in numbers]
    return tuple("" if code == "General" else code for code in codes)


def _survey(content: bytes, survey: SheetSurvey, lengths: Sequence[int], codes: Sequence[str]) -> SheetFacts:
    row = column = -1
    for event, element in _events(content, "{*}row", "{*}c"):
        is_row = etree.QName(element).localname == "row"
        if is_row and event == "start":
            row, column = _row_number(element, row + 1), -1
        elif not is_row and event == "end":
            row, column = _place(element, (row, column + 1))
            _add(element, (row, column), survey, lengths, codes)
    return survey.finish()


def _add(cell: etree._Element, place: Place, survey: SheetSurvey, lengths: Sequence[int], codes: Sequence[str]) -> None:
    kind, value = cell.get("t") or "n", cell.find("{*}v")
    if kind == "inlineStr":
        survey.add(place, characters=len(_printed_text(cell)))
    elif value is None:
        if cell.find("{*}f") is not None:
            survey.add_unvalued(place)
    elif kind == "e":
        survey.add_failed(place)
    elif kind == "s":
        number = _index(value.text)
        survey.add(place, characters=lengths[number] if number < len(lengths) else 0)
    else:
        number = _index(cell.get("s"))
        survey.add(place, characters=len(value.text or ""), code=codes[number] if number < len(codes) else "")


def _printed_text(element: etree._Element) -> str:
    texts = element.iter("{*}t")
    return "".join(text.text or "" for text in texts if etree.QName(_parent(text)).localname != "rPh")


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


def _index(printed: str | None) -> int:
    """Read an index; what is none reads as one beyond all."""
    return int(printed) if printed is not None and printed.isascii() and printed[:9].isdigit() else sys.maxsize


def _row_number(row: etree._Element, following: int) -> int:
    printed = row.get("r")
    return following if printed is None else _checked(int(printed) - 1 if printed[:9].isdecimal() else -1, _MAX_ROW)


def _place(cell: etree._Element, following: Place) -> Place:
    printed = cell.get("r")
    if printed is None:
        return following
    found = _REFERENCE.fullmatch(printed)
    if found is None:
        raise KIND.damaged()
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return _checked(int(found[2]) - 1, _MAX_ROW), _checked(column - 1, _MAX_COLUMN)


def _checked(number: int, end: int) -> int:
    if not 0 <= number < end:
        raise KIND.damaged()
    return number


def _events(content: bytes, *tags: str) -> Iterator[tuple[str, etree._Element]]:
    """Parse step by step; an element is emptied, and those before it dropped, as soon as it was seen whole.

    Raises:
        BrokenDocument: if the XML is damaged or declares a document type.
    """
    walk = etree.iterparse(
        io.BytesIO(content),
        events=("start", "end"),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    checked = False
    try:
        for event, element in walk:
            if not checked:
                KIND.refuse_doctype(element)
                checked = True
            yield event, element
            if event == "end":
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
    except etree.XMLSyntaxError as error:
        raise KIND.damaged() from error
