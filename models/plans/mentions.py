"""What one printed name says: unit, person, post or group, with title and unit taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpora.schema.plan import Subject, SubjectKind, SubjectRole
from corpora.schema.span import Span
from models.plans import bodies
from models.plans.labels import FieldKind, read_label

_BLANK = re.compile(r"[\s\u3000\u200b]+")
_TRAILING_BRACKET = re.compile(r"[（(\[【]([^（()）\[\]【】]*)[)）\]】]$")
_LEADING_BRACKET = re.compile(r"^[（(\[【]([^（()）\[\]【】]*)[)）\]】]")
_DETAIL = re.compile(
    r"[\d\-—－ 转电话手机：:]{5,}$|.*[处科厅局股]级$|.*(?:电话|手机).*|签字|盖章|(?:于|限|自)?(?:\d{2,4}年)?\d{1,2}月.*[前内底末旬日起]$|兼$|按职责分工.*|.*排名.*|.*首位.*|下同|新任|原任"
)
_ROLE_WORDS: tuple[tuple[str, SubjectRole], ...] = (
    ("牵头", SubjectRole.LEAD),
    ("主办", SubjectRole.LEAD),
    ("主责", SubjectRole.LEAD),
    ("配合", SubjectRole.COOPERATING),
    ("协办", SubjectRole.COOPERATING),
    ("会办", SubjectRole.COOPERATING),
    ("协助", SubjectRole.COOPERATING),
    ("参与", SubjectRole.COOPERATING),
    ("督办", SubjectRole.SUPERVISING),
    ("督导", SubjectRole.SUPERVISING),
    ("监督", SubjectRole.SUPERVISING),
    ("验收", SubjectRole.SUPERVISING),
    ("责任人", SubjectRole.OWNER),
    ("具体负责", SubjectRole.RESPONSIBLE),
    ("承办", SubjectRole.RESPONSIBLE),
    ("责任", SubjectRole.RESPONSIBLE),
)
_TIME = re.compile(
    r"(?:于|自|从|至|在|最迟|最晚|每逢?|逐|按)?(?:每(?:个|两|半|季|学|年|月|周|日|天|旬|逢)|(?:逐|按)[月季年周旬日](?![\u4e00-\u9fff]{0,6}[局办科站委])|[上中下]旬|[^\s]{1,6}[节学期](?:之?前|以前)$|\d{2,4}[年.\-/]|\d{1,2}月|\d+个?(?:工作日|日|天|月)|[一二三四五六七八九十]+(?:月|个月|日内|季度)|本月|今年|明年|年[底内末]|[上下]半年|立行立改|立即整改|即知即改|长期坚持|持续(?:推进|坚持|整改)|常态化)"
)
#: Titles whose first sign is also a surname (交通局车队长).
_TITLES_LIKE_NAMES = frozenset({("车", "队长"), ("农", "场长"), ("党", "书记")})
_TRADE = re.compile(r"[\u4e00-\u9fff]{1,4}[^人成党职动][员工师]")
_STARRED = re.compile(r"[\u4e00-\u9fff]\*{1,2}$")
_EDGE = "“”\"'‘’·:：。．.、，,；; \t\n\r\u3000\xa0\u200b*"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as printed at `span`, classified; `role` only where a role word stands beside it."""

    span: Span
    kind: SubjectKind
    name: str
    title: str | None = None
    unit: str | None = None
    role: SubjectRole | None = None

    def subject(self, role: SubjectRole) -> Subject:
        """Return the mention as a subject with its own role, else `role`."""
        return Subject(self.span, self.role or role, self.kind, self.name, self.title, self.unit)


def role_of(word: str) -> SubjectRole | None:
    """Return the role a short note such as ``牵头`` or ``配合单位`` stands for, or ``None``."""
    if len(word) > 8:
        return None
    label = read_label(word)
    if label is not None and label.kind is FieldKind.SUBJECT:
        return label.unit_role
    return next(
        (role for prefix, role in _ROLE_WORDS if word.startswith(prefix) and len(word) <= len(prefix) + 2), None
    )


def trim(text: str, span: Span) -> Span:
    """Return `span` without blanks, quotes and list punctuation at its edges."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE and text[start] not in '“"':
        start += 1
    while (
        start < end
        and text[end - 1] in _EDGE
        and not _STARRED.match(text, start, end)
        and not (text[end - 1] == "”" and "“" in text[start:end])
    ):
        end -= 1
    return Span(start, end)


def read_mentions(text: str, span: Span, *, personal: bool) -> list[Mention]:
    """Classify the name at `span`; a bracket behind it may add a role, a title or further persons.

    Args:
        text: the text `span` points into.
        span: one name, without list punctuation.
        personal: the field asks for people, so a plain surname with given name is a person.
    """
    span = trim(text, span)
    role: SubjectRole | None = None
    extra: list[Mention] = []
    title: str | None = None
    end = span.end
    leading = _LEADING_BRACKET.match(span.of(text))
    if leading is not None and role_of(leading[1]) is not None:
        role, span = role_of(leading[1]), trim(text, Span(span.start + leading.end(), span.end))
    while (bracket := _TRAILING_BRACKET.search(text[span.start : end])) is not None and bracket.start() > 0:
        note, note_start = bracket[1].strip(), span.start + bracket.start(1)
        base = _clean(text[span.start : span.start + bracket.start()])
        if note.startswith(("含", "包括", "除")):
            break
        if role_of(note) is not None:
            role = role_of(note)
        elif bodies.ends_with_title(_clean(note)) and bodies.is_person_name(base):
            title = _clean(note)
        elif (holder := _holder(note)) is not None and bodies.ends_with_title(base):
            unit, post = bodies.split_unit_and_title(base) or (None, base)
            return [Mention(span, SubjectKind.PERSON, holder, post, unit, role), *extra]
        elif _is_people(note):
            extra = [
                mention
                for part in _note_parts(note, note_start)
                for mention in read_mentions(text, part, personal=True)
            ] + extra
        elif _DETAIL.match(note) is None:
            break
        end = span.start + bracket.start()
    kept = span.end if title is not None and role is None else end
    base_span = trim(text, Span(span.start, end))
    if not len(base_span):
        return extra
    mention = classify(_clean(base_span.of(text)), Span(base_span.start, max(base_span.end, kept)), personal=personal)
    if mention is None:
        return extra
    return [replace(mention, role=role, title=mention.title or title), *extra]


def classify(name: str, span: Span, *, personal: bool) -> Mention | None:
    """Classify a cleaned name; ``None`` if it names nothing (a lone sign, a number)."""
    if (
        not re.search(r"[\u4e00-\u9fffA-Za-z×＊*ＸｘΧ〇○□]", name)
        or re.fullmatch(r"[×xXＸｘ＊*○〇□某无略]|(?:联系)?(?:电话|手机)|[ABab][角岗]|同上|同前|下同", name)
        or _TIME.match(name)
    ):
        return None
    bare = name.removesuffix("同志")
    short = bodies.surname_with_title(bare)
    if short is not None:
        return Mention(span, SubjectKind.PERSON, short[0], title=short[1])
    if bodies.is_masked_name(bare) or (personal and bodies.is_person_name(bare)):
        return Mention(span, SubjectKind.PERSON, bare)
    headed = _headed_person(bare, span)
    if headed is not None:
        return headed
    if bodies.is_group_name(name):
        return Mention(span, SubjectKind.GROUP, name)
    post = bodies.split_unit_and_title(name)
    if post is not None:
        unit, title = post
        return Mention(span, SubjectKind.POST, name, title if unit else None, unit)
    if personal and not bodies.is_unit_name(name) and re.fullmatch(r"[\u4e00-\u9fff]{2,4}", bare):
        return Mention(span, SubjectKind.PERSON, bare)
    return Mention(span, SubjectKind.UNIT, name)


def _headed_person(token: str, span: Span) -> Mention | None:
    simple = bodies.simple_masked_name(token)
    lengths = (5, 4, 3, 2) if simple is None else (len(simple),)
    for length in lengths:
        head, tail = token[:-length].rstrip("（("), token[-length:]
        if not head or not (bodies.is_person_name(tail) or bodies.is_familiar_name(tail)):
            continue
        titled = bodies.split_unit_and_title(head) or _trade(head, tail)
        if titled is not None and not (bodies.is_unit_name(tail) or bodies.is_group_name(head)):
            return Mention(span, SubjectKind.PERSON, tail, title=titled[1], unit=titled[0])
        if bodies.is_unit_name(head) and (bodies.is_masked_name(tail)) and len(head) > 1:
            return Mention(span, SubjectKind.PERSON, tail, unit=head)
    return _trailing_title(token, span) or _titled_surname(token, span)


def _titled_surname(token: str, span: Span) -> Mention | None:
    """Read a surname and title behind a body (设备科李科长)."""
    for cut in range(2, len(token) - 2):
        short = bodies.surname_with_title(token[cut:])
        if short is not None and short not in _TITLES_LIKE_NAMES and bodies.is_unit_name(token[:cut]):
            return Mention(span, SubjectKind.PERSON, short[0], title=short[1], unit=token[:cut])
    return None


def _trade(head: str, tail: str) -> tuple[None, str] | None:
    """Take a trade (收费员, 化验师) for a title where what follows can be nothing but a name."""
    named = bodies.is_masked_name(tail) or bodies.is_familiar_name(tail)
    return (None, head) if named and _TRADE.fullmatch(head) else None


def _trailing_title(token: str, span: Span) -> Mention | None:
    for length in (2, 3, 4):
        name, title = token[:length], token[length:]
        if title and bodies.is_title(title) and bodies.is_masked_name(name):
            return Mention(span, SubjectKind.PERSON, name, title=title)
    return None


def _holder(note: str) -> str | None:
    """Return the name in a bracket behind a post (校长（刘校长）, 副镇长（殷某某）), if it is one person."""
    bare = _clean(note)
    short = bodies.surname_with_title(bare)
    if short is not None:
        return short[0]
    return bare if bodies.is_masked_name(bare) else None


def _is_people(note: str) -> bool:
    parts = [part for part in re.split(r"[、，,；;]", note) if part]
    return bool(parts) and all(
        bodies.is_masked_name(_clean(part)) or bodies.is_person_name(_clean(part)) or _ends_in_person(_clean(part))
        for part in parts
    )


def _ends_in_person(part: str) -> bool:
    return _headed_person(part, Span(0, len(part))) is not None


def _note_parts(note: str, start: int) -> list[Span]:
    return [Span(start + found.start(), start + found.end()) for found in re.finditer(r"[^、，,；;]+", note)]


def _clean(token: str) -> str:
    return _BLANK.sub("", token)
