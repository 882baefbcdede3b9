"""All that fields and brackets of a passage state, found once and then looked up by place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpora.schema.plan import Subject, SubjectKind, SubjectRole
from corpora.schema.span import Span
from models.plans import bodies
from models.plans.brackets import find_brackets, outermost
from models.plans.fields import Field, find_fields
from models.plans.inline import read_roles
from models.plans.labels import FieldKind, Label
from models.plans.mentions import role_of
from models.plans.names import is_empty_value, read_names
from models.plans.role_words import HAS_ROLE_WORD

_ROLE_IN_VALUE = re.compile(r"牵头|负责|配合|协助|会同|督办|协办|主办|承办|验收|由.{2,20}(?:承担|落实|实施)")
_BRACKETED_ROLE = re.compile(r"[（(](?:牵头|配合|协办|主办|承办|督办|督导|责任|主责|协助|会办)[^（()）]{0,4}[)）]")
_CONVENTION_NOTE = re.compile(
    r"[，,。；;\s（(]*(?:[^，,。；;、（(]{0,10}(?:排名|排在|列|首位|第一位?|在前|最前)[^，,。；;]{0,12}牵头[^。]*|以下均[^。]*|(?:以?下|下列)(?:均?同|均为)[^。]*)[。）)]?\s*$"
)
_FIRST_LEADS = re.compile(
    r"(?:排名|排在|排|列|名列|第一|排序)?(?:第一位?|首位|在前|最前|首位)(?:的|者)?(?:单位|部门|责任单位|责任部门)?(?:均?为|是|系|作为|即为)(?:总?牵头)"
)
_HOLDS_BACK = re.compile(r"\s*(?:以上|上述)[^，,；;：:]{0,6}?(?=均?[由于]|均)")
_SAME = re.compile(r"(?:同上|同前|〃|″|“”|\"|ditto)[。；;]?$")
_BACKWARD = re.compile(r"(?:以上|上述)[^，,；;：:（()）]{0,8}$")
_MASK = re.compile(r"[\u4e00-\u9fff](?:某|×)")
_LIMIT_PART = re.compile(
    r"[；;，,、\s](?:分[两三四]步|(?:要求|务必|限|分|已?于|力争|确保|最迟|并|在|应|须)*(?:\d{2,4}[年.]|\d{1,2}月|今年|明年|年[底内末]|长期坚持|立[行即]|即[知行]|持续(?:推进|坚持)|常态化)).*$",
    re.DOTALL,
)
_LIMIT_FIRST = re.compile(
    r"\s*(?:[\d一二两三四五六七八九十]+个?(?:年|月|日|天|周|季)|立行|立即|即[知行]|长期|持续|常态|年[底内末]|[上下]半年|列|排|下同|每|接到|收到|自|从|反馈|今年|明年|次年|本[年月周]|适时|近期|尽快|限|力争|确保|务必|最迟|[^，,；;]{1,10}(?:之日|[前后内]|期间)$)"
)
_PUBLIC = re.compile(
    r"公示|欢迎.{0,12}(?:监督|反映|来电|来信)|监督电话|举报|来信来访|信访(?:电话|举报|受理)|邮政编码|邮编"
)
_PEOPLE = re.compile(r"人$|班子|干部|成员|负责|领导|党员|职工|长$|员$")
_AFTER_BRACKET = re.compile(r"\s*(?:[。；;，,！!\n]|$)")
_GATHERS = re.compile(
    r"(?:部门|单位|科室|[家个]|街道|乡镇|企业|包括|例如|如|即|对象|范围|对|向|至|(?<![通汇填])报|送|抄送|给)$"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A stated fact of one place: subjects, or a limit field, with the stretch it occupies.

    Attributes:
        limit: the value of a labelled limit, if the claim is one.
        same: roles for which the value says 同上.
        backward: the claim holds for the items before it (以上责任单位：…).
    """

    span: Span
    subjects: tuple[Subject, ...] = ()
    limit: Span | None = None
    same: tuple[SubjectRole, ...] = ()
    same_limit: bool = False
    backward: bool = False
    bracket: Span | None = None

    @property
    def kinds(self) -> frozenset[str]:
        """The roles the claim fills, and ``"limit"``."""
        roles = {subject.role.value for subject in self.subjects} | {role.value for role in self.same}
        return frozenset(roles | ({"limit"} if self.limit is not None or self.same_limit else set()))


@dataclass(frozen=True, slots=True)
class Facts:
    """Fields, bracket pairs and claims of a text, each ordered by place.

    Attributes:
        masks: stretches that are no prose: short fields and brackets with roles.
        undated: fields whose dates are never limits (contacts, categories, publicity periods, status).
    """

    text: str
    fields: tuple[Field, ...]
    claims: tuple[Claim, ...]
    masks: tuple[Span, ...]
    undated: tuple[Span, ...]
    brackets: tuple[Span, ...]

    def claims_in(self, span: Span) -> tuple[Claim, ...]:
        """Return the claims that begin inside `span`."""
        return self.claims[_first(self.claims, span.start) : _first(self.claims, span.end)]

    def fields_in(self, span: Span, kind: FieldKind) -> tuple[Field, ...]:
        """Return the fields of `kind` that begin inside `span`."""
        inside = self.fields[_first(self.fields, span.start) : _first(self.fields, span.end)]
        return tuple(entry for entry in inside if entry.label.kind is kind)

    def brackets_in(self, span: Span) -> tuple[Span, ...]:
        """Return the bracket pairs that begin inside `span`."""
        return self.brackets[
            bisect_left(self.brackets, Span(span.start, span.start)) : bisect_left(
                self.brackets, Span(span.end, span.end)
            )
        ]

    def masks_in(self, span: Span) -> tuple[Span, ...]:
        """Return the masks that touch `span`."""
        return _touching(self.masks, span)

    def undated_in(self, span: Span) -> tuple[Span, ...]:
        """Return the fields without limits that touch `span`."""
        return _touching(self.undated, span)


def gather(text: str) -> Facts:
    """Find fields and role brackets of `text` and read their subjects."""
    fields = find_fields(text)
    brackets = find_brackets(text)
    first_leads = _convention(text)
    claims: list[Claim] = []
    for entry in fields:
        claim = _claim_of(text, entry, fields, first_leads)
        if claim is not None:
            claims.append(claim)
    labelled = [entry.span.start for entry in fields if entry.label.kind is not FieldKind.MEASURE]
    for pair in outermost(brackets):
        if _inside_names(fields, pair):
            continue
        first = bisect_left(labelled, pair.start)
        if first == bisect_left(labelled, pair.end):
            claims.extend(_bracket_claim(text, pair, first_leads))
        else:
            claims.extend(_before_label(text, pair, labelled[first]))
    claims.sort(key=lambda claim: claim.span)
    short = (FieldKind.SUBJECT, FieldKind.DEADLINE, FieldKind.CATEGORY, FieldKind.CONTACT, FieldKind.OTHER)
    masks = {entry.span for entry in fields if entry.label.kind in short}
    masks |= {claim.bracket for claim in claims if claim.bracket is not None}
    never = (FieldKind.CATEGORY, FieldKind.CONTACT, FieldKind.OTHER)
    undated = {entry.span for entry in fields if entry.label.kind in never}
    return Facts(text, fields, tuple(claims), _merged(masks), _merged(undated), brackets)


def _inside_names(fields: Sequence[Field], pair: Span) -> bool:
    """Say whether a bracket stands inside the names of a subject field, where it is read with them."""
    last = _first(fields, pair.start) - 1
    entry = fields[last] if last >= 0 else None
    return entry is not None and entry.label.kind is FieldKind.SUBJECT and entry.value.contains(pair)


def read_value(text: str, value: Span, label: Label, *, first_leads: bool = False) -> tuple[Subject, ...]:
    """Read the subjects in the value of a subject field or table cell.

    A role word beside a name overrules the label; in a joint label (责任单位及责任人) units and people
    take their own role.
    """
    role = label.unit_role
    value = _without_limit(text, value)
    note = _CONVENTION_NOTE.search(value.of(text))
    if note is not None:
        value = Span(value.start, value.start + note.start())
    if role is None or is_empty_value(value.of(text)):
        return ()
    person_role = label.person_role or role
    personal = person_role in (SubjectRole.OWNER, SubjectRole.LEADER) or (
        person_role is SubjectRole.SUPERVISING and _MASK.search(value.of(text)) is not None
    )
    printed = value.of(text)
    if _ROLE_IN_VALUE.search(_BRACKETED_ROLE.sub("", printed)):
        stated = read_roles(text, value, default=role, personal=personal)
        if stated:
            return stated
    subjects = []
    for mention in read_names(text, value, personal=personal, apart=role is not person_role):
        people = mention.kind in (SubjectKind.PERSON, SubjectKind.POST) or (
            mention.kind is SubjectKind.GROUP and _PEOPLE.search(mention.name) is not None
        )
        subjects.append(mention.subject(person_role if people else role))
    if first_leads and role is SubjectRole.RESPONSIBLE and subjects:
        subjects[0] = replace(subjects[0], role=SubjectRole.LEAD)
    return tuple(subjects)


def _without_limit(text: str, value: Span) -> Span:
    """Return a value without the limit printed behind its names (…；已于2022年2月底完成)."""
    limit = _LIMIT_PART.search(text, value.start, value.end)
    return value if limit is None else Span(value.start, limit.start())


def _claim_of(text: str, entry: Field, fields: Sequence[Field], first_leads: int | None) -> Claim | None:
    label, value = entry.label, entry.value
    backward = _BACKWARD.search(text[max(0, entry.span.start - 10) : entry.span.start]) is not None
    same = _SAME.match(value.of(text)) is not None
    if label.kind is FieldKind.DEADLINE:
        return Claim(
            entry.span, limit=None if same else value, same_limit=same, backward=backward, bracket=entry.bracket
        )
    if label.kind is not FieldKind.SUBJECT or label.unit_role is None or not _own_contact(text, entry, fields):
        return None
    if same:
        roles = tuple(dict.fromkeys(role for role in (label.unit_role, label.person_role) if role))
        return Claim(entry.span, same=roles, same_limit=label.with_deadline, backward=backward, bracket=entry.bracket)
    leads = first_leads is not None and entry.span.start >= first_leads - 200 and not _has_lead(entry, fields)
    subjects = read_value(text, value, label, first_leads=leads)
    return Claim(
        entry.span, subjects, limit=value if label.with_deadline else None, backward=backward, bracket=entry.bracket
    )


def _has_lead(entry: Field, fields: Sequence[Field]) -> bool:
    """Say whether a lead is named in a field of its own right before, so that no first place leads."""
    place = _first(fields, entry.span.start)
    before = fields[place - 1] if place else None
    return before is not None and before.label.unit_role is SubjectRole.LEAD and entry.span.start - before.span.end < 6


def _own_contact(text: str, entry: Field, fields: Sequence[Field]) -> bool:
    """Say whether the field is no contact for the public: a 联系人 counts only among other fields of an item."""
    if "联系" not in entry.printed or "领导" in entry.printed:
        return True
    near = [
        other
        for other in fields
        if other is not entry
        and other.label.kind in (FieldKind.SUBJECT, FieldKind.DEADLINE)
        and abs(other.span.start - entry.span.start) < 80
        and "联系" not in other.printed
    ]
    around = text[max(0, entry.span.start - 60) : entry.span.end + 60]
    return bool(near) and _PUBLIC.search(around) is None


def _bracket_claim(text: str, pair: Span, first_leads: int | None) -> list[Claim]:
    inside = Span(pair.start + 1, pair.end - 1)
    note = _CONVENTION_NOTE.search(inside.of(text))
    if note is not None:
        inside = Span(inside.start, inside.start + note.start())
    content = inside.of(text)
    if len(content) < 3 or role_of(content) is not None:
        return []
    back = _HOLDS_BACK.match(content)
    if back is not None:
        inside = Span(inside.start + back.end(), inside.end)
    if HAS_ROLE_WORD.search(content) and _ROLE_IN_VALUE.search(content):
        subjects = read_roles(text, inside, default=None)
    else:
        subjects = _bare_list(text, pair, inside, first_leads)
    if back is not None:
        return [Claim(pair, subjects, limit=inside, backward=True, bracket=pair)]
    return [Claim(pair, subjects, bracket=pair)] if subjects else []


def _bare_list(text: str, pair: Span, inside: Span, first_leads: int | None) -> tuple[Subject, ...]:
    """Read ``（县财政局、县审计局）`` behind a task: bodies that carry it out."""
    if _AFTER_BRACKET.match(text, pair.end) is None or _GATHERS.search(text[max(0, pair.start - 6) : pair.start]):
        return ()
    subjects = _listed(text, inside)
    if not any(subject.kind in (SubjectKind.UNIT, SubjectKind.GROUP) for subject in subjects):
        return ()
    if first_leads is not None and pair.start >= first_leads - 200:
        subjects[0] = replace(subjects[0], role=SubjectRole.LEAD)
    return tuple(subjects)


def _listed(text: str, inside: Span) -> list[Subject]:
    """Read names up to the first part that is none; a limit may follow the names of each part."""
    subjects: list[Subject] = []
    for found in re.finditer(r"[^；;。]+", inside.of(text)):
        start = inside.start + found.start()
        ends = [
            sign.start() for sign in re.finditer(r"[，,\s]", found[0]) if _LIMIT_FIRST.match(found[0][sign.end() :])
        ]
        part = Span(start, start + (ends[0] if ends else len(found[0])))
        if _LIMIT_FIRST.match(found[0]) and subjects:
            continue
        mentions = read_names(text, part, personal=False)
        certain = [mention for mention in mentions if bodies.is_certain_name(re.sub("[、，]", "", mention.name))]
        if not mentions or len(certain) < len(mentions):
            break
        subjects.extend(mention.subject(_carrier(mention.kind)) for mention in mentions)
    return subjects


def _carrier(kind: SubjectKind) -> SubjectRole:
    return SubjectRole.OWNER if kind in (SubjectKind.PERSON, SubjectKind.POST) else SubjectRole.RESPONSIBLE


def _before_label(text: str, pair: Span, label: int) -> list[Claim]:
    """Read the names in front of the first label of a bracket: （县交通运输局；责任人：…）."""
    inside = Span(pair.start + 1, max(pair.start + 1, label))
    if len(inside) < 4 or text[inside.end - 1] not in "；;，, ":
        return []
    subjects = tuple(_listed(text, Span(inside.start, inside.end - 1)))
    return [Claim(Span(pair.start, inside.end), subjects, bracket=pair)] if subjects else []


def _convention(text: str) -> int | None:
    found = _FIRST_LEADS.search(text)
    return found.start() if found is not None else None


def _merged(spans: set[Span]) -> tuple[Span, ...]:
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


def _first(placed: Sequence[Claim] | Sequence[Field], position: int) -> int:
    return bisect_left(placed, position, key=lambda entry: entry.span.start)


def _touching(disjoint: Sequence[Span], span: Span) -> tuple[Span, ...]:
    first = bisect_right(disjoint, span.start, key=lambda mask: mask.end)
    last = bisect_left(disjoint, span.end, key=lambda mask: mask.start)
    return tuple(disjoint[first : max(first, last)])
