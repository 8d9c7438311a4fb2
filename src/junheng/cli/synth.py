"""`junheng synth`: a synthetic province as official forms, releases or registers, with the truth about its defects."""

from __future__ import annotations

from pathlib import Path

import click

from junheng.cli.app import ChineseHelp
from junheng.cli.progress import progress


@click.command("synth", cls=ChineseHelp)
@click.argument("out", type=click.Path(path_type=Path, file_okay=False), metavar="输出目录")
@click.option("--counties", default=100, show_default=True, type=click.IntRange(1, 100), metavar="个数", help="县（市、区）个数，按区划代码从前往后取。")
@click.option("--seed", default=2023, show_default=True, metavar="整数", help="随机种子；相同的种子得到相同的省份。")
@click.option("--school-year", default=2025, show_default=True, metavar="年", help="学年（起始年）。")
@click.option("--scale", default=1.0, show_default=True, metavar="倍数", help="学生数相对 2020 年普查学龄人口的倍数。")
@click.option("--forms", is_flag=True, help="写出官方填报表格：一校一个工作簿，一县一个工作簿。")
@click.option("--registers", is_flag=True, help="写出个人级名册（Parquet）：学生、教师、班级、教室。")
def command(out: Path, counties: int, seed: int, school_year: int, scale: float, forms: bool, registers: bool) -> None:
    """生成仿真省份：县名、代码和学龄人口取自公开资料，学校、学生、教师全是编造的。

    总会写出 releases/（每县一个数据版本）和 truth.json（埋下的缺陷及应有的结论）。
    """
    from junheng.synth.people import write_registers
    from junheng.synth.province import synthesise
    from junheng.synth.write import checked, folder_name, write_forms, write_release, write_truth

    with progress("生成各县", counties) as step:
        province = synthesise(counties, seed, school_year, scale, on_county=step)
    with progress("写出各县", counties) as step:
        for county in province:
            write_release(checked(county), out / "releases")
            if forms:
                write_forms(county, out / "forms" / folder_name(county))
            step(county.population.name)
    if registers:
        write_registers(province, out / "registers")
    write_truth(province, out / "truth.json")
    schools = sum(len(county.facts.school) for county in province)
    click.echo(f"已生成 {len(province)} 个县、{schools} 所学校（校区），写在 {out}/。")
