"""Bulk runs: every document once, failures listed, and resumable however they ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpora.schema.document import Document
from corpora.schema.statement import Analysis
from service.bulk import local
from service.bulk.claim import claimed
from service.cli.app import run
from service.ports import ModelIdentity
from tests.fakes import FailingAnalyzer, ScriptedAnalyzer

ROOT = Path(__file__).resolve().parents[2]
Bulk = Callable[..., tuple[int, str, str]]


class CountingAnalyzer(FailingAnalyzer):
    """Remembers which documents it was given; bears a version."""

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.seen: list[str] = []

    def identity(self) -> ModelIdentity:
        return ModelIdentity("scripted", self.version, "none")

    def analyse(self, document: Document, *, reference_date: date | None, events: Any) -> Analysis:
        self.seen.append(document.name)
        return super().analyse(document, reference_date=reference_date, events=events)


@pytest.fixture
def bulk(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bulk:
    """Return a function that runs `mingze bulk` from the folder of the test."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, model: ScriptedAnalyzer | None = None) -> tuple[int, str, str]:
        status = run(["bulk", *arguments, "-o", "out"], open_models=lambda _: model or CountingAnalyzer())
        out, err = capsys.readouterr()
        return status, out, err

    return call


def write(files: dict[str, str], folder: str = "in") -> None:
    for name, text in files.items():
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def lines(name: str = local.RESULTS) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (Path("out") / name).read_text(encoding="utf-8").splitlines()]


def paths() -> list[str]:
    return [line["path"] for line in lines()]


FILES = {"a.txt": "财务不规范。", "b/c.md": "# 好", "d.txt": "作风不实。"}


def test_every_file_of_a_folder_is_analysed_once_in_order(bulk: Bulk) -> None:
    write({**FILES, ".hidden/x.txt": "不", "~$d.docx": "不", "b/.DS_Store": "不"})
    status, out, err = bulk("in")

    assert (status, err) == (0, "")
    assert out.startswith("完成 3，沿用 0，失败 0")
    assert paths() == ["a.txt", "b/c.md", "d.txt"]
    assert lines(local.FAILURES) == []
    assert lines()[0].keys() >= {"path", "sha256", "model_id", "document", "sentences", "items", "summary", "model"}


def test_a_second_run_does_nothing_again(bulk: Bulk) -> None:
    write(FILES)
    bulk("in")
    before, model = (Path("out") / local.RESULTS).read_bytes(), CountingAnalyzer()
    status, out, _ = bulk("in", model=model)

    assert status == 0
    assert out.startswith("完成 0，沿用 3，失败 0")
    assert model.seen == []
    assert (Path("out") / local.RESULTS).read_bytes() == before


@pytest.mark.parametrize("kept", [0, 1, 40, -1, -40])
def test_a_run_that_was_cut_off_anywhere_goes_on_to_the_same_result(bulk: Bulk, kept: int) -> None:
    write(FILES)
    bulk("in")
    results = Path("out") / local.RESULTS
    whole = results.read_bytes()
    results.write_bytes(whole[:kept])
    model = CountingAnalyzer()
    bulk("in", model=model)

    assert results.read_bytes() == whole
    assert 1 <= len(model.seen) <= 3


def test_garbage_between_the_lines_is_done_again(bulk: Bulk) -> None:
    write(FILES)
    bulk("in")
    results = Path("out") / local.RESULTS
    whole = results.read_bytes()
    first, *others = whole.splitlines(keepends=True)
    results.write_bytes(first[:50] + b"\n[]\n\xff\n{}\n" + b"".join(others))
    bulk("in")

    assert results.read_bytes() == whole


def test_another_model_or_option_does_everything_again(bulk: Bulk) -> None:
    write(FILES)
    bulk("in")
    other, same = CountingAnalyzer("2"), CountingAnalyzer("2")
    bulk("in", model=other)
    bulk("in", "--with-text", model=same)

    assert len(other.seen) == len(same.seen) == 3
    assert [line["model_id"] for line in lines()] == ["scripted-2"] * 3
    assert lines()[0]["document"]["text"] == "财务不规范。"


def test_a_changed_file_replaces_its_line_and_a_removed_one_goes(bulk: Bulk) -> None:
    write(FILES)
    bulk("in")
    write({"a.txt": "财务不规范，仍然如此。", "aa.txt": "新。"})
    (Path("in") / "d.txt").unlink()
    model = CountingAnalyzer()
    bulk("in", model=model)

    assert model.seen == ["a.txt", "aa.txt"]
    assert paths() == ["a.txt", "aa.txt", "b/c.md"]


def test_failures_are_listed_named_and_tried_again(bulk: Bulk) -> None:
    write({**FILES, "bad.docx": "PK\x03\x04", "crash.txt": "崩溃", "empty.txt": "", "z.png": "\x89PNG\r\n\x1a\n"})
    (Path("in") / "z.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    status, out, err = bulk("in")
    failures = lines(local.FAILURES)

    assert status == 1
    assert out.startswith("完成 3，沿用 0，失败 4")
    assert {failure["path"]: failure["code"] for failure in failures} == {
        "bad.docx": "broken-document",
        "crash.txt": "internal-error",
        "empty.txt": "empty-document",
        "z.png": "unsupported-document",
    }
    assert [line.split(": ")[1] for line in err.splitlines()] == [f"in/{failure['path']}" for failure in failures]
    write({"empty.txt": "好。"})
    assert bulk("in")[1].startswith("完成 1，沿用 3，失败 3")


def test_results_inside_the_source_are_no_documents(bulk: Bulk) -> None:
    write(FILES, folder=".")
    bulk(".")
    status, _, _ = bulk(".")

    assert status == 0
    assert paths() == ["a.txt", "b/c.md", "d.txt"]


def test_a_file_over_the_limit_is_not_even_read(bulk: Bulk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGZE_MAX_BYTES", "1024")
    write({"a.txt": "x" * 2000})

    assert bulk("in")[0] == 1
    assert lines(local.FAILURES)[0]["code"] == "document-too-large"


def test_a_zip_is_read_with_chinese_names_of_either_kind(bulk: Bulk) -> None:
    with zipfile.ZipFile("in.zip", "w") as archive:
        archive.writestr("方案/甲.txt", "财务不规范。")
        archive.writestr("__MACOSX/x", "")
        archive.writestr("ABCD.txt", "作风不实。")
        archive.writestr("坏.docx", b"PK\x03\x04")
    data = Path("in.zip").read_bytes()
    Path("in.zip").write_bytes(data.replace(b"ABCD", "乙丙".encode("gb18030")))
    status, _, err = bulk("in.zip")

    assert status == 1
    assert "坏.docx" in err
    assert paths() == ["乙丙.txt", "方案/甲.txt"]


def test_a_bomb_in_a_zip_is_refused_by_its_size(bulk: Bulk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGZE_MAX_BYTES", "1024")
    with zipfile.ZipFile("in.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "0" * 1_000_000)

    assert bulk("in.zip")[0] == 1
    assert lines(local.FAILURES)[0]["code"] == "document-too-large"


def test_json_lines_are_documents_with_dates_of_their_own(bulk: Bulk) -> None:
    records = [
        {"id": "甲", "text": "不好。", "reference_date": "2023-02-10"},
        {"text": 3},
        {"text": "好。", "name": "乙.txt"},
        {"text": "好。"},
    ]
    Path("in.jsonl").write_text("\n\n".join(json.dumps(record) for record in records), encoding="utf-8")
    status, _, err = bulk("in.jsonl")

    assert status == 1
    assert err.startswith("mingze: in.jsonl:3: 字段 'text' 必须是字符串")
    assert [line["document"]["name"] for line in lines()] == ["甲", "乙.txt", "in.jsonl:7"]
    assert lines()[0]["document"]["date"] == "2023-02-10"
    assert bulk("in.jsonl")[1].startswith("完成 0，沿用 3，失败 1")


def test_parquet_rows_are_documents(bulk: Bulk) -> None:
    columns = {"id": ["甲", None], "text": ["不好。", "好。"], "reference_date": [date(2023, 2, 10), None]}
    pq.write_table(pa.table(columns), "in.parquet")
    status, _, _ = bulk("in.parquet")

    assert status == 0
    assert [(line["document"]["name"], line["document"]["date"]) for line in lines()] == [
        ("甲", "2023-02-10"), ("in.parquet:2", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("in.zip", "已损坏"),
        ("in.parquet", "Parquet"),
        ("in.docx", "批量来源应为"),
        ("nope", "文件不存在"),
        ("nope.jsonl", "文件不存在"),
    ],
)
def test_a_source_that_cannot_be_opened_is_named(bulk: Bulk, name: str, says: str) -> None:
    if not name.startswith("nope"):
        Path(name).write_bytes(b"x" * 99)
    status, _, err = bulk(name)

    assert status == 1
    assert err.startswith(f"mingze: {name}: ")
    assert says in err
    assert err.count("\n") == 1


def test_an_output_that_is_a_file_is_wrong_usage(bulk: Bulk) -> None:
    write(FILES)
    Path("out").touch()

    assert bulk("in")[0] == 2


SLOW = """
import sys, time
from service.cli.app import run
from tests.fakes import ScriptedAnalyzer

class Slow(ScriptedAnalyzer):
    def analyse(self, document, **dates):
        time.sleep(0.05)
        return super().analyse(document, **dates)

sys.exit(run(["bulk", "in", "-o", "out"], open_models=lambda _: Slow()))
"""


def test_a_run_that_was_killed_goes_on_to_the_same_result(bulk: Bulk, tmp_path: Path) -> None:
    write({f"{number:03}.txt": f"第{number}项不规范。" for number in range(40)})
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "-c", SLOW], cwd=tmp_path, env=environment)  # noqa: S603
    results = tmp_path / "out" / local.RESULTS
    try:
        give_up = time.monotonic() + 60
        while not (results.exists() and results.read_bytes().count(b"\n") >= 3) and time.monotonic() < give_up:
            time.sleep(0.01)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    interrupted = results.read_bytes().count(b"\n")
    _, out, _ = bulk("in", model=ScriptedAnalyzer())
    resumed = results.read_bytes()
    results.unlink()
    bulk("in", model=ScriptedAnalyzer())

    assert 3 <= interrupted < 40
    assert f"沿用 {interrupted}，" in out
    assert results.read_bytes() == resumed
    assert len(paths()) == len(set(paths())) == 40


def test_a_folder_that_another_run_writes_into_is_refused(bulk: Bulk) -> None:
    write(FILES)
    Path("out").mkdir()
    with claimed(Path("out")):
        status, out, err = bulk("in")

    assert (status, out) == (1, "")
    assert err.startswith("mingze: out: 另一次批量分析（进程 ")
    assert err.count("\n") == 1
    assert bulk("in")[0] == 0
