"""Wrong usage, said in Chinese on one line."""

from __future__ import annotations

import re
from typing import Any

from typer.exceptions import TyperException

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MESSAGES = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"No such command '(.*?)'\. Did you mean (.*)\?", "没有命令 {0}，是不是 {1}"),
        (r"No such command '(.*)'\.", "没有命令 {0}"),
        (r"No such option: (\S+).*", "没有选项 {0}"),
        (r"Missing command\.", "缺少命令"),
        (r"Got unexpected extra argument\S* \((.*)\)", "多出的参数 {0}"),
        (r"Option '(.*)' requires an argument\.", "选项 {0} 后面缺少值"),
        (r"Option '(.*)' requires (\d+) arguments\.", "选项 {0} 后面应有 {1} 个值"),
        (r"Option '(.*)' does not take a value\.", "选项 {0} 不带值"),
        (r"Input should be a valid (?:integer|number).*", "必须是整数"),
        (r"'(.*)' is not one of (.*)\.", "'{0}' 不在 {1} 之中"),
    )
)


def explain_usage(error: TyperException) -> str:
    """Say what is wrong with the command line, and where the help is."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "mingze"
    return f"{_reason(error)}（用法见 {command} -h）"


def _reason(error: TyperException) -> str:
    param = getattr(error, "param", None)
    if type(error).__name__ == "MissingParameter" and param is not None:
        return f"缺少{_shown(param)}"
    reason = error.message.strip()
    for pattern, said in _MESSAGES:
        found = pattern.fullmatch(reason.splitlines()[0] if reason else "")
        if found:
            reason = said.format(*found.groups())
            break
    if not _CHINESE.search(reason):
        reason = "写法有误"
    return f"{_shown(param)}：{reason}" if param is not None else reason


def _shown(param: Any) -> str:  # noqa: ANN401  a parameter of the parser, whose types are private
    if param.param_type_name == "argument":
        return f"参数 {param.name.upper()}"
    return f"选项 {max(param.opts, key=len)}"
