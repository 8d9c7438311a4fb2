"""The `junheng` command: Chinese help, lazily loaded commands, exit codes.

Exit codes: 0 done and nothing wrong; 1 done, but error findings or unusable input were reported (see the messages);
2 the command line itself is wrong.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping

import click

from junheng import __version__
from junheng.common.errors import UserError

COMMANDS: Mapping[str, tuple[str, str]] = {
    "assess": ("junheng.cli.assess", "读入县（区）上报的表格，测算、判定并生成全部报表"),
    "check": ("junheng.cli.check", "校核上报的表格，可返回带批注的原表"),
    "template": ("junheng.cli.template", "生成空白或预填的填报模板"),
    "release": ("junheng.cli.release", "数据版本：列出、查看、比较"),
    "explain": ("junheng.cli.explain", "把一个数字逐层打开到单元格和条款"),
    "rejudge": ("junheng.cli.rejudge", "用两套政策重判已有数据版本，列出结论变化"),
    "plan": ("junheng.cli.plan", "规划：学龄人口预测、学校布局、划片招生、师资、达标方案"),
    "policy": ("junheng.cli.policy", "政策包：列出、查看、检查、比较"),
    "synth": ("junheng.cli.synth", "生成仿真省份数据（不含任何真实个人信息）"),
    "serve": ("junheng.cli.serve", "启动站点：填报、评估、公示、整改"),
    "account": ("junheng.cli.account", "站点账号：开立最初的账号，或重置"),
    "audit": ("junheng.cli.audit", "核验站点的审计记录"),
    "keys": ("junheng.cli.keys", "更换加密个人信息的密钥"),
    "backup": ("junheng.cli.backup", "备份站点：数据库、数据版本、佐证，一个文件"),
    "restore": ("junheng.cli.restore", "从备份恢复到一个新的站点"),
    "demo": ("junheng.cli.demo", "生成仿真省份、测算并写出报表"),
}
"""Command name → (module with a click command named `command`, one-line help)."""


class ChineseHelp(click.Command):
    """A command whose generated help speaks Chinese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[选项]" if piece == "[OPTIONS]" else piece for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = (p for p in self.get_params(ctx) if isinstance(p, click.Option))
        records = [record for option in options if (record := option.get_help_record(ctx)) is not None]
        if records:
            with formatter.section("选项"):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本说明后退出。"
        return option


class ChineseGroup(ChineseHelp, click.Group):
    """A group of Chinese commands; `lazy` ones are imported when they are called."""

    command_class = ChineseHelp

    def __init__(self, *args: object, lazy: Mapping[str, tuple[str, str]] | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._lazy = dict(lazy or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self._lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._lazy:
            return super().get_command(ctx, cmd_name)
        command: click.Command = importlib.import_module(self._lazy[cmd_name][0]).command
        return command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[选项]", "命令", "[参数]..."]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        ChineseHelp.format_options(self, ctx, formatter)
        if names := self.list_commands(ctx):
            with formatter.section("命令"):
                formatter.write_dl([(name, self._short_help(ctx, name)) for name in names])

    def _short_help(self, ctx: click.Context, name: str) -> str:
        if name in self._lazy:
            return self._lazy[name][1]
        command = self.get_command(ctx, name)
        return command.get_short_help_str(80) if command else ""


@click.group(cls=ChineseGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="junheng %(version)s", help="显示版本后退出。")
def cli() -> None:
    """均衡（Junheng）：县域义务教育优质均衡的采集、测算、判定与报表。

    退出码：0 完成且无错误；1 已完成但有错误级发现或输入不可用（见提示）；2 命令写法有误。
    """


def _in_chinese(error: click.ClickException) -> str:
    """What is wrong with the command line. click speaks English; its own words stand only where we have none."""
    match error:
        case click.exceptions.MissingParameter(param=click.Parameter() as param):
            return f"缺少{param.metavar or param.name}" + (f"（{'、'.join(param.opts)}）" if isinstance(param, click.Option) else "")
        case click.exceptions.NoSuchOption():
            return f"没有选项 {error.option_name}"
        case click.exceptions.BadOptionUsage():
            return f"选项 {error.option_name} 的写法不对"
        case click.exceptions.BadParameter(param=click.Parameter() as param):
            return f"{'、'.join(param.opts)} 的值不能用（{error.message}）"
        case click.UsageError() if error.message.startswith("No such command"):
            return f"没有这条命令（{error.message.split(' ', 3)[-1].rstrip('.')}）"
        case click.UsageError() if error.message.startswith("Got unexpected extra argument"):
            return "参数太多" + error.message[error.message.find("(") :]
        case _:
            return error.format_message()


def main() -> None:
    """Entry point. A UserError becomes one Chinese message and exit code 1, never a traceback."""
    try:
        # Outside its own mode click does not raise the code a command exits with, it returns it.
        code = cli.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except UserError as error:
        click.echo(f"错误：{error}", err=True)
        sys.exit(1)
    except click.exceptions.Abort:
        click.echo("已中止。", err=True)
        sys.exit(1)
    except click.ClickException as error:
        click.echo(f"命令有误：{_in_chinese(error)}", err=True)
        click.echo("请用 --help 查看写法。", err=True)
        sys.exit(2)
