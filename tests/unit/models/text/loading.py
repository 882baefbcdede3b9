"""Fixed cases of the text layer as pytest parameters."""

import json
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(__file__).with_name("cases")


def load_cases(name: str) -> list[Any]:
    cases = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert all(case["id"] and case["reason"] for case in cases)
    return [pytest.param(case, id=case["id"]) for case in cases]
