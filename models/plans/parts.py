"""The sentences of an item: the clause that names the problem, and the measures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpora.schema.span import Span
from models.plans.labels import FieldKind
from models.plans.limits import find_limits
from models.plans.passage import Passage
from models.plans.refusals import is_deficiency
from models.plans.sentences import is_measure, is_problem, split_sentences, strip_edges

_NUMBERING = re.compile(
    r"(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]|\d{1,3}[、．]|\d{1,3}\.(?!\d)|[①-⒛㈠-㈩]|[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}[，,、])[：:，,、.]?\s*"
)
_AGAINST = re.compile(r"针对(?:存在的|反馈的)?([^。；;\n]{2,80}?(?:问题|情况|现象))(?:[，,：:]|$)")
_LEADS_IN = re.compile(
    r"会议?[要指强]|会上|按照?|根据|依据|为|经|截[至止]|下一步|下步|同时|自|近日|日前|此外|今后|目前|由|原则上|[^，,]{1,14}(?:(?<![主需重])要(?!求)|须|应当)|其中|[^，,]{2,16}(?:要求|指出|强调|决定|研究)$"
)
_LONG = (FieldKind.MEASURE, FieldKind.STATUS)


@dataclass(frozen=True, slots=True)
class Parts:
    """The sentences of an item: the naming clause and the measures."""

    problem: Span | None
    measures: tuple[Span, ...] = ()


def find_parts(passage: Passage, region: Span) -> Parts:
    """Find the naming clause of the problem and the measure sentences in `region`."""
    text, facts = passage.text, passage.facts
    long_fields = [entry for kind in _LONG for entry in facts.fields_in(region, kind)]
    stated = [entry for entry in facts.fields_in(region, FieldKind.PROBLEM) if len(entry.value)]
    masks = [*facts.masks_in(region), *(entry.span for entry in long_fields)]
    measures = _field_measures(passage, region)
    if stated:
        value = Span(stated[0].value.start, min(stated[0].value.end, region.end))
        sentences = split_sentences(text, value, masks=masks)
        problem = _stated_problem(text, value, sentences)
        return Parts(problem, measures or tuple(part for part in sentences[1:] if is_measure(part.of(text))))
    sentences = [_without_number(text, part) for part in split_sentences(text, region, masks=masks)]
    if not sentences:
        return Parts(None, measures)
    problem, rest = _naming_clause(passage, sentences[0], region)
    free = tuple(part for part in (*rest, *sentences[1:]) if is_measure(part.of(text)) or part in rest)
    return Parts(problem, measures or free)


def _field_measures(passage: Passage, region: Span) -> tuple[Span, ...]:
    text = passage.text
    for kind in _LONG:
        found: list[Span] = []
        for entry in passage.facts.fields_in(region, kind):
            value = Span(entry.value.start, max(entry.value.start, min(entry.value.end, region.end)))
            for part in split_sentences(text, value, masks=passage.facts.masks_in(value)):
                clean = _without_number(text, part)
                if kind is FieldKind.MEASURE or (len(clean) > 10 and is_measure(clean.of(text))):
                    found.append(clean)
        if found:
            return tuple(found)
    return ()


def _stated_problem(text: str, value: Span, sentences: Sequence[Span]) -> Span | None:
    """Return the first full sentence of a problem field; a list in it (一是…；二是…) stays whole."""
    if not sentences:
        return None
    first = _without_number(text, sentences[0])
    stop = re.compile(r"[。\n]").search(text, first.end, value.end)
    listed = (
        len(sentences) > 1 and _NUMBERING.match(text, sentences[0].start) and _NUMBERING.match(text, sentences[1].start)
    )
    if not listed:
        return first
    whole = strip_edges(text, Span(sentences[0].start, stop.start() if stop else value.end))
    return whole if whole.end <= sentences[-1].end else first


def _naming_clause(passage: Passage, sentence: Span, region: Span) -> tuple[Span | None, tuple[Span, ...]]:
    """Return the naming clause in the first sentence, and the rest of the sentence if it states a measure."""
    text = passage.text
    against = _AGAINST.match(text, sentence.start, sentence.end)
    if against is not None:
        rest = strip_edges(text, Span(against.end(), sentence.end))
        return Span(against.start(1), against.end(1)), (rest,) if len(rest) else ()
    claims = passage.claims_of(sentence)
    starts = [subject.span.start for subject in (*claims.firm, *claims.weak)]
    limits = (
        find_limits(text, sentence, passage.calendar) if not passage.facts.fields_in(region, FieldKind.DEADLINE) else ()
    )
    starts.extend(limit.span.start for limit in limits)
    if not starts:
        return sentence, ()
    cut = max(text.rfind("，", sentence.start, min(starts)), text.rfind(",", sentence.start, min(starts)))
    if cut > sentence.start and _LEADS_IN.match(text, sentence.start, cut) is None:
        rest = strip_edges(text, Span(cut + 1, sentence.end))
        return strip_edges(text, Span(sentence.start, cut)), (rest,) if is_problem(text[sentence.start : cut]) else ()
    if is_deficiency(sentence.of(text)) and not is_measure(sentence.of(text)):
        return sentence, ()
    return None, (sentence,)


def _without_number(text: str, part: Span) -> Span:
    number = _NUMBERING.match(text, part.start, part.end)
    return strip_edges(text, Span(number.end(), part.end)) if number is not None and number.end() < part.end else part
