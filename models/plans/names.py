"""Lists of names: where one name ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpora.schema.plan import SubjectKind
from corpora.schema.span import Span
from models.plans import bodies
from models.plans.mentions import Mention, classify, read_mentions, trim

_SEPARATORS = "、，,；;/／|｜\n\r\t。"
_BLANKS = " \u3000\xa0"
_OPEN = "（([【〔"
_CLOSE = "）)]】〕"
_CONNECTOR = re.compile(r"以及|[和及与暨]")
_PROTECTED = re.compile(
    r"文化和旅游|规划和自然资源|人力资源和社会保障|住房和城乡|工业和信息化|卫生健康和|农业农村和|退役军人和|社会和谐|和谐|和平|民族和宗教|应急和"
)
_ETC = re.compile(
    r"等(?:[\d一二三四五六七八九十两]+[家个名位])?(?:相关|有关|县直|市直|区直|镇直|其他|职能|责任)*(?:部门|单位|科室|股室|处室|企业|站所|乡镇|街道|镇街|村|社区|同志|人员|人)?$"
)
_CLOSING_GROUP = re.compile(
    r"(?:其他|其它|及)?(?:有关|相关)(?:职能|责任)?(?:部门|单位|科室|股室|处室|人员|企业|站所|乡镇|镇街|街道|村居|村|社区|学院)$"
)
_EMPTY = re.compile(r"[\s\-—–－_/／\\无空略·。.、]*$|暂无$|不涉及$")
_ONE_PERSON = re.compile(
    r"(?:党组书记|党组副书记|党组成员|党委委员|党工委委员|委员|常委|党委副书记|班子成员|党委成员|(?:包[村片联]|驻村|挂点)领导)$"
)
#: Two posts that one villager holds (村党支部书记、村委会主任).
_VILLAGE_HEAD = re.compile(r"(?:村|社区)党(?:支部|总支|委)书记$")
_VILLAGE_BOARD = re.compile(r"(?:村委会|居委会)主任$")
_PERSON_LAST = re.compile(r"[\u4e00-\u9fff]{2}[\u4e00-\u9fff](?:某{1,2}|[×X＊*]{1,2})$")
_LEVELS = re.compile(r"[省市县区旗乡镇村](?:、[省市县区旗乡镇村])*")
_JOINING = re.compile("[、和及与]")
_NOTE = re.compile(r"[（(][^（()）]*[)）]$")
_TWO_BODIES = re.compile(r"([省市县区])委(?=\1(?:人民)?政府)")


@dataclass(frozen=True, slots=True)
class _Token:
    span: Span
    before: str


def is_empty_value(value: str) -> bool:
    """Say whether a field value is only a sign for nothing (``—``, ``/``, ``无``)."""
    return _EMPTY.match(value.strip()) is not None


def read_names(text: str, span: Span, *, personal: bool, apart: bool = False) -> tuple[Mention, ...]:
    """Read a list of names at `span`.

    Args:
        text: the text `span` points into.
        span: the list.
        personal: the field asks for people.
        apart: a unit and the person printed behind it are two subjects (``责任部门及责任人``).

    Returns:
        The mentions in printed order; an open ``等`` and closing ``有关部门`` are dropped.
    """
    if is_empty_value(span.of(text)):
        return ()
    tokens = _split_connectors(text, _split(text, span))
    tokens = _drop_etc(text, tokens)
    tokens = _merge_broken(text, tokens, apart=apart, personal=personal)
    tokens = _merge_broken(text, tokens, apart=apart, personal=personal)
    tokens = _merge_groups(text, tokens)
    tokens = _merge_titles(text, tokens)
    if len(tokens) > 1 and _CLOSING_GROUP.match(_clean(tokens[-1].span.of(text))):
        tokens = tokens[:-1]
    found = [mention for token in tokens for mention in read_mentions(text, token.span, personal=personal)]
    return tuple(_unit_and_person(text, found) if apart else found)


def _split(text: str, span: Span) -> list[_Token]:
    tokens: list[_Token] = []
    depth, start, before = 0, span.start, ""
    for index in range(span.start, span.end + 1):
        char = text[index] if index < span.end else "\n"
        depth += (char in _OPEN) - (char in _CLOSE and depth > 0)
        at_end = index == span.end
        cut = at_end or (depth == 0 and (char in _SEPARATORS or char in _BLANKS or _starts_body(text, index, span.end)))
        if not cut:
            continue
        part = trim(text, Span(start, index))
        if len(part):
            tokens.append(_Token(part, before))
            before = char
        elif char not in _BLANKS or before == "":
            before = char if before in _BLANKS else before
        start = index if not at_end and not (char in _SEPARATORS or char in _BLANKS) else index + 1
    return tokens


def _starts_body(text: str, index: int, end: int) -> bool:
    """Say whether ``县委县政府`` or ``县委、县政府`` begins its second body at `index`."""
    return index >= 2 and index < end and _TWO_BODIES.match(text, index - 2) is not None


def _split_connectors(text: str, tokens: Sequence[_Token]) -> list[_Token]:
    result: list[_Token] = []
    for token in tokens:
        rest, before = token.span, token.before
        for connector in list(_CONNECTOR.finditer(text, rest.start, rest.end)):
            left, right = Span(rest.start, max(rest.start, connector.start())), Span(connector.end(), rest.end)
            if _may_part(text, left, right, connector):
                if len(left):
                    result.append(_Token(left, before))
                rest, before = right, "、"
        if len(rest):
            result.append(_Token(rest, before))
    return result


def _may_part(text: str, left: Span, right: Span, connector: re.Match[str]) -> bool:
    if _PROTECTED.search(text, max(0, connector.start() - 6), connector.end() + 6) and not _is_name(
        _clean(left.of(text))
    ):
        return False
    head, tail = _clean(left.of(text)), _clean(right.of(text))
    if _depth(head) != 0 or not tail:
        return False
    if head and head.startswith("各") and bodies.is_bare_class(head[1:]) and bodies.is_bare_class(tail):
        return False
    return (not head or _is_name(head)) and (_is_name(tail) or _is_name(_ETC.sub("", _CONNECTOR.split(tail)[0])))


def _depth(part: str) -> int:
    return sum(part.count(char) for char in _OPEN) - sum(part.count(char) for char in _CLOSE)


def _is_name(part: str) -> bool:
    return (
        bodies.is_unit_name(part)
        or bodies.is_masked_name(part)
        or bodies.is_group_name(part)
        or bodies.ends_with_title(part)
        or _PERSON_LAST.search(part) is not None
        or (part.endswith(tuple(_CLOSE)) and len(part) > 3)
    )


def _drop_etc(text: str, tokens: Sequence[_Token]) -> list[_Token]:
    kept: list[_Token] = []
    for token in tokens:
        etc = _ETC.search(text[token.span.start : token.span.end])
        if etc is None:
            kept.append(token)
        elif etc.start() > 0:
            kept.append(_Token(Span(token.span.start, token.span.start + etc.start()), token.before))
    return kept


def _merge_broken(text: str, tokens: Sequence[_Token], *, apart: bool, personal: bool) -> list[_Token]:
    """Join what only a blank or a line break has parted: padded names, ``副书记 赵某某``."""
    merged: list[_Token] = []
    for token in tokens:
        if (
            merged
            and token.before in (*_BLANKS, "\n", "\r", "")
            and _belong(text, merged[-1].span, token.span, token.before, apart=apart, personal=personal)
        ):
            merged[-1] = _Token(Span(merged[-1].span.start, token.span.end), merged[-1].before)
        else:
            merged.append(token)
    return merged


def _belong(text: str, left: Span, right: Span, before: str, *, apart: bool, personal: bool) -> bool:
    head, tail = _clean(left.of(text)), _NOTE.sub("", _clean(right.of(text)))
    if before == "":
        return False
    if before in "\n\r":
        return (
            not _is_name(head)
            and len(head) > 1
            and bodies.is_unit_name(head + tail)
            and (not bodies.is_person_name(head) or bodies.is_bare_class(tail))
        )
    if len(head) == 1 and len(tail) <= 2:
        return bodies.is_person_name(head + tail)
    person = bodies.is_person_name(tail)
    if bodies.ends_with_title(head) and person:
        return True
    if bodies.is_person_name(head) and bodies.is_title(tail):
        return True
    return personal and not apart and bodies.is_unit_name(head) and (person or bodies.ends_with_title(tail))


def _merge_groups(text: str, tokens: Sequence[_Token]) -> list[_Token]:
    """Keep ``各县、市、区政府`` and ``县、区政府`` together."""
    merged: list[_Token] = []
    for token in tokens:
        name = _clean(token.span.of(text))
        head = _clean(merged[-1].span.of(text)) if merged else ""
        if (
            token.before == "、"
            and (
                _LEVELS.fullmatch(head) or (head.startswith("各") and bodies.is_bare_class(_JOINING.sub("", head[1:])))
            )
            and bodies.is_bare_class(name)
        ):
            merged[-1] = _Token(Span(merged[-1].span.start, token.span.end), merged[-1].before)
        else:
            merged.append(token)
    return merged


def _merge_titles(text: str, tokens: Sequence[_Token]) -> list[_Token]:
    """Keep the titles of one person together (``党组书记、局长王某某``)."""
    merged: list[_Token] = []
    for token in tokens:
        if merged and token.before in "、，,兼" and token.before and _same_person(text, merged[-1].span, token.span):
            merged[-1] = _Token(Span(merged[-1].span.start, token.span.end), merged[-1].before)
        else:
            merged.append(token)
    return merged


def _same_person(text: str, left: Span, right: Span) -> bool:
    head, tail = _clean(left.of(text)), _clean(right.of(text))
    if not bodies.ends_with_title(head) or bodies.surname_with_title(head):
        return False
    if bodies.is_group_name(head) and _ONE_PERSON.search(head) is None:
        return False
    if _VILLAGE_HEAD.search(head) and _VILLAGE_BOARD.match(tail):
        return True
    if bodies.is_title(tail):
        return _ONE_PERSON.search(head) is not None
    following = classify(tail, Span(0, len(tail)), personal=True)
    if _ONE_PERSON.search(head) is not None and following is not None and following.title is not None:
        return True
    return (
        following is not None
        and following.kind is SubjectKind.PERSON
        and following.title is not None
        and following.unit is None
        and len(following.name) > 1
    )


def _unit_and_person(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Give the unit in ``教务处李某某`` an entry of its own."""
    result: list[Mention] = []
    for mention in mentions:
        if mention.kind is SubjectKind.PERSON and mention.unit is not None and mention.title is None:
            end = mention.span.start + len(mention.unit)
            if text[mention.span.start : end] == mention.unit:
                result.append(Mention(Span(mention.span.start, end), SubjectKind.UNIT, mention.unit))
                result.append(Mention(Span(end, mention.span.end), SubjectKind.PERSON, mention.name))
                continue
        result.append(mention)
    return result


def _clean(part: str) -> str:
    return re.sub(r"[\s\u3000\u200b]+", "", part)
