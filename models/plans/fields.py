"""Labelled fields of a passage: in brackets, on lines, several on a line, continued on the next line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpora.schema.span import Span
from models.plans import bodies
from models.plans.brackets import find_brackets, innermost
from models.plans.labels import FieldKind, Label, is_byline, match_label, squeeze

_COLON = "：:﹕∶︰"
_BOUNDARY = frozenset('\n\r\t 　\xa0，,；;。.、：:（([【［〔|｜)）】]］〕*#>—-•·●■◆▪!！?？“"')
_STRONG = re.compile(
    r"(?:责任|牵头|配合|协办|督办|督导|主责|主办|承办|落实|验收)(?:单位|部门|科室|股室|领导|人)|(?:整改|完成|办结)(?:时限|期限|时间)|整改措施|整改情况|时间节点|第一责任人"
)
_NOT_A_LABEL_BEFORE = re.compile(r"(?:明确|确定|落实|压实|没有|未|无|缺少|细化|约谈|督促|通知|要求|各)$")
_GLUED_LIMIT = re.compile(
    r"\s*(?:\d|[一二两三四五六七八九十〇零○]{1,4}[年月季]|立[行即]|即[知查日]|长期|持续|常态|已|今年|明年|年[底内]|[上下]半年|本月|每[年月周季]|尽快|近期)"
)
_CONTINUES = re.compile(r"(?:[、，,；;及和与至—–\-~]|\d{4}\s*年)\s*$")
#: The rest of a date that a line break has torn apart.
_DATE_REST = re.compile(r"\s*(?:\d{1,2}\s*[月日号]|[底末][前，,；;。\s]|[之以]?前|[上中下]旬|[月日号内])")
_TORN_DATE = re.compile(r"[\d年月日号底末旬]\s*$")
_LIST_SIGN = re.compile(r"[；;，,]\s*(?:[二三四五六七八九十]{1,2}是|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|[②-⑳])")
_LIST_START = re.compile(r"\s*(?:一是|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|①)")
_LINKED = re.compile(r"(?:均|都|分别|统一)?[为是系]")
_FOR_SEVERAL = re.compile(r"(?:以[上下]|上述|下列)(?:各?项|事项|问题|任务|工作)*的?")
_GAP = re.compile(r"[\u3000\t]| {2}")
_SHORT_KINDS = frozenset(
    {FieldKind.SUBJECT, FieldKind.DEADLINE, FieldKind.CATEGORY, FieldKind.CONTACT, FieldKind.OTHER}
)
_NAME_END = re.compile(r"[、，,；;。\n\t）)（(\]】/和及]")
_REACH = 18


@dataclass(frozen=True, slots=True)
class Field:
    """A label with its value.

    Attributes:
        span: from the label to the end of the value.
        value: the printed value, edges trimmed; may be empty.
        bracket: the bracket pair the field stands in, if any.
    """

    label: Label
    printed: str
    span: Span
    value: Span
    bracket: Span | None


@dataclass(frozen=True, slots=True)
class _Mark:
    label: Label
    start: int
    end: int
    value_start: int


def find_fields(text: str) -> tuple[Field, ...]:
    """Find the labelled fields of `text` in printed order.

    The next label ends a value; so do the closing bracket and the end of the sentence or line, unless the
    value is empty there or ends in a list sign.
    """
    brackets = find_brackets(text)
    marks = _find_marks(text)
    fields: list[Field] = []
    for index, mark in enumerate(marks):
        following = marks[index + 1] if index + 1 < len(marks) else None
        fields.extend(_fields_of(text, mark, following, brackets))
    return tuple(fields)


def _find_marks(text: str) -> list[_Mark]:
    squeezed, offsets = squeeze(text)
    marks: list[_Mark] = []
    claimed = 0
    for position in _label_places(squeezed, text, offsets):
        if position < claimed:
            continue
        matched = match_label(squeezed, position)
        if matched is None:
            continue
        label, end = matched
        if marks and "\n" in squeezed[position:end] and offsets[position] == marks[-1].value_start:
            continue
        value_start = _value_start(text, squeezed, offsets, label, position, end)
        if value_start is not None:
            marks.append(_Mark(label, offsets[position], offsets[end - 1] + 1, value_start))
            claimed = end
    return marks


def _label_places(squeezed: str, text: str, offsets: Sequence[int]) -> list[int]:
    """Return where labels may begin: behind boundaries, and anywhere shortly before a colon."""
    places = {
        index
        for index in range(len(squeezed))
        if offsets[index] == 0 or text[offsets[index] - 1] in _BOUNDARY or text[offsets[index] - 1].isdigit()
    }
    for colon in (index for index, char in enumerate(squeezed) if char in _COLON):
        places.update(range(max(0, colon - _REACH), colon))
    places.update(found.end() for found in _FOR_SEVERAL.finditer(squeezed))
    return sorted(places)


def _value_start(text: str, squeezed: str, offsets: Sequence[int], label: Label, start: int, end: int) -> int | None:
    printed = squeezed[start:end]
    original = offsets[start]
    at_boundary = original == 0 or text[original - 1] in _BOUNDARY or text[original - 1].isdigit()
    if not at_boundary and (
        not _STRONG.match(printed) or _NOT_A_LABEL_BEFORE.search(text[max(0, original - 4) : original])
    ):
        return None
    if label.kind is FieldKind.SUBJECT and is_byline(text, original):
        return None
    after = squeezed[end : end + 1]
    if after and after in _COLON:
        return offsets[end] + 1
    if not at_boundary:
        several = any(found.end() == start for found in _FOR_SEVERAL.finditer(squeezed, max(0, start - 10), start))
        stated = several and _LINKED.match(squeezed, end) is not None
        return _unmarked_value(text, squeezed, offsets, label, end) if stated else None
    if after in ("】", "]", "］") and original > 0 and text[original - 1] in "【[［":
        return _skip_colon(text, offsets[end] + 1)
    if after == "\t" or (after == "\n" and _at_line_start(text, original) and len(printed) >= 4):
        return offsets[end] + 1
    if (
        end < len(squeezed)
        and len(printed) >= 2
        and _GAP.match(text, offsets[end - 1] + 1)
        and _at_line_start(text, original)
    ):
        return offsets[end]
    return _unmarked_value(text, squeezed, offsets, label, end)


def _skip_colon(text: str, position: int) -> int:
    while position < len(text) and text[position] in _COLON:
        position += 1
    return position


def _unmarked_value(text: str, squeezed: str, offsets: Sequence[int], label: Label, end: int) -> int | None:
    """Accept ``责任单位为县医保局`` and ``责任单位县医保局`` where the value cannot be anything else."""
    if label.kind not in (FieldKind.SUBJECT, FieldKind.DEADLINE) or end >= len(squeezed):
        return None
    linked = _LINKED.match(squeezed, end)
    begin = linked.end() if linked is not None else end
    if begin >= len(squeezed):
        return None
    rest = squeezed[begin : begin + 40]
    if label.kind is FieldKind.DEADLINE:
        return offsets[begin] if _GLUED_LIMIT.match(rest) else None
    if end - begin == 0 and _STRONG.search(squeezed[max(0, end - 6) : end]) is None:
        return None
    printed = text[offsets[begin] : offsets[begin] + 40].split()
    names = [_NAME_END.split(part)[0] for part in (rest, *printed[:1])]
    certain = any(bodies.is_certain_name(name) and not bodies.is_bare_class(name) for name in names)
    return offsets[begin] if certain else None


def _at_line_start(text: str, position: int) -> bool:
    return not text[text.rfind("\n", 0, position) + 1 : position].strip(
        "#*—-•· \u3000\t（(【一二三四五六七八九十0123456789、.．)）"
    )


def _fields_of(text: str, mark: _Mark, following: _Mark | None, brackets: tuple[Span, ...]) -> list[Field]:
    bracket = innermost(brackets, mark.start)
    if bracket is not None and bracket.end - 1 <= mark.value_start:
        bracket = innermost(brackets, bracket.start) if bracket.start else None
    limit = bracket.end - 1 if bracket is not None else len(text)
    short = mark.label.kind in _SHORT_KINDS
    if following is not None and following.start < limit:
        nested = innermost(brackets, following.start)
        inside = nested is not None and nested.start >= mark.value_start
        if inside and nested is not None:
            limit = nested.start if short else limit
        else:
            limit = following.start
            if bracket is None and limit > 0 and text[limit - 1] in "【[［（(":
                limit -= 1
    limit = max(limit, mark.value_start)
    end = _short_end(text, mark, limit, bracketed=bracket is not None) if short else limit
    value = _trim(text, mark.value_start, end)
    return [Field(mark.label, text[mark.start : mark.end], Span(mark.start, max(mark.end, value.end)), value, bracket)]


def _short_end(text: str, mark: _Mark, limit: int, *, bracketed: bool) -> int:
    stop = _sentence_end(text, mark.value_start, limit)
    listed = (
        _LIST_SIGN.search(text, mark.value_start, stop)
        if _LIST_START.match(text, mark.value_start, stop) is None
        else None
    )
    stop = listed.start() if listed is not None else stop
    if bracketed:
        return stop
    position = mark.value_start
    while True:
        line_end = text.find("\n", position, stop)
        if line_end < 0:
            return stop
        value = text[mark.value_start : line_end]
        if (
            value.strip()
            and not _CONTINUES.search(value)
            and not _is_torn_date(text, line_end + 1, mark.label, value)
            and not _is_name_line(text, line_end + 1, stop, mark.label, value)
        ):
            return line_end
        if value.strip() == "" and text[line_end : line_end + 2] == "\n\n":
            return line_end
        position = line_end + 1


def _is_torn_date(text: str, start: int, label: Label, value: str) -> bool:
    """Say whether the next line prints the rest of the date that ends `value`."""
    dated = label.kind is FieldKind.DEADLINE and _TORN_DATE.search(value) is not None
    return dated and _DATE_REST.match(text, start) is not None


def _is_name_line(text: str, start: int, stop: int, label: Label, value: str) -> bool:
    """Say whether the next line goes on with the list of names, or with the name that the line break has torn apart."""
    if label.kind is not FieldKind.SUBJECT or re.search(r"[。；;]\s*$", value):
        return False
    lines = text[start:stop].split("\n")
    parts = _names_on(lines[0])
    if not parts or len(lines[0]) > 60:
        return False
    last = (_names_on(value) or [""])[-1]
    if not _is_whole(last) and _is_whole(last + parts[0]):
        parts = [last + parts[0], *parts[1:]]
    elif not _is_whole(parts[0]):
        return False
    rest = (_names_on(lines[1]) or [""])[0] if len(lines) > 1 else ""
    return all(_is_whole(part) for part in parts[:-1]) and (_is_whole(parts[-1]) or _is_whole(parts[-1] + rest))


def _names_on(line: str) -> list[str]:
    return [part for part in re.split(r"[、，,；;/\s]+", line) if part]


def _is_whole(name: str) -> bool:
    return bodies.is_certain_name(name) and bodies.is_unit_name(name)


def _sentence_end(text: str, start: int, limit: int) -> int:
    depth = 0
    for index in range(start, limit):
        char = text[index]
        depth += (char in "（([【") - (char in "）)]】" and depth > 0)
        if char in "。！!" and depth == 0:
            return index
    return limit


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \u3000\xa0\t\n\r：:；;，,、":
        start += 1
    while start < end and text[end - 1] in " \u3000\xa0\t\n\r；;，,、。":
        end -= 1
    return Span(start, end)
