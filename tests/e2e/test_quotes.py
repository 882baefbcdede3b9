"""From any text to JSON: whatever the answer quotes stands at the place it names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.schema.document import Document
from corpora.schema.statement import Analysis, ClassifiedSentence, DocumentKind
from corpora.taxonomy import load_taxonomy
from models.plans.extract import extract_document
from models.text.blocks import document_sentences
from service.domain.errors import InputError
from service.exports.encoding import encode_analysis
from service.ingest.limits import Limits
from service.ingest.reader import FileReader
from service.usecases.analyse_document import analyse_document, analyse_text
from tests.fakes import ScriptedAnalyzer

NAMES = load_taxonomy().names()
READER = FileReader(Limits())
PHRASES = (
    "一、", "（二）", "3.", "村级财务管理不规范", "学习走过场", "整改措施：", "修订办法", "每月5日前报送", "（", "）", "。", "；", "，",
    "、", "：", "\n", "\r\n", "\t", "\u3000", "😀", "责任单位：", "牵头单位：", "责任领导：", "责任人：", "整改时限：", "县财政局", "柳湾镇党委",
    "各镇街", "王某某", "县财政局党组书记、局长王某某", "立行立改", "2023年6月底前", "，并长期坚持", "收到反馈意见之日起两个月内", "3—5个工作日内",
    "每季度一次", "已整改完成", "尽快", "2023年3月1日", "由县审计局会同县农业农村局", "同上", "|", "—", "/", "#",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PHRASES) | st.text(max_size=4), max_size=40).map("".join)


class GrammarAnalyzer(ScriptedAnalyzer):
    """Splits and extracts as the real one does, without a network."""

    def analyse(self, document: Document, *, reference_date: date | None, events: Mapping[str, date]) -> Analysis:
        sentences = document_sentences(document)
        texts = [sentence.span.of(document.text) for sentence in sentences]
        return Analysis(
            document,
            DocumentKind.PLAN,
            reference_date,
            tuple(map(ClassifiedSentence, sentences, self.classify(texts))),
            extract_document(document, reference_date=reference_date, events=events, tags=()),
            "grammar",
            "0",
            document.warnings,
        )


def check_quotes(analysis: Analysis) -> None:
    encoded: dict[str, Any] = encode_analysis(analysis, NAMES, today=date(2023, 6, 1), with_text=True)
    encoded = json.loads(json.dumps(encoded, ensure_ascii=False).encode())
    text = encoded["document"]["text"]
    assert len(text) == encoded["document"]["characters"]
    for sentence in encoded["sentences"]:
        assert text[sentence["start"] : sentence["end"]] == sentence["text"] != ""
    for item in encoded["items"]:
        assert 0 <= item["start"] <= item["end"] <= len(text)
        for limit in item["deadlines"]:
            assert text[limit["start"] : limit["end"]] == limit["raw"] != ""
        for subject in item["subjects"]:
            printed = "".join(text[subject["start"] : subject["end"]].split())
            assert "".join(subject["name"].split()) in printed


@settings(max_examples=150)
@given(TEXTS)
def test_a_text_is_quoted_where_it_stands(text: str) -> None:
    try:
        analysis = analyse_text(text, name="x.txt", reader=READER, analyzer=GrammarAnalyzer())
    except InputError:
        return

    assert analysis.document.text == text
    check_quotes(analysis)


@settings(max_examples=80)
@given(TEXTS, st.sampled_from(["x.txt", "x.md"]), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_a_file_is_quoted_where_it_stands(text: str, name: str, encoding: str) -> None:
    data = text.encode(encoding, errors="replace")
    try:
        analysis = analyse_document(data, name=name, reader=READER, analyzer=GrammarAnalyzer())
    except InputError:
        return

    check_quotes(analysis)
