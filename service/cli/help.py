"""The help of the commands, in Chinese throughout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from typer.core import TyperCommand, TyperGroup

_HELP = "显示本说明"


class HelpedCommand(TyperCommand):
    """A command whose help is in Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002  the parser's types are private
        """Print the help."""
        _print_help(self, ctx, [])


class HelpedGroup(TyperGroup):
    """A group of commands whose help is in Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002  the parser's types are private
        """Print the help."""
        _print_help(self, ctx, [(name, command.help or "") for name, command in self.commands.items()])


def _print_help(command: TyperCommand | TyperGroup, context: Any, commands: Sequence[tuple[str, str]]) -> None:  # noqa: ANN401
    parameters: list[Any] = command.get_params(context)
    arguments = [parameter for parameter in parameters if parameter.param_type_name == "argument"]
    options = [parameter for parameter in parameters if parameter.param_type_name == "option"]
    usage = [context.command_path, "[选项]", *map(_argument, arguments), *(["命令 [参数]..."] if commands else [])]
    console = Console()
    console.print(Text(f"\n用法：{' '.join(usage)}\n\n{command.help}\n"))
    _print_rows(console, "参数", [(_argument(argument), _explained(argument)) for argument in arguments])
    _print_rows(console, "选项", [(_option(option), _explained(option)) for option in options])
    _print_rows(console, "命令", commands)


def _print_rows(console: Console, title: str, rows: Sequence[tuple[str, str]]) -> None:
    if rows:
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column()
        for name, explained in rows:
            table.add_row(Text(name, style="bold cyan"), Text(explained))
        console.print(Panel(table, title=title, title_align="left", border_style="dim"))


def _argument(argument: Any) -> str:  # noqa: ANN401
    return f"{argument.name.upper()}{'...' if argument.nargs == -1 else ''}"


def _option(option: Any) -> str:  # noqa: ANN401
    return f"{', '.join(sorted(option.opts, key=len, reverse=True))}{'' if option.is_flag else ' 值'}"


def _explained(parameter: Any) -> str:  # noqa: ANN401
    text = _HELP if parameter.name == "help" else parameter.help or ""
    return f"{text}（必填）" if parameter.required else text
