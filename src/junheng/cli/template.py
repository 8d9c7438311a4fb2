"""`junheng template`: blank or prefilled templates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from junheng.cli.app import ChineseHelp
from junheng.intake.release import find_release
from junheng.intake.template import TemplateKind, write_template
from junheng.policy import resolve

_KINDS = {
    TemplateKind.SCHOOL_WIDE: "学校横排表，一校一行", TemplateKind.COUNTY: "区县表", TemplateKind.JUDGEMENT: "评定表",
    TemplateKind.REGISTERS: "学生、教师、班级、教室名册",
}  # fmt: skip


@click.command("template", cls=ChineseHelp)
@click.option("--kind", default=TemplateKind.SCHOOL_WIDE.value, show_default=True, type=click.Choice([each.value for each in TemplateKind]),
              metavar="种类", help="；".join(f"{kind.value} {words}" for kind, words in _KINDS.items()) + "。")  # fmt: skip
@click.option("--release", metavar="数据版本", help="上一学年的数据版本目录，用于预填学校名单和对照上年数。")
@click.option("--out", required=True, metavar="文件", type=click.Path(path_type=Path, dir_okay=False), help="写到这个 .xlsx 文件。")
@click.option("--policy", default="quality_balance_2017", show_default=True, metavar="政策包", help="评定表的条目取自这个政策包。")
@click.option("--force", is_flag=True, help="文件已存在时覆盖。")
def command(kind: str, release: str | None, out: Path, policy: str, force: bool) -> None:
    """生成填报模板：带下拉列表、数值校验、填表说明，表头已锁定；可用上一学年的数据版本预填。"""
    if out.suffix.lower() != ".xlsx":
        raise click.UsageError(f"--out 的“{out}”不是 .xlsx 文件。")
    if out.exists() and not force:
        raise click.UsageError(f"“{out}”已存在，没有改动；要覆盖请加 --force。")
    previous = find_release(release).facts() if release else None
    criteria = {}
    if kind == TemplateKind.JUDGEMENT:
        criteria = {each.id: each.title for each in resolve(policy, "", date.today()).criteria}
    write_template(TemplateKind(kind), out, previous=previous, criteria=criteria)
    words = f"，已预填 {len(previous.school)} 所学校" if previous is not None and kind == TemplateKind.SCHOOL_WIDE else ""
    click.echo(f"已生成{_KINDS[TemplateKind(kind)]}模板{words}：{out}")
