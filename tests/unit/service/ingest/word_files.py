"""Small .docx packages from the XML of their parts."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(files, *, compression=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def word_file(body, **parts):
    """Return a package with this body; `parts` are further parts by name: styles, numbering, footnotes."""
    files = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes"}
    for name, content in parts.items():
        files[f"word/{name}.xml"] = f"<w:{roots[name]} {W}>{content}</w:{roots[name]}>"
    return package(files)


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*texts, properties=""):
    inner = "".join(text if text.startswith("<") else run(text) for text in texts)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def cell(text, *, columns=None, merge=None):
    span = f'<w:gridSpan w:val="{columns}"/>' if columns else ""
    vertical = {"start": '<w:vMerge w:val="restart"/>', "go on": "<w:vMerge/>", None: ""}[merge]
    content = text if text.startswith("<") else paragraph(text)
    return f"<w:tc><w:tcPr>{span}{vertical}</w:tcPr>{content}</w:tc>"


def table(*rows):
    rows = [f"<w:tr>{''.join(row)}</w:tr>" for row in rows]
    return f"<w:tbl>{''.join(rows)}</w:tbl>"
