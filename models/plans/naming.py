"""The clause that names a problem, without the frame of headings around it (关于……问题的整改情况)."""

from __future__ import annotations

import re

from corpora.schema.span import Span

_FRAME = re.compile(
    r"(?:针对|关于|对于)(?:反馈(?:指出|意见指出)?的|存在的|巡[察视]反馈的)?\s*"
    r"(?:[“\"「『](?P<quoted>[^”\"」』]+)[”\"」』](?:等|这一|的)*(?:方面)?(?:的)?(?:突出)?问题|(?P<bare>.+?)(?:等)?(?:方面)?的问题)"
    r"(?:\s*的?(?:整改|落实|完成|办理|解决|推进)*(?:情况|进展|措施|方案|工作)?的?)?[。：:]?\s*$",
    re.DOTALL,
)


def without_frame(text: str, span: Span) -> Span:
    """Return the clause inside the frame, or `span` itself where there is no frame."""
    found = _FRAME.match(text, span.start, span.end)
    if found is None:
        return span
    name = "quoted" if found["quoted"] is not None else "bare"
    start, end = found.span(name)
    while start < end and text[start] in '“"「『 ':
        start += 1
    while start < end and text[end - 1] in '”"」』 ':
        end -= 1
    return Span(start, end) if start < end else span
