"""Tables in text files (.csv, .tsv), in whatever encoding a plain text may have."""

from __future__ import annotations

from service.ingest.assemble import assemble
from service.ingest.fragments import Content
from service.ingest.limits import Limits
from service.ingest.sheets.arrange import arrange
from service.ingest.sheets.delimited import read_fields
from service.ingest.sheets.sheet import Sheet
from service.ingest.text.decoding import decode


def parse(data: bytes, limits: Limits) -> Content:
    """Read a .csv or .tsv file; which character parts the fields is seen from the content.

    Raises:
        BrokenDocument: if the bytes are no text.
        DocumentTooLarge: if characters or cells exceed a limit.
    """
    decoded = decode(data)
    limits.check_characters(len(decoded.text))
    fields = read_fields(decoded.text, limits)
    warnings = (*decoded.warnings, *fields.warnings)
    return assemble(arrange([Sheet("", fields.cells)]), limits, encoding=decoded.encoding, warnings=warnings)
