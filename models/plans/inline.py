"""Roles stated in words: 由A牵头B配合, A会同B, A负责…, in brackets, in field values and in running prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpora.schema.plan import Subject, SubjectKind, SubjectRole
from corpora.schema.span import Span
from models.plans import bodies
from models.plans.labels import FieldKind, match_label
from models.plans.mentions import Mention
from models.plans.names import read_names

_ADVERBS = r"(?:同志|要|应当|应|须|将|具体|共同|联合|统一|全程|(?:按照?|依据|根据)(?:各自)?(?:工作)?(?:职责|职能|分工)+|各自|分别|积极|主动|密切|全力|全面|同步|总体?|直接|依职责|依法|负责(?=牵头|配合|(?:全程|跟踪|日常|联合)*(?:督|监督|验收|审核|复[查核])|协助)|\s)*"
_WEAKENED = (
    r"(?!单位|部门|科室|股室|处室|领导|人(?!员|才|居)|同志|干部|责任|作用|不|意识|力度|职责|度|制(?!定|发|作|止)|区域"
    r"|抓总不|方(?!案|式|法)|组(?!织))"
)
_VERBS: tuple[tuple[SubjectRole | None, re.Pattern[str]], ...] = (
    (
        None,
        re.compile(
            _ADVERBS
            + r"(?:统筹协调|总协调|统筹|任|担任|兼任|授权|批准|审批|审议|研究|决定|指定|委派|任命|反馈|指出|移交|交办|通报|发现|检查(?!整改)|拨付|出具|组成|领导|主持|召开|提供|转(?!办))"
        ),
    ),
    (
        SubjectRole.LEAD,
        re.compile(
            _ADVERBS
            + r"(?:牵头|主办|主责|主抓)"
            + _WEAKENED
            + r"(?:负责|抓总|抓好|组织实施|组织|实施|落实|办理|推进|抓)?"
        ),
    ),
    (
        SubjectRole.SUPERVISING,
        re.compile(
            _ADVERBS
            + r"(?:全程|跟踪|日常|挂牌|联合|指导|组织)*(?:督办|督导|督促|监督|督查|验收|监管|审核|复查|复核|核查|把关|考核验收)"
            + _WEAKENED
            + r"(?:检查|指导|落实|验收|把关)?"
        ),
    ),
    (
        SubjectRole.COOPERATING,
        re.compile(_ADVERBS + r"(?:配合|协助|协办|参与|协同|会办|提供技术指导|技术指导)" + _WEAKENED),
    ),
    (
        SubjectRole.LEADER,
        re.compile(_ADVERBS + r"(?:包抓|包案|包联|包保|领办|挂帅|领衔|挂点|包片|负总责|总负责)" + _WEAKENED),
    ),
    (
        SubjectRole.RESPONSIBLE,
        re.compile(
            _ADVERBS
            + r"(?:负责|承办|承担|组织实施|抓好落实|抓好?整改|抓落实|狠抓落实|落实|实施|执行|办理|限期整改|组织整改)"
            + _WEAKENED
        ),
    ),
)
_TOGETHER = re.compile(r"(?:牵头)?(?:会同|联合|协同|商(?=[县市区省镇乡])|联动)")
_TITLED = re.compile(r"(?:同志|均|分别|共同)?(?:作为|为|是)(?:本?[该此]?项?(?:目|工作|问题|整改)?的?)?")
_OBLIGED = re.compile(r"(?:要|应当|应|须|必须|务必|需)(?!对.{0,12}负责)")
_DATED = re.compile(
    r"(?:要|应当|应|须|必须|务必|需|将|拟)?[于在]?(?:(?:\d{2,4}|今|明|本)年)?(?:\d{1,2}月|年|[一二三四]季度|[上下]半年|本月|本季度)[^，,。；;]{0,8}?(?:前|之内|以内|[底末内](?!部))"
)
_EVERYBODY = re.compile(r"各级|各地|各单位|各部门|各有关|全[县市区镇乡]")
_BY = re.compile(r"(?<!自|理|缘|事)由(?!于|此|来|衷)|责成|责令")
_LEAD_IN = re.compile(r"(?:并|同时|其中|再|请|经|后|另|此外|原则上|统一|建议|下一步|要求|以及|且|即|或)*[，,]?\s*")
_UNDER = re.compile(r"在(.{2,16}?)(?:的)?(?:统一|坚强|集中|直接)?领导下")
_PUNISHED = re.compile(
    r"^\s*截[至止]|严肃问责|追责|追究|严肃处理|[出列]席|参加(?:了|此次|本次)?.{0,4}会|处分|警告|记过|诫勉|免职|立案|双开|批评教育|通报批评|组织处理|约谈了|被问责"
)
_FORMULA = re.compile(
    r"一岗双责|谁主管|谁负责|谁牵头|主体责任|监督责任|首责|总责|总抓|亲自抓|主要领导.{0,4}抓|一级抓一级|党政同责"
)
_MASKED_PERSON = re.compile(r"[\u4e00-\u9fff](?:某|×|[xX＊*]{2})")
_REPORTED = re.compile(
    r"(?:条例|办法|规定|制度|》)(?:明确|规定|要求|指出)|明确规定|(?:指出|强调|要求)[，,：:]?\s*[“\"]"
)
_DEFICIENT = re.compile(
    r"不力|不到位|不够|不足|不严|不实|缺位|缺失|推诿|虚化|弱化|滞后|未[^雨]|没有|尚未|流于|走过场|敷衍|虚假|造成|导致|违规|擅自|不清|不明|薄弱|落后|不作为|不了了之|停留在"
)
_INSPECTOR = re.compile(r"(?:巡察|巡视|督察|审计|检查|考核|巡查|调研)组$")
_CLAUSE_END = re.compile(r"[，,；;。：:\n！!？?…]|——")
_REACH = 90
_INSIDE_WORD = frozenset(
    [
        "会同",
        "会商",
        "会议",
        "会计",
        "会办",
        "办理",
        "办法",
        "办结",
        "办好",
        "组织",
        "组成",
        "组建",
        "部署",
        "部分",
        "部门",
        "所有",
        "所属",
        "处理",
        "处置",
        "处分",
        "村级",
        "镇级",
        "系统",
        "系列",
        "院校",
        "校园",
        "园区",
        "区域",
        "社区",
        "社会",
        "公司",
        "乡镇",
        "镇街",
        "站所",
        "厂区",
        "委员",
        "委托",
        "委派",
        "室内",
        "团队",
        "中心",
        "队伍",
        "局部",
        "局面",
        "局长",
        "主任",
        "科长",
        "区政",
        "县政",
        "镇政",
        "村支",
        "村委",
        "镇党",
        "区委",
        "县委",
        "乡党",
        "乡村",
        "街道",
        "街办",
        "村民",
        "镇长",
        "县长",
        "区长",
        "市长",
        "校长",
        "院长",
        "所长",
        "站长",
        "书记",
    ]
)
HAS_ROLE_WORD = re.compile(
    r"牵头|负责|配合|协助|协办|会同|主办|承办|主责|督办|督导|监督|验收|包抓|包案|包联|包保|领办|参与|落实|由|责成|领导下|审核|复查|监管|跟踪|实施|会办|总责|为.{0,6}责任|抓"
)


@dataclass(frozen=True, slots=True)
class Claims:
    """Subjects read from words: `firm` by a role word, `weak` only by an obligation (县河长办要…)."""

    firm: tuple[Subject, ...]
    weak: tuple[Subject, ...] = ()


def read_roles(text: str, span: Span, *, default: SubjectRole | None, personal: bool = False) -> tuple[Subject, ...]:
    """Read a bracket or field value that states roles in words (``县城管局牵头，县公安局配合``).

    Args:
        text: the text `span` points into.
        span: the inside of the bracket or the value.
        default: role of names without a role word, or ``None`` to leave them out.
        personal: the field asks for people.
    """
    reader = _Reader(text, strict=False, personal=personal)
    for clause, closing in _clauses(text, span):
        reader.read(clause, closing)
    return reader.finish(default).firm


def find_in_prose(text: str, span: Span) -> Claims:
    """Find subjects that running prose names by role verbs; receivers, inspectors and formulas are refused."""
    sentence = span.of(text)
    if refuses(sentence):
        return Claims(())
    reader = _Reader(text, strict=True, personal=False)
    reader.deficient = _DEFICIENT.search(sentence) is not None
    for clause, closing in _clauses(text, span):
        reader.read(clause, closing)
    return reader.finish(None)


def refuses(sentence: str) -> bool:
    """Say whether nobody in `sentence` is made responsible: punishment, duty formula or reported rule."""
    if _FORMULA.search(sentence) is not None and _MASKED_PERSON.search(sentence) is None:
        return True
    return _PUNISHED.search(sentence) is not None or _REPORTED.search(sentence) is not None


def is_deficiency(sentence: str) -> bool:
    """Say whether `sentence` speaks of something that went wrong."""
    return _DEFICIENT.search(sentence) is not None


def _clauses(text: str, span: Span) -> list[tuple[Span, str]]:
    result: list[tuple[Span, str]] = []
    start, depth = span.start, 0
    index = start
    while index < span.end:
        char = text[index]
        depth += (char in "（([【") - (char in "）)]】" and depth > 0)
        found = _CLAUSE_END.match(text, index) if depth == 0 else None
        if found is not None:
            if index > start:
                result.append((Span(start, index), found[0]))
            start = index + len(found[0])
            index = start
        else:
            index += 1
    if span.end > start:
        result.append((Span(start, span.end), ""))
    return result


class _Reader:
    """Reads clauses in order; names waiting for their role word are kept from one clause to the next."""

    def __init__(self, text: str, *, strict: bool, personal: bool) -> None:
        self.text = text
        self.strict = strict
        self.personal = personal
        self.deficient = False
        self.found: list[Subject] = []
        self.weak: list[Subject] = []
        self.waiting: list[Mention] = []

    def read(self, clause: Span, closing: str) -> None:
        """Read one clause."""
        if (
            self.strict
            and HAS_ROLE_WORD.search(self.text, clause.start, clause.end) is None
            and not self._maybe_obliged(clause)
        ):
            self.waiting = (
                self.names(clause)[0]
                if closing in ("，", ",") and len(clause) < 40 and self.names(clause)[1] == clause.end
                else []
            )
            return
        start = _skip(_LEAD_IN, self.text, clause)
        under = _UNDER.match(self.text, start, clause.end)
        if under is not None:
            mentions, _ = self.names(Span(under.start(1), under.end(1)))
            self.claim(mentions, SubjectRole.LEADER)
            start = under.end()
        by = _BY.search(self.text, start, clause.end)
        ordered = by is not None and (not self.strict or not self._negated(by.start(), clause))
        if by is not None and ordered:
            start = by.end()
        together = _TOGETHER.match(self.text, start, clause.end)
        if together is not None:
            self.claim(self.names(Span(together.end(), clause.end))[0], SubjectRole.COOPERATING)
            return
        self.read_chain(Span(start, clause.end), ordered=ordered, closing=closing)

    def read_chain(self, clause: Span, *, ordered: bool, closing: str) -> None:
        """Read ``A牵头B配合`` from left to right."""
        position, previous = clause.start, None
        first = True
        while position < clause.end:
            mentions, end = self.names(Span(position, clause.end))
            if not mentions:
                break
            if end >= clause.end and first:
                self.hold(mentions, ordered=ordered, closing=closing)
                return
            role, after = self.role_after(end, clause.end, ordered=ordered and first)
            if first and role is None and after == end and self._weak(mentions, end, clause):
                break
            self.settle(mentions, role, previous, first=first)
            if role is None and after == end:
                break
            previous, first = role, False
            position = _skip(re.compile(r"[、和及与并\s]*"), self.text, Span(after, clause.end))
        self.waiting = [] if first or closing != "、" else self.waiting

    def settle(
        self, mentions: list[Mention], role: SubjectRole | None, previous: SubjectRole | None, *, first: bool
    ) -> None:
        """Give `mentions` their role, or the one that follows from the role before."""
        if role is not None:
            self.claim([*self.waiting, *mentions] if first else mentions, role)
            self.waiting = []
        elif not first and previous is SubjectRole.LEAD:
            self.claim(mentions, SubjectRole.COOPERATING)

    def hold(self, mentions: list[Mention], *, ordered: bool, closing: str) -> None:
        """Keep names whose role word stands in the next clause."""
        if ordered and not self.strict:
            self.claim(mentions, SubjectRole.RESPONSIBLE)
        else:
            self.waiting = [*self.waiting, *mentions] if closing in ("，", ",") or not self.strict else []

    def role_after(self, position: int, end: int, *, ordered: bool) -> tuple[SubjectRole | None, int]:
        """Return the role that the words at `position` give, and the offset behind them."""
        text = self.text
        together = _TOGETHER.match(text, position, end)
        if together is not None and self.names(Span(together.end(), end))[0]:
            return SubjectRole.LEAD, together.end()
        titled = _TITLED.match(text, position, end)
        if titled is not None:
            label = match_label(text[titled.end() : end], 0)
            if label is not None and label[0].kind is FieldKind.SUBJECT:
                return label[0].unit_role, titled.end() + label[1]
        for role, pattern in _VERBS:
            verb = pattern.match(text, position, end)
            if verb is None:
                continue
            if self.strict and self.deficient and not ordered:
                return None, position
            if (
                role is SubjectRole.RESPONSIBLE
                and self.strict
                and not ordered
                and not re.search(r"负责|承办|承担|组织实施|抓|具体|职责|分工|限期", verb[0])
            ):
                return None, position
            return role, verb.end() if role is not None else position
        return (SubjectRole.RESPONSIBLE, position) if ordered and self._acts(position, end) else (None, position)

    def _acts(self, position: int, end: int) -> bool:
        return position < end and re.match(r"[\u4e00-\u9fff\d]", self.text[position]) is not None

    def names(self, span: Span) -> tuple[list[Mention], int]:
        """Return the longest list of certain names that begins at `span.start`, and its end."""
        limit = self._name_limit(span)
        for end in range(limit, span.start + 1, -1):
            if end < len(self.text) and end < limit and self.text[end] in "）)":
                continue
            if self.text[end - 1 : end + 1] in _INSIDE_WORD:
                continue
            if not _may_end(self.text[max(span.start, end - 10) : end]):
                continue
            part = self.text[span.start : end]
            if _depth(part) != 0 or part[0] in "、的地得和及与":
                continue
            mentions = read_names(self.text, Span(span.start, end), personal=self.personal)
            if mentions and all(self._certain(mention) for mention in mentions):
                return list(mentions), end
        return [], span.start

    def _name_limit(self, span: Span) -> int:
        """Return how far a list of names can reach: up to the first word that stands in no name."""
        limit = min(span.end, span.start + _REACH)
        for found in bodies.find_foreign(self.text, span.start, limit):
            if _depth(self.text[span.start : found.start()]) == 0:
                return found.end() - 1
        return limit

    def _certain(self, mention: Mention) -> bool:
        if mention.kind is SubjectKind.PERSON:
            name = mention.name
            head = f"{mention.unit or ''}{mention.title or ''}"
            return (bodies.is_masked_name(name) or mention.title is not None) and (
                not head or bodies.is_certain_name(head) or len(head) == 2
            )
        return bodies.is_certain_name(re.sub(r"[、，]", "", mention.name)) or (
            not self.strict and bodies.is_abbreviation(mention.name)
        )

    def claim(self, mentions: Sequence[Mention], role: SubjectRole) -> None:
        """Record `mentions` unless they are inspectors."""
        for mention in mentions:
            if self.strict and _EVERYBODY.match(mention.name):
                continue
            if self.strict and _INSPECTOR.search(mention.name) and role is not SubjectRole.SUPERVISING:
                continue
            self.found.append(mention.subject(role))

    def finish(self, default: SubjectRole | None) -> Claims:
        """Return what was found; names still waiting take `default`."""
        if default is not None:
            self.found.extend(mention.subject(default) for mention in self.waiting)
        unique = {(subject.span, subject.role): subject for subject in self.found}
        return Claims(tuple(sorted(unique.values(), key=lambda subject: subject.span)), tuple(self.weak))

    def _weak(self, mentions: list[Mention], end: int, clause: Span) -> bool:
        """Read ``县河长办要…`` (weak) and ``各支部于4月10日前…`` (firm: the limit is theirs)."""
        if not self.strict or self.deficient:
            return False
        named = [
            mention
            for mention in mentions
            if _INSPECTOR.search(mention.name) is None and _EVERYBODY.match(mention.name) is None
        ]
        if _DATED.match(self.text, end, clause.end) is not None:
            self.claim(named, SubjectRole.RESPONSIBLE)
            return True
        if _OBLIGED.match(self.text, end, clause.end) is None:
            return False
        self.weak.extend(
            mention.subject(SubjectRole.RESPONSIBLE) for mention in named if mention.kind is not SubjectKind.GROUP
        )
        return True

    def _maybe_obliged(self, clause: Span) -> bool:
        return (
            re.search(
                r"[要应须需]|[于在]?\d{1,2}月|[于在]", self.text[clause.start : min(clause.end, clause.start + 40)]
            )
            is not None
        )

    def _negated(self, position: int, clause: Span) -> bool:
        return re.search(r"[未没]有?$|不$", self.text[max(clause.start, position - 3) : position]) is not None


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


def _skip(pattern: re.Pattern[str], text: str, span: Span) -> int:
    found = pattern.match(text, span.start, span.end)
    return found.end() if found is not None else span.start
