"""Markdown as a reader sees it."""

import json
from pathlib import Path

import pytest

from tests.unit.service.ingest.reading import grids, read

CASES = json.loads((Path(__file__).with_name("cases") / "markdown.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_blocks(case):
    document = read(case["source"].encode(), "方案.md")
    assert [[b.kind.value, b.level, b.span.of(document.text)] for b in document.blocks] == case["blocks"]


def test_pipe_tables():
    source = "前文\n| 序号 | **单位** |\n|:--:|---|\n| 1 | 县财政局<br>县审计局 |\n2 | 甲\\|乙 | 多\n| 3 |\n后文"
    document = read(source.encode(), "表.md")
    assert grids(document) == [[["序号", "单位"], ["1", "县财政局\n县审计局"], ["2", "甲|乙"], ["3", None]]]
    assert document.text == "前文\n序号\t单位\n1\t县财政局\n县审计局\n2\t甲|乙\n3\n后文"


def test_gb18030_markdown():
    document = read("# 方案\r\n正文".encode("gb18030") + "责任单位：县财政局".encode("gb18030"), "方案.md")
    assert (document.encoding, document.blocks[0].level, document.text) == (
        "gb18030",
        1,
        "方案\n正文责任单位：县财政局",
    )
