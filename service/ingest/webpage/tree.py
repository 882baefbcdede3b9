"""From the bytes of a web page to a tree without scripts, controls and hidden parts."""

from __future__ import annotations

import re

from lxml import etree, html

from service.domain.errors import BrokenDocument, DocumentTooLarge, EmptyDocument
from service.ingest.text.decoding import DecodedText, decode_declared

_HEAD = 8192
_CHARSET = re.compile(
    rb"<meta\s[^<>]{0,400}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})"
    rb"|<\?xml\s[^<>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
#: A deeper tree is no page that anybody wrote, and the walk over it needs a few frames a level.
_MAX_DEPTH = 200
_MAX_ELEMENTS = 250_000
_DROPPED = frozenset(
    {
        *("script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "canvas", "audio", "video"),
        *("map", "button", "input", "select", "textarea", "datalist", "dialog", "link", "base", "applet", "frameset"),
    }
)
#: Characters that the HTML parser lets in and that lxml lets nobody write back.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HIDDEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|!|$))",
    re.IGNORECASE,
)


def decode_page(data: bytes) -> DecodedText:
    """Decode a page by its byte order mark, what it declares, or else its bytes.

    Raises:
        BrokenDocument: if the bytes are no text.
    """
    declared = _CHARSET.search(data[:_HEAD])
    name = next(filter(None, declared.groups()), b"") if declared else b""
    return decode_declared(data, name.decode("ascii", "replace"))


def parse_page(source: str) -> html.HtmlElement:
    """Parse a page; nothing outside it is opened, no entity is expanded, hidden parts are dropped.

    Raises:
        BrokenDocument: if it is nested too deeply.
        DocumentTooLarge: if it has too many elements.
        EmptyDocument: if there is no element in it.
    """
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise EmptyDocument("网页中没有文字，请检查内容后重新上传") from error
    _check_shape(root)
    for element in list(root.iter(etree.Element)):
        if element.tag in _DROPPED or _is_hidden(element):
            drop(element)
    return root


def drop(element: html.HtmlElement) -> None:
    """Remove an element that is still in the tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    previous = element.getprevious()
    if previous is not None:
        previous.tail = _NO_XML.sub("", (previous.tail or "") + tail)
    else:
        parent.text = _NO_XML.sub("", (parent.text or "") + tail)
    element.tail = None
    parent.remove(element)


def names_of(element: html.HtmlElement) -> str:
    """Return the id and the classes of an element, between spaces."""
    return f"{element.get('id') or ''} {element.get('class') or ''}"


def _is_hidden(element: html.HtmlElement) -> bool:
    if element.tag in ("html", "body"):
        return False
    return (
        element.get("hidden") is not None
        or (element.get("aria-hidden") or "").strip().lower() == "true"
        or _HIDDEN_STYLE.search(element.get("style") or "") is not None
    )


def _check_shape(root: html.HtmlElement) -> None:
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        raise DocumentTooLarge(f"网页的标签超过 {_MAX_ELEMENTS} 个，请把正文复制到 Word 中另存为 .docx 再上传")
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            raise BrokenDocument(
                f"网页的标签嵌套超过 {_MAX_DEPTH} 层，无法读取，请把正文复制到 Word 中另存为 .docx 再上传"
            )
