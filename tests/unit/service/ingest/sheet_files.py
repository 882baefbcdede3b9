"""Small workbooks: made by the libraries that write them, or from the XML of one sheet."""

import io
import zipfile

import xlsxwriter
import xlwt

from tests.unit.service.ingest.word_files import package

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def xlsx(fill):
    """Make an .xlsx file; `fill` gets the workbook."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        fill(book)
    return target.getvalue()


def xls(fill):
    """Make an .xls file; `fill` gets the workbook."""
    book, target = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    fill(book)
    book.save(target)
    return target.getvalue()


def rows_xlsx(*sheets):
    """Make an .xlsx file of sheets given as rows of values; ``None`` is an empty cell."""

    def fill(book):
        for number, rows in enumerate(sheets, start=1):
            sheet = book.add_worksheet(f"Sheet{number}")
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    sheet.write(row, column, value)

    return xlsx(fill)


def rows_xls(*sheets):
    """Make an .xls file of sheets given as rows of values."""

    def fill(book):
        for number, rows in enumerate(sheets, start=1):
            sheet = book.add_sheet(f"Sheet{number}")
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if value is not None:
                        sheet.write(row, column, value)

    return xls(fill)


def sheet_xml(rows, *, before="", after="", **parts):
    """Make an .xlsx file whose only sheet has the XML `rows`; `parts` replaces whole parts by name."""
    sheet = f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return package(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml")
            ),
            "xl/worksheets/sheet1.xml": sheet,
            **parts,
        }
    )


def relations(*entries):
    lines = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>' for name, kind, target in entries
    )
    return f'<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'


def without(data, part):
    """Return a package without one of its parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    return target.getvalue()
