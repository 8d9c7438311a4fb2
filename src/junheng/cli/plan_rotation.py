"""`junheng plan rotation`: who goes where next year, and circuits for small schools."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.app import ChineseHelp
from junheng.cli.progress import progress

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("rotation", cls=ChineseHelp)
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="目录", help="结果写到这里。")
@click.option("--schools", type=_FILE, metavar="文件", help="轮岗学校表。")
@click.option("--classes", type=_FILE, metavar="文件", help="班级数表：各年级班数，用于算学科余缺。")
@click.option("--teachers", type=_FILE, metavar="文件", help="教师表。")
@click.option("--parameters", "own", type=_FILE, metavar="文件", help="轮岗参数表；不写则用自带的参数（年限、豁免、通勤等待核）。")
@click.option("--school-year", required=True, type=click.IntRange(2000, 2100), metavar="年", help="轮岗学年（起始年），即第一年。")
@click.option("--years", default=1, show_default=True, type=click.IntRange(1, 6), metavar="年", help="几年一起安排：每人最多一次，各年都达到比例，各校轻重均衡。")
@click.option("--seconds", default=60.0, show_default=True, type=click.FloatRange(1, 86400), metavar="秒", help="最多求解多久。")
@click.option("--template", is_flag=True, help="只写出空白表和自带的参数表。")
def command(out: Path, schools: Path | None, classes: Path | None, teachers: Path | None, own: Path | None, school_year: int, years: int,
            seconds: float, template: bool) -> None:  # fmt: skip
    """交流轮岗方案：先补学科缺口，比例达到政策要求，不使任何学校缺人，照顾通勤和夫妻；小规模学校安排走教。"""
    from junheng.planning.parameters import OVERRIDES, built_in
    from junheng.planning.rotation.model import RotationRequest
    from junheng.planning.rotation.tables import SCHOOLS, read_schools, teachers_of
    from junheng.planning.rotation.together import plan_together
    from junheng.planning.staffing.subjects import plan_subjects
    from junheng.planning.staffing.tables import (
        CLASSES,
        TEACHERS,
        parameter_rows,
        read_classes,
        read_overrides,
        read_teachers,
    )
    from junheng.reports.plans.blank_tables import write_blank_tables, write_filled_table
    from junheng.reports.plans.rotation import rotation_report, write_rotation
    from junheng.reports.staging import refuse_out

    parameters = built_in("rotation")
    if template:
        out.mkdir(parents=True, exist_ok=True)
        written = [*write_blank_tables(out, (SCHOOLS, CLASSES, TEACHERS)), write_filled_table(out, OVERRIDES, parameter_rows(parameters))]
        click.echo("已写出模板：" + "、".join(str(path) for path in written))
        return
    if schools is None or classes is None or teachers is None:
        raise click.UsageError("缺少 --schools、--classes 或 --teachers（空白表用 --template 生成）")
    refuse_out(out, [schools, classes, teachers])
    where, small = read_schools(schools)
    by_grade, _ = read_classes(classes)
    people = read_teachers(teachers, [each.code for each in where])
    needs = plan_subjects(by_grade, [(each.school, each.subject) for each in people], built_in("staffing")).schools
    request = RotationRequest(teachers_of(people), where, needs, school_year, read_overrides(own, parameters) if own else parameters, seconds, years)
    with progress("求轮岗方案"):
        plan = plan_together(request, small)
    names = {each.number: each.name for each in people}
    out.mkdir(parents=True, exist_ok=True)
    write_rotation(out, plan, names)
    click.echo(rotation_report(plan, names).answer)
    click.echo(f"  打开 {out / 'index.html'}")
