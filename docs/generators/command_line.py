"""命令行: the help of every command, as the program prints it."""

from __future__ import annotations

import click

from junheng.cli.app import cli


def pages() -> dict[str, str]:
    context = click.Context(cli, info_name="junheng", terminal_width=100, max_content_width=100)
    parts = ["# 命令行\n", _help(context)]
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        parts += _sections(command, context, name)
    return {"commands.md": "\n".join(parts)}


def _sections(command: click.Command, parent: click.Context, name: str) -> list[str]:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=100, max_content_width=100)
    parts = [f"## {context.command_path}\n", _help(context)]
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found is not None
            parts += _sections(found, context, child)
    return parts


def _help(context: click.Context) -> str:
    return f"```text\n{context.command.get_help(context)}\n```\n"
