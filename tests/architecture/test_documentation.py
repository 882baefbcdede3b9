"""The architecture page says what the contracts enforce."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


def layers_on_page(root: str) -> list[str]:
    section = PAGE.split(f"### {root}\n", 1)[1].split("\n#", 1)[0]
    return re.findall(r"^\d+\. `([^`]+)`", section, flags=re.MULTILINE)


@pytest.mark.parametrize("root", ["service", "models", "corpora"])
def test_the_page_names_the_layers_of_the_contract(root: str) -> None:
    (contract,) = (c for c in CONTRACTS if c["id"] == f"{root}-layers")

    assert layers_on_page(root) == contract["layers"]


def test_files_named_on_the_page_exist() -> None:
    names = re.findall(r"`?((?:corpora|models|service)/[\w/]+(?:\.py)?)", PAGE)

    assert names
    assert [name for name in names if not (ROOT / name).exists() and not (ROOT / f"{name}.py").exists()] == []
