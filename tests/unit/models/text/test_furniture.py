import pytest

from models.text.furniture import is_furniture, is_page_number
from tests.unit.models.text.loading import load_cases


@pytest.mark.parametrize("case", load_cases("furniture"))
def test_furniture_is_told_from_content(case):
    assert is_furniture(case["line"]) is case["furniture"]


def test_a_page_number_is_told_from_other_furniture():
    assert is_page_number(" — 12 — ")
    assert not is_page_number("责任编辑：王某某")
