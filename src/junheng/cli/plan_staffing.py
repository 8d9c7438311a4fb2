"""`junheng plan staffing`: posts, subjects, retirements, careers."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.app import ChineseHelp

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("staffing", cls=ChineseHelp)
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="目录", help="结果写到这里。")
@click.option("--posts", type=_FILE, metavar="文件", help="学校编制表：在校生、班数、核定编制、在编、在岗不在编。")
@click.option("--classes", type=_FILE, metavar="文件", help="班级数表：各年级班数。")
@click.option("--teachers", type=_FILE, metavar="文件", help="教师表；须同时有班级数表。")
@click.option("--forecast", "ahead", type=_FILE, metavar="文件", help="学校预测表（junheng plan forecast 写出的）；须同时有学校编制表。")
@click.option("--parameters", "own", type=_FILE, metavar="文件", help="参数表；不写则用自带的参数（多数待核）。")
@click.option("--school-year", required=True, type=click.IntRange(2000, 2100), metavar="年", help="学年（起始年）。")
@click.option("--years", default=3, show_default=True, type=click.IntRange(1, 15), metavar="年", help="往后推算几年：编制、学科、退休。")
@click.option("--template", is_flag=True, help="只写出空白表和自带的参数表。")
def command(out: Path, posts: Path | None, classes: Path | None, teachers: Path | None, ahead: Path | None, own: Path | None,
            school_year: int, years: int, template: bool) -> None:  # fmt: skip
    """师资方案：应核编制和分配、有编不补预警、各学科余缺、任职条件核对；按学生预测和退休逐年推算应核编制和须补的教师。"""
    from junheng.planning.forecast.pupil_table import read_pupil_forecast
    from junheng.planning.parameters import OVERRIDES, built_in
    from junheng.planning.staffing.plan import StaffingRequest, plan_staffing
    from junheng.planning.staffing.tables import (
        CLASSES,
        POSTS,
        TEACHERS,
        parameter_rows,
        read_classes,
        read_overrides,
        read_posts,
        read_teachers,
    )
    from junheng.reports.plans.blank_tables import write_blank_tables, write_filled_table
    from junheng.reports.plans.staffing import staffing_report, write_staffing
    from junheng.reports.staging import refuse_out

    parameters = built_in("staffing")
    if template:
        out.mkdir(parents=True, exist_ok=True)
        written = [*write_blank_tables(out, (POSTS, CLASSES, TEACHERS)), write_filled_table(out, OVERRIDES, parameter_rows(parameters))]
        click.echo("已写出模板：" + "、".join(str(path) for path in written))
        return
    if posts is None and classes is None:
        raise click.UsageError("缺少 --posts 或 --classes（空白表用 --template 生成）")
    if teachers is not None and classes is None:
        raise click.UsageError("有 --teachers 时还须有 --classes")
    if ahead is not None and posts is None:
        raise click.UsageError("有 --forecast 时还须有 --posts")
    refuse_out(out, [path for path in (posts, classes, teachers, ahead, own) if path])
    by_grade, included = read_classes(classes) if classes else ([], {})
    people = read_teachers(teachers, [each.school for each in by_grade]) if teachers else []
    request = StaffingRequest(
        read_posts(posts) if posts else [], by_grade, included, people, school_year, years, read_overrides(own, parameters) if own else parameters,
        read_pupil_forecast(ahead) if ahead else (),
    )  # fmt: skip
    plan = plan_staffing(request)
    out.mkdir(parents=True, exist_ok=True)
    write_staffing(out, plan)
    click.echo(staffing_report(plan).answer)
    click.echo(f"  打开 {out / 'index.html'}")
