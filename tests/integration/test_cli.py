"""The command line: what it writes, what it says, and how it ends."""

from __future__ import annotations

import io
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli.app import app, run
from service.domain.errors import NotReady
from service.settings import Settings
from tests.fakes import FailingAnalyzer, ScriptedAnalyzer

ERROR_LINE = re.compile(r"mingze: [^\n]+: [^\n]*[\u4e00-\u9fff][^\n]*\n")
PLAN = "一、村级财务不规范。\n二、好。\n"

Mingze = Callable[..., tuple[int, str, str]]


@pytest.fixture
def mingze(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mingze:
    """Return a function that runs a command in an empty folder: status, output, errors."""
    monkeypatch.chdir(tmp_path)

    def call(
        *arguments: str, models: Callable[[Settings], ScriptedAnalyzer] = lambda _: ScriptedAnalyzer()
    ) -> tuple[int, str, str]:
        status = run(arguments, open_models=models)
        out, err = capsys.readouterr()
        return status, out, err

    return call


def check_complaints(err: str, *places: str) -> None:
    """Assert that standard error is one line per place, each with a reason in Chinese."""
    lines = err.splitlines(keepends=True)
    assert all(ERROR_LINE.fullmatch(line) for line in lines), err
    assert [line.split(": ")[1] for line in lines] == list(places)


def records(*lines: object, path: str = "in.jsonl") -> None:
    Path(path).write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")


def test_classify_answers_line_by_line(mingze: Mingze) -> None:
    records({"id": "a1", "text": "问效不力"}, {"id": 2, "text": "好"})
    status, _, err = mingze("classify", "in.jsonl", "-o", "out/deep/out.jsonl")
    answers = [json.loads(line) for line in Path("out/deep/out.jsonl").read_text(encoding="utf-8").splitlines()]

    assert (status, err) == (0, "")
    assert [answer["id"] for answer in answers] == ["a1", 2]
    assert answers[0]["labels"] == [{"code": "ZG02", "name": "文字整改", "score": 0.8}]
    assert "文字整改" in Path("out/deep/out.jsonl").read_text(encoding="utf-8")


def test_extract_answers_line_by_line(mingze: Mingze) -> None:
    records({"id": "p7", "text": "柳湾镇", "reference_date": "2023-02-10", "events": {"反馈之日": "2023-02-01"}})
    status, out, _ = mingze("extract", "in.jsonl")

    assert status == 0
    assert json.loads(out)["items"][0]["subjects"][0]["name"] == "柳湾"


def test_bad_lines_are_named_and_the_others_answered(mingze: Mingze) -> None:
    good = '{"id": 9, "text": "好"}'
    lines = ["\ufeff" + good, "{", "", "[]", '{"text": 3}', '{"text": "\\ud800"}', '{"id": NaN, "text": ""}', good]
    Path("in.jsonl").write_bytes("\n".join(lines).encode() + '\n{"text": "不"}\n'.encode("gb18030"))
    status, out, err = mingze("classify", "in.jsonl")

    assert status == 1
    assert [json.loads(line)["id"] for line in out.splitlines()] == [9, 9]
    check_complaints(err, *(f"in.jsonl:{number}" for number in (2, 4, 5, 6, 7, 9)))


def test_standard_input_and_output_are_dashes(mingze: Mingze, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"id": 1, "text": "x"}')))
    status, out, _ = mingze("classify", "-", "-o", "-")

    assert status == 0
    assert json.loads(out)["id"] == 1


def test_an_empty_file_gives_an_empty_answer(mingze: Mingze) -> None:
    Path("in.jsonl").touch()

    assert mingze("classify", "in.jsonl", "-o", "out.jsonl") == (0, "", "")
    assert Path("out.jsonl").read_bytes() == b""


@pytest.mark.parametrize("command", ["classify", "extract"])
def test_a_missing_file_is_named(mingze: Mingze, command: str) -> None:
    status, out, err = mingze(command, "nope.jsonl", "-o", "out.jsonl")

    assert (status, out) == (1, "")
    assert err == "mingze: nope.jsonl: 文件不存在\n"
    assert not Path("out.jsonl").exists()


def test_a_record_may_give_the_place_of_its_text(mingze: Mingze) -> None:
    Path("documents").mkdir()
    Path("documents/a.txt").write_text("好。问效不力。", encoding="utf-8")
    Path("secret.txt").write_text("不", encoding="utf-8")
    Path("lists/deep").mkdir(parents=True)
    place = {"file": "documents/a.txt", "start": 2, "end": 7}
    records({"id": 1, **place}, {**place, "end": 99}, {**place, "file": "b.txt"}, {**place, "file": "../../secret.txt"})
    Path("in.jsonl").rename("lists/in.jsonl")
    status, out, err = mingze("classify", "lists/in.jsonl")

    assert status == 1
    assert json.loads(out)["role"] == "problem"
    check_complaints(err, *(f"lists/in.jsonl:{number}" for number in (2, 3, 4)))


def test_analyze_writes_one_object_for_one_file(mingze: Mingze) -> None:
    Path("方案.txt").write_text(PLAN, encoding="utf-8")
    status, _, err = mingze("analyze", "方案.txt", "-o", "out.json", "--with-text", "--reference-date", "2023-02-10")
    answer = json.loads(Path("out.json").read_bytes())

    assert (status, err) == (0, "")
    assert answer["document"]["text"] == PLAN
    assert answer["document"]["name"] == "方案.txt"
    assert answer["document"]["date"] == "2023-02-10"


def test_analyze_leaves_the_text_out_unless_asked(mingze: Mingze) -> None:
    Path("a.txt").write_text(PLAN, encoding="utf-8")
    _, out, _ = mingze("analyze", "a.txt", "--json")

    assert "text" not in json.loads(out)["document"]


@pytest.mark.parametrize(("name", "count"), [("out.json", 1), ("out.jsonl", 2), ("out.ndjson", 2)])
def test_analyze_writes_an_array_or_lines_for_several_files(mingze: Mingze, name: str, count: int) -> None:
    for file in ("a.txt", "b.txt"):
        Path(file).write_text(PLAN, encoding="utf-8")
    status, _, _ = mingze("analyze", "a.txt", "b.txt", "-o", name)
    text = Path(name).read_text(encoding="utf-8")
    answers = json.loads(text) if count == 1 else [json.loads(line) for line in text.splitlines()]

    assert status == 0
    assert [answer["document"]["name"] for answer in answers] == ["a.txt", "b.txt"]


def test_analyze_names_the_files_that_fail_and_writes_the_others(mingze: Mingze) -> None:
    Path("a.txt").write_text(PLAN, encoding="utf-8")
    Path("b.docx").write_bytes(b"PK\x03\x04broken")
    Path("c.txt").touch()
    Path("crash.txt").write_text("崩溃", encoding="utf-8")
    Path("folder").mkdir()
    status, out, err = mingze(
        "analyze",
        "a.txt",
        "b.docx",
        "c.txt",
        "crash.txt",
        "folder",
        "nope.txt",
        "--json",
        models=lambda _: FailingAnalyzer(),
    )

    assert status == 1
    assert [answer["document"]["name"] for answer in json.loads(out)] == ["a.txt"]
    check_complaints(err, "b.docx", "c.txt", "crash.txt", "folder", "nope.txt")
    assert "secret" not in err
    assert err.count("b.docx") == 1


def test_nothing_is_written_where_the_only_file_fails(mingze: Mingze) -> None:
    assert mingze("analyze", "nope.txt", "-o", "out.json")[0] == 1
    assert list(Path().iterdir()) == []


def test_a_file_over_the_limit_is_named(mingze: Mingze, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGZE_MAX_BYTES", "1024")
    Path("a.txt").write_bytes(b"x" * 5000)
    status, _, err = mingze("analyze", "a.txt")

    assert status == 1
    assert "上限" in err


def test_the_report_shows_problems_and_ledger_and_takes_nothing_for_markup(mingze: Mingze) -> None:
    Path("[bold]a.txt").write_text("一、[/red]财务[link=x]不规范:smile:。", encoding="utf-8")
    status, out, _ = mingze("analyze", "[bold]a.txt")
    plain = re.sub(r"[\s│┃]", "", out)

    assert status == 0
    assert "[bold]a.txt" in plain
    assert "[/red]财务[link=x]不规范:smile:。" in plain
    assert "整改台账" in plain
    assert "文字整改" in plain


def test_a_name_that_is_no_utf8_is_shown_with_marks(mingze: Mingze, tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff.txt")
    (tmp_path / name).write_text(PLAN, encoding="utf-8")
    status, out, _ = mingze("analyze", name, "--json")

    assert status == 0
    assert json.loads(out)["document"]["name"] == "\ufffd.txt"


def test_an_output_that_exists_is_replaced_in_one_step(mingze: Mingze) -> None:
    records({"text": "好"})
    Path("out.jsonl").write_text("old", encoding="utf-8")
    Path("link.jsonl").symlink_to("out.jsonl")
    mingze("classify", "in.jsonl", "-o", "link.jsonl")

    assert json.loads(Path("out.jsonl").read_bytes())["role"] == "background"
    assert Path("link.jsonl").is_symlink()
    assert {path.name for path in Path().iterdir()} == {"in.jsonl", "out.jsonl", "link.jsonl"}


def test_a_device_is_written_to_and_not_replaced(mingze: Mingze) -> None:
    records({"text": "好"})

    assert mingze("classify", "in.jsonl", "-o", "/dev/null") == (0, "", "")
    assert not Path("/dev/null").is_file()


def test_an_output_that_cannot_be_written_is_named(mingze: Mingze) -> None:
    records({"text": "好"})
    status, _, err = mingze("classify", "in.jsonl", "-o", "in.jsonl/out.jsonl")

    assert status == 1
    assert ERROR_LINE.fullmatch(err)
    assert "in.jsonl" in err


def test_models_that_do_not_load_end_the_command(mingze: Mingze) -> None:
    def load(_: Settings) -> ScriptedAnalyzer:
        raise NotReady("模型无法加载：没有模型目录")

    records({"text": "好"})
    status, out, err = mingze("classify", "in.jsonl", models=load)

    assert (status, out) == (1, "")
    check_complaints(err, "model")


def test_a_defect_is_one_line_and_no_stack_trace(mingze: Mingze) -> None:
    records({"text": "崩溃"})
    status, _, err = mingze("classify", "in.jsonl", models=lambda _: FailingAnalyzer())

    assert status == 1
    assert ERROR_LINE.fullmatch(err)
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nope"], "没有命令 nope"),
        (["classify"], "缺少参数 SOURCE"),
        (["analyze"], "缺少参数 FILES"),
        (["bulk", "x"], "缺少选项 --output"),
        (["train"], "缺少选项 --config"),
        (["classify", "a", "--nope"], "没有选项 --nope"),
        (["classify", "a", "b"], "多出的参数 b"),
        (["classify", "a", "-o"], "选项 -o 后面缺少值"),
        (["classify", "a", "--backend", "cuda"], "字段 'backend' 只能是 'openvino' or 'torch'"),
        (["serve", "--port", "abc"], "必须是整数"),
        (["serve", "--port", "99999"], "字段 'port' 不能大于 65535"),
        (["analyze", "a", "--reference-date", "昨天"], "'昨天' 不是合法日期"),
        (["analyze", "a", "--event", "反馈之日"], "应为 名称=YYYY-MM-DD"),
        (["analyze", "a", "--event", "反馈之日=2023-02-30"], "不是合法日期"),
    ],
)
def test_wrong_usage_is_one_chinese_line_and_status_2(mingze: Mingze, arguments: list[str], says: str) -> None:
    status, out, err = mingze(*arguments)

    assert (status, out) == (2, "")
    assert ERROR_LINE.fullmatch(err)
    assert says in err
    assert " -h）" in err


def test_a_wrong_environment_is_wrong_usage(mingze: Mingze, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGZE_THREADS", "zero")
    status, _, err = mingze("classify", "in.jsonl")

    assert status == 2
    assert "字段 'threads' 必须是整数" in err


def test_no_arguments_show_the_help_and_end_with_2(mingze: Mingze) -> None:
    status, out, err = mingze()

    assert (status, err) == (2, "")
    assert "analyze" in out


def test_an_address_in_use_is_named(mingze: Mingze) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, _, err = mingze("serve", "--port", str(port))

    assert status == 1
    assert err == f"mingze: 127.0.0.1:{port}: 无法监听这个地址：端口已被占用\n"


def test_training_names_a_configuration_that_is_missing(mingze: Mingze) -> None:
    assert mingze("train", "--config", "nope.toml") == (1, "", "mingze: nope.toml: 文件不存在\n")


def test_every_command_has_a_chinese_help() -> None:
    names = [info.name or info.callback.__name__ for info in app.registered_commands if info.callback]
    helps = [CliRunner().invoke(app, [name, "--help"]).output for name in names]

    assert names == ["analyze", "classify", "extract", "bulk", "serve", "train", "evaluate", "version"]
    assert all(re.search("[\u4e00-\u9fff]", text) for text in helps)


def python_m_service(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parents[2]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root), "LC_ALL": "C"}
    return subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", "service", *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "status", "out", "err"),
    [
        (["version"], 0, r"mingze \d+\.\d+\.\d+\n", ""),
        (["classify", "in.jsonl", "--artifact", "nope"], 1, "", r"mingze: nope: 模型无法加载[^\n]*\n"),
        (["classify"], 2, "", r"mingze: 用法: 缺少参数 SOURCE（用法见 mingze classify -h）\n"),
    ],
)
def test_the_program_ends_as_it_says(tmp_path: Path, arguments: list[str], status: int, out: str, err: str) -> None:
    done = python_m_service(*arguments, folder=tmp_path)

    assert done.returncode == status
    assert re.fullmatch(out, done.stdout)
    assert re.fullmatch(err, done.stderr)
