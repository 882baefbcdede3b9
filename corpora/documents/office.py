"""Sample office files that no library of ours writes: OpenDocument texts, presentations and rich text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

from corpora.documents.web import merged_rows

Rows: TypeAlias = Sequence[Sequence[str | None]]

_TIME = (2026, 9, 20, 9, 0, 0)
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ODT_TYPE = "application/vnd.oasis.opendocument.text"
_ODT_SPACES = " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "text", "table", "style", "manifest"))
_OOXML = "http://schemas.openxmlformats.org"
_PPTX_SPACES = (
    f'xmlns:p="{_OOXML}/presentationml/2006/main" xmlns:a="{_OOXML}/drawingml/2006/main" '
    f'xmlns:r="{_OOXML}/officeDocument/2006/relationships"'
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_RTF_HEAD = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}{\info{\title x}}{\footer\pard\qc\f0 - 1 -\par}"
_RTF_WIDTH = 1300


def odt(lines: Sequence[tuple[int, str]], table_mark: str, ledger: Mapping[str, Any]) -> bytes:
    """Make an OpenDocument text: a title, headings by outline level, and a table with merged cells."""
    body = "".join(_odt_table(ledger) if text == table_mark else _odt_paragraph(level, text) for level, text in lines)
    content = f"<office:document-content {_ODT_SPACES}><office:body><office:text>{body}</office:text></office:body>"
    manifest = f'<manifest:manifest {_ODT_SPACES}><manifest:file-entry manifest:full-path="/"/></manifest:manifest>'
    return zipped(
        {
            "mimetype": _ODT_TYPE,
            "content.xml": f"{_XML}{content}</office:document-content>",
            "META-INF/manifest.xml": _XML + manifest,
        }
    )


def pptx(source: Mapping[str, Any]) -> bytes:
    """Make a presentation: a title, lines and perhaps a table a slide, with page number and footer."""
    count = len(source["slides"])
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in range(1, count + 1))
    relations = "".join(_relation(f"rId{n}", "slide", f"slides/slide{n}.xml") for n in range(1, count + 1))
    files = {
        "[Content_Types].xml": _content_types(count),
        "_rels/.rels": _relations(_relation("rId1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"{_XML}<p:presentation {_PPTX_SPACES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": _relations(relations),
    }
    for number, slide in enumerate(source["slides"], start=1):
        files[f"ppt/slides/slide{number}.xml"] = _slide(slide, number, source["footer"])
    return zipped(files)


def rtf(lines: Sequence[tuple[int, str]], table_mark: str, ledger: Mapping[str, Any]) -> bytes:
    """Make rich text in the Chinese code page: headings by outline level but for the title, and a table with merged cells."""
    parts = [_RTF_HEAD]
    for level, text in lines:
        if text == table_mark:
            parts.extend(_rtf_rows([ledger["header"], *ledger["rows"]]))
        else:
            outline = rf"\outlinelevel{level - 2}" if level > 1 else ""
            parts.append(rf"\pard\plain{outline}\f0 {_rtf_text(text)}\par" + "\n")
    return "".join((*parts, "}")).encode("ascii")


def zipped(files: Mapping[str, str]) -> bytes:
    """Pack files in order with fixed times, the type of an OpenDocument file uncompressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, _TIME), content, method)
    return target.getvalue()


def _odt_paragraph(level: int, text: str) -> str:
    if level == 1:
        return f'<text:p text:style-name="Title">{escape(text)}</text:p>'
    if level:
        return f'<text:h text:outline-level="{level - 1}">{escape(text)}</text:h>'
    return f"<text:p>{escape(text)}</text:p>"


def _odt_table(ledger: Mapping[str, Any]) -> str:
    rows: Rows = [ledger["header"], *ledger["rows"]]
    body = "".join(
        f"<table:table-row>{''.join(_odt_cells(rows, number))}</table:table-row>" for number in range(len(rows))
    )
    return f"<table:table>{body}</table:table>"


def _odt_cells(rows: Rows, number: int) -> Iterator[str]:
    for column, text in enumerate(rows[number]):
        if text is None:
            yield "<table:covered-table-cell/>"
            continue
        height = merged_rows(rows, number, column)
        span = f' table:number-rows-spanned="{height}"' if height > 1 else ""
        yield f"<table:table-cell{span}><text:p>{escape(text)}</text:p></table:table-cell>"


def _relation(reference: str, kind: str, target: str) -> str:
    return (
        f'<Relationship Id="{reference}" Type="{_OOXML}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
    )


def _relations(entries: str) -> str:
    return f'{_XML}<Relationships xmlns="{_OOXML}/package/2006/relationships">{entries}</Relationships>'


def _content_types(slides: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.presentationml"
    parts = {"/ppt/presentation.xml": f"{kind}.presentation.main+xml"}
    parts |= {f"/ppt/slides/slide{n}.xml": f"{kind}.slide+xml" for n in range(1, slides + 1)}
    overrides = "".join(f'<Override PartName="{part}" ContentType="{name}"/>' for part, name in parts.items())
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'{_XML}<Types xmlns="{_OOXML}/package/2006/content-types">{default}{overrides}</Types>'


def _slide(slide: Mapping[str, Any], number: int, footer: str) -> str:
    shapes = [
        _shape("title", [slide["title"]]),
        _shape("body", slide["lines"]),
        _slide_table(slide["table"]) if "table" in slide else "",
        _shape("ftr", [footer]),
        _shape("sldNum", [str(number)]),
    ]
    return f"{_XML}<p:sld {_PPTX_SPACES}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:sld>"


def _shape(kind: str, lines: Sequence[str]) -> str:
    text = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="{kind}"/><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>'
        f"<p:txBody>{text}</p:txBody></p:sp>"
    )


def _slide_table(table: Mapping[str, Any]) -> str:
    rows: Rows = [table["header"], *table["rows"]]
    body = "".join(f"<a:tr>{''.join(_slide_cells(rows, number))}</a:tr>" for number in range(len(rows)))
    return (
        f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl>{body}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def _slide_cells(rows: Rows, number: int) -> Iterator[str]:
    for column, text in enumerate(rows[number]):
        height = merged_rows(rows, number, column) if text is not None else 1
        span = ' vMerge="1"' if text is None else f' rowSpan="{height}"' if height > 1 else ""
        run = f"<a:r><a:t>{escape(text)}</a:t></a:r>" if text else ""
        yield f"<a:tc{span}><a:txBody><a:p>{run}</a:p></a:txBody></a:tc>"


def _rtf_rows(rows: Rows) -> Iterator[str]:
    for number, row in enumerate(rows):
        definition, cells = "", ""
        for column, text in enumerate(row):
            merged = text is not None and merged_rows(rows, number, column) > 1
            definition += (
                r"\clvmrg" if text is None else r"\clvmgf" if merged else ""
            ) + rf"\cellx{(column + 1) * _RTF_WIDTH}"
            cells += rf"\pard\intbl\f0 {_rtf_text(text or '')}\cell"
        yield rf"\trowd{definition}{cells}\row" + "\n"


def _rtf_text(text: str) -> str:
    """Write text in bytes of the code page, and in Unicode what it lacks."""
    parts = []
    for char in text:
        if char.isascii():
            parts.append(f"\\{char}" if char in "\\{}" else char)
            continue
        try:
            parts.extend(f"\\'{byte:02x}" for byte in char.encode("gbk"))
        except UnicodeEncodeError:
            parts.append(f"\\u{ord(char)}?")
    return "".join(parts)
