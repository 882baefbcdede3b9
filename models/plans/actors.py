"""Who acts: the list of names that begins at a place in running words, told apart from what is said of it."""

from __future__ import annotations

import re

from corpora.schema.plan import SubjectKind
from corpora.schema.span import Span
from models.plans import bodies
from models.plans.mentions import Mention, role_of
from models.plans.names import read_names
from models.plans.predicates import has_limit, opens_predicate

_REACH = 90
_INSIDE_WORD = re.compile(
    "会[同商议计办]|办[理法结好]|组[织成建]|部[署分门]|所[有属长在]|处[理置分]|村[级支委民]|镇[级街政党长]|系[统列]|院[校长]|校[园长]|园区|区[域政委长]"
    "|社[区会]|公司|乡[镇党村]|站[所长]|厂区|委[员托派]|室内|团队|中心|队伍|局[部面长]|主任|科长|县[政委长]|街[道办]|市长|书记"
)
_SHORT_LIST = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{2,5}(?:、[\u4e00-\u9fff]{2,5}?){1,6}?)(?P<close>等(?:[\d两二三四五六七八九十]+[个家])?(?:相关|职能|有关)?(?:部门|单位|科室)|[两二三四五六七八九十]个?(?:部门|单位|家)(?:单位)?)"
)
_PERSON_INSIDE = re.compile(r"某(?![某、和及与，,（(）)\s甲乙丙丁]|同志|$)")
_NO_NAME = re.compile(
    r"由(?!家|义)|到|传到|拟|按|根据|结合|针对|围绕|鉴于|随着|通过|除|遵照|受(?!理)|接受|坚持|把|被|以|从|因|为了|让|使|给|拿|凡|该(?![局镇乡村院校委办县区站所厂科处股队司公中街社支集企])|经(?![信济开发贸管侦营])|据|依|与|翻译|末位|一名|[^，]{0,3}个人"
)
_TITLE_NEXT = re.compile(
    r"(?:党组|党委|党支部|主要|分管|有关|相关|全体|领导)*(?:负责人|负责同志|领导(?!小组|下)|班子|成员(?!单位)|书记|主任|局长|科长|所长|站长|镇长|院长|校长|干部(?!科|室|处|人事)|党员|职工|人员|之所)"
)
_OF_OURS = re.compile(r"(?:下属|所属|辖区|本级)(?=[\u4e00-\u9fff]{3})")
_COUNT = re.compile(
    r"(?:等)?(?:[两二三四五六七八九十\d]+)(?:个)?(?:家|部门|单位|乡镇|镇街|街道|镇|乡|村|社区|科室|股室|人|方|名同志)(?!员|才|居)|(?:等)(?:相关|职能|有关)?(?:部门|单位|科室)"
)


def read_ordered(text: str, span: Span) -> tuple[list[Mention], int]:
    """Return the list of names behind 由 or 请; there an unknown verb may follow the names."""
    mentions, end = read_actors(text, span, strict=True)
    return (mentions, end) if mentions else read_actors(text, span, strict=True, any_act=True)


def read_actors(
    text: str, span: Span, *, strict: bool, personal: bool = False, any_act: bool = False
) -> tuple[list[Mention], int]:
    """Return the longest list of names that begins at `span.start`, and its end.

    Args:
        text: the text `span` points into.
        span: from where the list begins to the end of the clause.
        strict: running prose, where only certain names count and a predicate must follow.
        personal: the list is asked for people.
        any_act: whatever follows the names is taken for a predicate.
    """
    short = _short_list(text, span) if strict else None
    if short is not None:
        return short
    ours = _OF_OURS.match(text, span.start, span.end) if strict else None
    start = ours.end() if ours is not None else span.start
    limit = _name_limit(text, Span(start, span.end))
    for end in range(limit, start + 1, -1):
        if end < limit and end < len(text) and text[end] in "）)":
            continue
        if _INSIDE_WORD.match(text, end - 1) or not _may_end(text[max(start, end - 10) : end]):
            continue
        part = text[start:end]
        if strict and (
            _PERSON_INSIDE.search(part)
            or _NO_NAME.match(part)
            or (text[end : end + 1] in {"为", "是"} and role_of(part) is not None)
        ):
            continue
        if _depth(part) != 0 or part[0] in "、的地得和及与":
            continue
        after = _behind_count(text, end, span.end)
        if strict and _TITLE_NEXT.match(text, end, span.end):
            continue
        if (
            strict
            and not any_act
            and after < span.end
            and text[after] not in "，,（("
            and not _goes_on(text, after, span.end, part)
        ):
            continue
        mentions = read_names(text, Span(start, end), personal=personal)
        if mentions and all(_is_certain(mention, strict=strict) for mention in mentions):
            return list(mentions), after if strict else end
    return [], span.start


def _goes_on(text: str, position: int, end: int, name: str) -> bool:
    if opens_predicate(text, position, end):
        return True
    said = text[position:end]
    if name.startswith("每") and has_limit(said):
        return True
    return name.startswith("各") and re.search(r"[要须应]", said) is not None


def _behind_count(text: str, position: int, end: int) -> int:
    found = _COUNT.match(text, position, end)
    return found.end() if found is not None else position


def _short_list(text: str, span: Span) -> tuple[list[Mention], int] | None:
    """Read bodies called by their line of work alone: 住建、城管两家, 交通、水利等部门."""
    found = _SHORT_LIST.match(text, span.start, span.end)
    if found is None:
        return None
    mentions = []
    for part in re.finditer(r"[^、]+", found["names"]):
        place = Span(span.start + part.start(), span.start + part.end())
        if any(True for _ in bodies.find_foreign(text, place.start, place.end)):
            return None
        mentions.append(Mention(place, SubjectKind.UNIT, part[0]))
    return mentions, found.end()


def _name_limit(text: str, span: Span) -> int:
    """Return how far a list of names can reach: up to the first word that stands in no name."""
    limit = min(span.end, span.start + _REACH)
    for found in bodies.find_foreign(text, span.start, limit):
        if _depth(text[span.start : found.start()]) == 0:
            return found.end() - 1
    return limit


def _is_certain(mention: Mention, *, strict: bool) -> bool:
    if mention.kind is SubjectKind.PERSON:
        head = f"{mention.unit or ''}{mention.title or ''}"
        return (bodies.is_masked_name(mention.name) or mention.title is not None) and (
            not head or bodies.is_certain_name(head) or len(head) == 2
        )
    return bodies.is_certain_name(re.sub(r"[、，]", "", mention.name)) or (
        not strict and bodies.is_abbreviation(mention.name)
    )


def _may_end(tail: str) -> bool:
    return (
        bodies.is_unit_name(tail)
        or bodies.ends_with_title(tail)
        or tail[-1] in "某×xX＊*）)”等"
        or bodies.is_group_name(tail)
        or tail.endswith("同志")
    )


def _depth(part: str) -> int:
    return sum(part.count(char) for char in "（([【") - sum(part.count(char) for char in "）)]】")
