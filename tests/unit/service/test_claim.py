"""The lock on an output folder: refused while held, free once the holder ends, however it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.bulk import local
from service.bulk.claim import LOCK, claimed
from service.bulk.sources import Entry, Source
from service.domain.errors import FolderInUse

ROOT = Path(__file__).resolve().parents[3]
HOLD = """
import sys
from pathlib import Path
from service.bulk.claim import claimed

with claimed(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
DOCUMENTS = Source(2, lambda: iter([Entry(name, name, lambda: b"text") for name in ("a.txt", "b.txt")]))


@pytest.fixture
def holder(tmp_path: Path):
    """Another process that holds the folder."""
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def run(out: Path):
    return local.run(DOCUMENTS, out, analyse=lambda content, name: {}, stamp={})


def test_a_folder_held_by_another_process_is_refused_with_its_number(holder, tmp_path: Path) -> None:
    with pytest.raises(FolderInUse, match=f"另一次批量分析（进程 {holder.pid}）正在写入"):
        list(run(tmp_path))
    assert not (tmp_path / local.RESULTS).exists()


def test_a_killed_holder_leaves_the_folder_free(holder, tmp_path: Path) -> None:
    holder.kill()
    holder.wait()

    assert [step.outcome for step in run(tmp_path)] == ["done", "done"]
    assert (tmp_path / LOCK).read_text() == f"{os.getpid()}\n"


def test_a_second_run_beside_the_first_is_refused_and_does_no_harm(tmp_path: Path) -> None:
    first = run(tmp_path)
    next(first)
    with pytest.raises(FolderInUse):
        next(run(tmp_path))

    assert [step.path for step in first] == ["b.txt"]
    assert [step.outcome for step in run(tmp_path)] == ["kept", "kept"]


def test_a_run_that_is_given_up_leaves_the_folder_free(tmp_path: Path) -> None:
    first = run(tmp_path)
    next(first)
    first.close()

    with claimed(tmp_path):
        pass
