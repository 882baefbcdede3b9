"""The file formats that are told apart, and what a user can do with those that are not read."""

from __future__ import annotations

from enum import StrEnum

from service.domain.errors import UnsupportedDocument


class Format(StrEnum):
    """A file format; the value is its usual extension."""

    TXT = "txt"
    MD = "md"
    DOCX = "docx"
    PDF = "pdf"
    DOC = "doc"
    WPS = "wps"
    RTF = "rtf"
    ODT = "odt"
    WORD_XML = "word-xml"
    HTML = "html"
    MHT = "mht"
    XLS = "xls"
    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    ET = "et"
    CSV = "csv"
    TSV = "tsv"
    PPT = "ppt"
    PPTX = "pptx"
    OFD = "ofd"
    CAJ = "caj"
    EPUB = "epub"
    EMAIL = "eml"
    IMAGE = "image"
    ZIP = "zip"
    ARCHIVE = "archive"
    OLE = "ole"
    PROGRAM = "program"


#: Formats with a parser.
READABLE = frozenset(
    {
        *(Format.TXT, Format.MD, Format.DOCX, Format.PDF),
        *(Format.XLSX, Format.XLS, Format.ET, Format.CSV, Format.TSV),
        *(Format.HTML, Format.EMAIL, Format.ODT, Format.PPTX, Format.RTF),
    }
)

_AS_DOCX = "请用 Word 或 WPS 打开后另存为 .docx 再上传"
_AS_XLSX = "请用 Excel 或 WPS 打开后另存为 .xlsx 再上传"
_UNPACK = "请解压后逐个上传其中的文件"
_REFUSALS: dict[Format, tuple[str, str]] = {
    Format.DOC: ("Word 97-2003 文档（.doc）", _AS_DOCX),
    Format.WPS: ("WPS 文字文档（.wps）", "请用 WPS 打开后另存为 .docx 再上传"),
    Format.MHT: ("单个文件网页（.mht）", "请在浏览器中另存为“网页，仅 HTML”（.html）再上传"),
    Format.WORD_XML: ("Word XML 文档（.xml）", _AS_DOCX),
    Format.XLSB: ("Excel 二进制工作簿（.xlsb）", _AS_XLSX),
    Format.ODS: ("OpenDocument 表格（.ods）", _AS_XLSX),
    Format.PPT: ("PowerPoint 97-2003 演示文稿（.ppt）", "请导出为 PDF 后再上传"),
    Format.OFD: ("OFD 版式文件（.ofd）", "请用 OFD 阅读器导出为带文字的 PDF，或上传原来的 .docx 文件"),
    Format.CAJ: ("CAJ 文件（.caj）", "请用 CAJ 阅读器导出为 PDF 后再上传"),
    Format.EPUB: ("EPUB 电子书（.epub）", "请把正文另存为 .txt 再上传"),
    Format.IMAGE: ("图片", "暂不支持文字识别（OCR），请上传 .docx 或带文字的 PDF"),
    Format.ZIP: ("ZIP 压缩包（.zip）", _UNPACK),
    Format.ARCHIVE: ("压缩包", _UNPACK),
    Format.OLE: ("旧版 Office 文件", _AS_DOCX),
    Format.PROGRAM: ("可执行程序", "请上传 .docx、.pdf、.txt 或 .md 文件"),
}


def refuse(file_format: Format) -> UnsupportedDocument:
    """Make the error for a format without a parser: which format it is, and what to do.

    Raises:
        KeyError: if the format has a parser.
    """
    label, advice = _REFUSALS[file_format]
    return UnsupportedDocument(f"这是{label}，暂不支持；{advice}")


def refuse_extension(extension: str) -> UnsupportedDocument:
    """Make the error for a text file with an extension that is not known to hold prose."""
    return UnsupportedDocument(
        f"不支持扩展名为 .{extension} 的文件；支持 .docx、.pdf、.txt、.md、.xlsx、.xls、.et、.csv、.tsv、.html、.eml、.odt、.pptx、.rtf，"
        "纯文本文件请把扩展名改为 .txt 再上传"
    )
