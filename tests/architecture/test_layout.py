"""What the tree promises: pages that load nothing from elsewhere, and documents that name what there is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from service.cli.app import app
from service.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTINGS_TABLE = README.split("## Settings", 1)[1].split("\n## ", 1)[0]
ELSEWHERE = re.compile(
    r"""(?:src|href|action|xlink:href)\s*=\s*["']?\s*(?:https?:)?//|url\(\s*["']?\s*(?:https?:)?//|@import""",
    re.IGNORECASE,
)


def test_the_settings_table_names_every_setting_and_no_other() -> None:
    told = re.findall(r"`MINGZE_(\w+)`", SETTINGS_TABLE)

    assert sorted(told) == sorted(name.upper() for name in Settings.model_fields)


@pytest.mark.parametrize("row", [row for row in SETTINGS_TABLE.splitlines() if row.startswith("| `MINGZE_")])
def test_the_settings_table_tells_the_defaults(row: str) -> None:
    names, default, _ = (cell.strip() for cell in row.strip("|").split("|"))
    for name, told in zip(re.findall(r"MINGZE_(\w+)", names), default.split(", "), strict=True):
        value = Settings.model_fields[name.lower()].default
        if value is not None:
            assert told.strip("`") == str(value)


def test_the_readme_names_the_commands_that_exist() -> None:
    told = set(re.findall(r"\bmingze (\w+)", "\n".join(line for line in README.splitlines() if "mingze " in line)))
    commands = {info.name or info.callback.__name__ for info in app.registered_commands if info.callback}

    assert commands == told


def test_the_entry_point_exists() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["scripts"] == {"mingze": "service.cli.app:main"}


@pytest.mark.parametrize("path", sorted((ROOT / "service" / "web").rglob("*.*")), ids=lambda path: path.name)
def test_pages_load_nothing_from_elsewhere(path: Path) -> None:
    if path.suffix in (".html", ".css", ".svg"):
        assert not ELSEWHERE.search(path.read_text(encoding="utf-8"))


def test_pages_need_no_script() -> None:
    templates = list((ROOT / "service" / "web" / "templates").glob("*.html"))

    assert templates
    assert not any("<script" in path.read_text(encoding="utf-8") for path in templates)
