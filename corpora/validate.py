"""Every check a labelled corpus must pass: labels, offsets, duplicates, leakage between splits, coverage."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpora.reader import PlanRecord, SecondOpinion, StatementRecord
from corpora.schema.statement import LABELLED_ROLES
from corpora.taxonomy import Taxonomy

#: Two texts whose character 3-grams overlap by more than this (Jaccard) count as the same statement.
NEAR_DUPLICATE = 0.6
_GRAM = 3
#: A 3-gram in more texts than this says nothing about any two of them.
_COMMON = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a corpus, with the ids of the records it is about."""

    check: str
    ids: tuple[str, ...]
    detail: str


def skeleton(text: str) -> str:
    """Return a text without width differences, spaces and punctuation, for comparison only."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if char.isalnum() or char == "*")


def grams(text: str) -> frozenset[str]:
    """Return the character 3-grams of a text's skeleton; a shorter text is its own gram."""
    bare = skeleton(text)
    return frozenset(bare[i : i + _GRAM] for i in range(max(1, len(bare) - _GRAM + 1)))


def similar_pairs(left: Mapping[str, str], right: Mapping[str, str], *, above: float) -> list[tuple[str, str, float]]:
    """Return pairs (left id, right id, Jaccard) of texts that are more alike than `above`, in order.

    Ids that stand in both mappings are compared once and never with themselves.
    """
    index: dict[str, list[str]] = defaultdict(list)
    right_grams = {key: grams(text) for key, text in right.items()}
    for key, found in right_grams.items():
        for gram in found:
            index[gram].append(key)
    pairs = []
    for key, text in left.items():
        mine = grams(text)
        shared = Counter(other for gram in mine if len(index[gram]) <= _COMMON for other in index[gram])
        for other in sorted(shared):
            if other == key or (other in left and other < key):
                continue
            theirs = right_grams[other]
            score = len(mine & theirs) / len(mine | theirs)
            if score > above:
                pairs.append((key, other, round(score, 3)))
    return pairs


def check_statements(records: Sequence[StatementRecord], taxonomy: Taxonomy) -> list[Finding]:
    """Check one split of statements on its own."""
    findings = [
        Finding("unknown-label", (r.id,), f"label {code!r} is not in the taxonomy")
        for r in records
        for code in r.labels
        if code not in taxonomy.codes
    ]
    findings += [
        Finding("label-on-role", (r.id,), f"role {r.role} bears no labels")
        for r in records
        if r.labels and r.role not in LABELLED_ROLES
    ]
    findings += [
        Finding("repeated-label", (r.id,), f"labels {r.labels}") for r in records if len(set(r.labels)) < len(r.labels)
    ]
    findings += _repeated_ids(r.id for r in records)
    texts = {r.id: r.text for r in records}
    findings += [
        Finding("near-duplicate", (a, b), f"Jaccard {score}")
        for a, b, score in similar_pairs(texts, texts, above=NEAR_DUPLICATE)
    ]
    return findings


def check_plans(records: Sequence[PlanRecord]) -> list[Finding]:
    """Check one split of plan passages on its own: every span points at what it claims."""
    findings = _repeated_ids(r.id for r in records)
    for record in records:
        for item in record.items:
            for deadline in item.deadlines:
                if deadline.span.of(record.text) != deadline.raw:
                    findings.append(Finding("offset", (record.id,), f"{deadline.raw!r} does not stand at its place"))
            for subject in item.subjects:
                if subject.name not in subject.span.of(record.text).replace("\n", "").replace(" ", ""):
                    findings.append(Finding("offset", (record.id,), f"{subject.name!r} does not stand at its place"))
            if item.problem and item.problem not in record.text:
                findings.append(Finding("offset", (record.id,), f"problem {item.problem!r} is not in the text"))
    return findings


def check_leakage(left: Mapping[str, str], right: Mapping[str, str]) -> list[Finding]:
    """Check that no text of one split stands, or nearly stands, in another.

    Args:
        left: record id to text of one split.
        right: the same of the other; no id stands in both.
    """
    return [
        Finding("leakage", (a, b), f"Jaccard {score}")
        for a, b, score in similar_pairs(left, right, above=NEAR_DUPLICATE)
    ]


def _repeated_ids(ids: Iterable[str]) -> list[Finding]:
    return [Finding("repeated-id", (key,), f"{n} times") for key, n in Counter(ids).items() if n > 1]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many statements there are of each role and label, and how many hard negatives.

    A hard negative is a statement without labels, and of another role than problem and cause, that contains a
    word of the problem vocabulary.
    """

    roles: Mapping[str, int]
    labels: Mapping[str, int]
    hard_negatives: int


#: Words that a keyword matcher takes for a problem.
PROBLEM_VOCABULARY = (
    "不力", "不到位", "不严", "不实", "不足", "不够", "不规范", "不深", "不强", "不清", "不畅", "薄弱", "弱化", "虚化", "缺位",
    "流于形式", "走过场", "形式主义", "官僚主义", "敷衍", "应付", "过关", "推诿", "扯皮", "一问了之", "泛化", "反弹", "屡改屡犯",
    "边改边犯", "问题", "漏洞", "隐患", "违规", "违纪", "好人主义", "文字整改", "纸面整改", "虚假整改", "单打独斗", "独角戏",
    "宽松软", "层层递减", "上热下冷", "两张皮", "照抄照搬", "雷同", "碎片化", "短板", "弱项", "突出", "松散", "涣散", "滞后",
    "拖延", "搁置", "失职", "失责", "不作为", "慢作为", "乱作为", "责任追究", "问责",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a second annotation agrees with the reference.

    Attributes:
        count: statements compared.
        role: share with the same role.
        label_f1: F1 over all (statement, label) pairs.
        exact: share with the same role and the same labels.
        by_label: F1 of each label that either annotator gave.
    """

    count: int
    role: float
    label_f1: float
    exact: float
    by_label: Mapping[str, float]


def agreement(reference: Iterable[StatementRecord], second: Iterable[SecondOpinion]) -> Agreement:
    """Compare a second annotation with the reference.

    Raises:
        KeyError: if a statement of the second annotation is not in the reference.
    """
    known = {record.id: record for record in reference}
    pairs = [(known[opinion.id], opinion) for opinion in second]
    if not pairs:
        return Agreement(0, 0.0, 0.0, 0.0, {})
    first_count, second_count, both = Counter[str](), Counter[str](), Counter[str]()
    for record, opinion in pairs:
        first_count.update(set(record.labels))
        second_count.update(set(opinion.labels))
        both.update(set(record.labels) & set(opinion.labels))
    codes = sorted(first_count | second_count)
    total = first_count.total() + second_count.total()
    return Agreement(
        count=len(pairs),
        role=sum(r.role is o.role for r, o in pairs) / len(pairs),
        label_f1=2 * both.total() / total if total else 1.0,
        exact=sum(r.role is o.role and set(r.labels) == set(o.labels) for r, o in pairs) / len(pairs),
        by_label={code: 2 * both[code] / (first_count[code] + second_count[code]) for code in codes},
    )


def coverage(records: Sequence[StatementRecord]) -> Coverage:
    """Count roles, labels and hard negatives."""
    unlabelled = (r for r in records if not r.labels and r.role.value not in ("problem", "cause"))
    return Coverage(
        roles=dict(Counter(r.role.value for r in records)),
        labels=dict(Counter(code for r in records for code in r.labels)),
        hard_negatives=sum(any(word in r.text for word in PROBLEM_VOCABULARY) for r in unlabelled),
    )
