"""Builds the sample documents from their sources: one content, many formats.

    python -m corpora.documents.build [FOLDER]

The samples are fictional. Building twice gives the same bytes.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from corpora.documents import sheets
from corpora.documents.office import odt, pptx, rtf
from corpora.documents.web import mail, web_page

Row: TypeAlias = Sequence[str | None]

_FOLDER = Path(__file__).resolve().parent
_SOURCES = _FOLDER / "sources"
_LEDGER = "{{ledger}}"
_WRITTEN = datetime(2026, 9, 20, 9, 0, 0, tzinfo=UTC)
_ZIP_TIME = (2026, 9, 20, 9, 0, 0)
_PDF_FONT = "STSong-Light"
_PDF_WIDTHS = (1.1, 4.2, 5.0, 2.6, 1.7, 2.9)
_DOCX_WIDTHS = (1.0, 3.0, 4.4, 2.4, 1.5, 2.4, 1.6)


def build(folder: Path) -> tuple[Path, ...]:
    """Write all sample documents into `folder` and return their paths."""
    feedback, plan = _source("feedback.md"), _source("plan.md")
    ledger, schedule = json.loads(_source("ledger.json")), json.loads(_source("schedule.json"))
    register = json.loads(_source("register.json"))
    notice, notice_ledger = list(_lines(_source("notice.md"))), json.loads(_source("notice.json"))
    plan_lines = list(_lines(plan))
    files = {
        "feedback.docx": _word(feedback, None),
        "feedback.txt": _without_marks(feedback).encode("gb18030"),
        "plan.docx": _word(plan, ledger),
        "plan.md": plan.replace(_LEDGER, _pipe_table(ledger)).encode(),
        "progress.txt": _without_blank_lines(_source("progress.md")).encode(),
        "plan.pdf": _pdf(schedule),
        "ledger.xlsx": _with_fixed_times(sheets.workbook(register)),
        "ledger.csv": sheets.text(register["sheets"][0]).encode("gb18030"),
        "plan.odt": odt(plan_lines, _LEDGER, ledger),
        "plan.rtf": rtf(plan_lines, _LEDGER, ledger),
        "notice.html": web_page(notice, _LEDGER, notice_ledger),
        "brief.pptx": pptx(json.loads(_source("brief.json"))),
    }
    attached = {"柳湾镇整改方案.docx": files["plan.docx"], "反馈意见.txt": files["feedback.txt"]}
    files["mail.eml"] = mail(json.loads(_source("mail.json")), attached)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return tuple(folder / name for name in files)


def _source(name: str) -> str:
    return (_SOURCES / name).read_text(encoding="utf-8")


def _lines(source: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of a source with their heading level, 0 for running text."""
    for line in filter(None, source.split("\n")):
        text = line.lstrip("#")
        yield len(line) - len(text), text.strip()


def _without_marks(source: str) -> str:
    return "\r\n".join(text if level == 1 else f"　　{text}" for level, text in _lines(source)) + "\r\n"


def _without_blank_lines(source: str) -> str:
    return "\n".join(text for _, text in _lines(source)) + "\n"


def _pipe_table(ledger: Mapping[str, Any]) -> str:
    header = ledger["header"]
    rows = [header, ["---"] * len(header), *([cell or "同上" for cell in row] for row in ledger["rows"])]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _word(source: str, ledger: Mapping[str, Any] | None) -> bytes:
    """Make a Word document: a title, headings by style, and a ledger whose merged cells are merged."""
    document = docx.Document()
    _set_fonts(document)
    document.core_properties.author, document.core_properties.comments = "", ""
    document.core_properties.created = document.core_properties.modified = _WRITTEN
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    for level, text in _lines(source):
        if text == _LEDGER and ledger is not None:
            _add_ledger(document, ledger["header"], ledger["rows"])
        elif level:
            heading = document.add_heading(text, level=level - 1)
            heading.alignment = WD_ALIGN_PARAGRAPH.CENTER if level == 1 else None
        else:
            document.add_paragraph(text).paragraph_format.first_line_indent = Pt(24)
    target = io.BytesIO()
    document.save(target)
    return _with_fixed_times(target.getvalue())


def _set_fonts(document: Document) -> None:
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = "SimSun"
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    document.styles["Title"].font.size = Pt(18)


def _add_ledger(document: Document, header: Row, rows: Sequence[Row]) -> None:
    table = document.add_table(rows=1 + len(rows), cols=len(header), style="Table Grid")
    for number, row in enumerate([header, *rows]):
        for column, text in enumerate(row):
            cell = table.cell(number, column)
            cell.width = Cm(_DOCX_WIDTHS[column])
            if text is None:
                table.cell(number - 1, column).merge(cell)
            else:
                cell.text = text


def _with_fixed_times(package: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if not name.startswith("docProps/thumbnail"):
                new.writestr(zipfile.ZipInfo(name, _ZIP_TIME), old.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _pdf(schedule: Mapping[str, Any]) -> bytes:
    """Make a PDF of two pages with running heads, page numbers and a ruled table."""
    pdfmetrics.registerFont(UnicodeCIDFont(_PDF_FONT))
    body = ParagraphStyle("body", fontName=_PDF_FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    title = ParagraphStyle("title", body, fontSize=18, leading=30, firstLineIndent=0, alignment=TA_CENTER)
    signature = ParagraphStyle("signature", body, alignment=TA_RIGHT)
    story = [
        Paragraph(schedule["title"], title),
        *(Paragraph(text, body) for text in schedule["paragraphs"]),
        Spacer(1, 8),
        _ruled_table(schedule["header"], schedule["rows"]),
        Spacer(1, 8),
        *(Paragraph(text, body) for text in schedule["closing"]),
        Spacer(1, 24),
        *(Paragraph(text, signature) for text in schedule["signature"]),
    ]

    def furniture(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont(_PDF_FONT, 9)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 1.5 * cm, schedule["head"])
        canvas.drawCentredString(A4[0] / 2, 1.2 * cm, f"— {template.page} —")

    target = io.BytesIO()
    margins = {"leftMargin": 2.5 * cm, "rightMargin": 2.5 * cm, "topMargin": 2.6 * cm, "bottomMargin": 2.4 * cm}
    template = SimpleDocTemplate(target, pagesize=A4, invariant=1, title=schedule["title"], **margins)
    template.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return target.getvalue()


def _ruled_table(header: Row, rows: Sequence[Row]) -> Table:
    cell = ParagraphStyle("cell", fontName=_PDF_FONT, fontSize=11, leading=20, wordWrap="CJK")
    grid = [[Paragraph(text or "", cell) for text in row] for row in [header, *rows]]
    commands: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    for column in range(len(header)):
        start = 0
        for number, row in enumerate([*rows, header], start=1):
            if row[column] is not None:
                if number - 1 > start:
                    commands.append(("SPAN", (column, start), (column, number - 1)))
                start = number
    return Table(grid, colWidths=[width * cm for width in _PDF_WIDTHS], style=commands, repeatRows=1)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER)
