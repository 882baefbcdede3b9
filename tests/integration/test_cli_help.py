"""Nothing that the command line says is an English sentence."""

from __future__ import annotations

import re

import pytest

from service.cli.app import run

#: Two English words in a row, or a heading or mark of the parser's own.
ENGLISH = re.compile(
    r"[A-Za-z]{2,} [A-Za-z]{2,}|\b(?:usage|options?|arguments?|commands?|error|required|help)\b(?![-=])", re.IGNORECASE
)
#: What is written in Latin letters in every language: program, commands, option names, file kinds.
NAMES = re.compile(r"--?[a-z][a-z-]*|\bmingze(?: [a-z]+)?\b|\bHTTP\b|\bJSONL?\b|\bTOML\b")
COMMANDS = ("analyze", "classify", "extract", "bulk", "serve", "train", "evaluate", "version")


def english(text: str) -> list[str]:
    return ENGLISH.findall(NAMES.sub("·", text))


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], *([name, "--help"] for name in COMMANDS)])
def test_help_is_in_chinese(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    run(arguments)
    out, err = capsys.readouterr()

    assert err == ""
    assert "用法：mingze" in out
    assert "显示本说明" in out
    assert english(out) == []


def test_the_help_of_a_command_names_everything_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bulk", "--help"]) == 0
    out = capsys.readouterr().out

    assert "用法：mingze bulk [选项] SOURCE" in out
    assert all(word in out for word in ("参数", "选项", "--output, -o 值", "--with-text", "输出文件夹（必填）"))


def test_the_help_of_the_program_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    out = capsys.readouterr().out

    assert "用法：mingze [选项] 命令 [参数]..." in out
    assert all(re.search(rf"{name} +[一-鿿]", out) for name in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nope"], "没有命令 nope"),
        (["analyse"], "没有命令 analyse，是不是 'analyze'"),
        (["--nope"], "没有选项 --nope"),
        (["bulk", "--nope"], "没有选项 --nope"),
        (["bulk", "in", "--outptu", "x"], "没有选项 --outptu"),
        (["bulk", "in"], "缺少选项 --output"),
        (["bulk"], "缺少参数 SOURCE"),
        (["bulk", "in", "-o"], "后面缺少值"),
        (["bulk", "in", "more", "-o", "out"], "多出的参数 more"),
        (["bulk", "in", "-o", "out", "--with-text=1"], "不带值"),
        (["serve", "--port", "high"], "必须是整数"),
        (["serve", "--port", "70000"], "设置有误"),
        (["analyze", "a.txt", "--event", "x"], "名称=YYYY-MM-DD"),
    ],
)
def test_wrong_usage_is_said_in_chinese(capsys: pytest.CaptureFixture[str], arguments: list[str], says: str) -> None:
    assert run(arguments) == 2
    out, err = capsys.readouterr()

    assert out == ""
    assert says in err
    assert err.count("\n") == 1
    assert english(err) == []
