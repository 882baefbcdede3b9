import pytest

from models.text.headings import lead_heading, parse_heading, split_lead_heading
from tests.unit.models.text.loading import load_cases


@pytest.mark.parametrize("case", load_cases("headings"))
def test_a_line_is_a_heading_or_text(case):
    heading = parse_heading(case["line"])
    if case["level"] is None:
        assert heading is None
        return
    assert heading is not None
    assert (heading.level, heading.numbering, heading.title) == (case["level"], case["numbering"], case["title"])
    assert heading.span.of(case["line"]) == case["line"].strip()


@pytest.mark.parametrize("case", load_cases("lead_headings"))
def test_the_heading_in_front_of_a_paragraph_is_split_off(case):
    lead = split_lead_heading(case["text"])
    assert (lead.of(case["text"]) if lead else None) == case["lead"]


def test_a_lead_heading_carries_number_and_title():
    heading = lead_heading("（二）主体责任虚置问题突出。柳湾镇未签责任书。")
    assert heading is not None
    assert (heading.level, heading.numbering, heading.title) == (2, "（二）", "主体责任虚置问题突出")
    assert lead_heading("柳湾镇未签责任书。") is None
