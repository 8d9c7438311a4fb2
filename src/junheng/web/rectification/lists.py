"""问题清单, 任务清单 and 责任清单 of an area, as they stand today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from io import BytesIO

from junheng.judging.result import Verdict
from junheng.reports.action_lists import list_grid
from junheng.reports.grid import Cell, Grid, Look
from junheng.reports.words import MARKS
from junheng.reports.xlsx import Book
from junheng.web.areas.models import Unit
from junheng.web.rectification.effects import in_words
from junheng.web.rectification.models import Problem, Shortfall
from junheng.web.rectification.queries import problems_within
from junheng.web.rectification.words import progress_words, source_words

_NOTE = "注：建议措施和配合部门由规则生成，供研究时参考；“建议”字样去掉后即为责任单位报送的措施。“待定”的，补报或评定后重新判定。"
_NOTHING = "没有需要整改的问题。"


AT_ONCE = 3000
"""Problems that are written while the person waits, in about a second; more are written in the background."""
_CHUNK = 1000

Step = Callable[[int, int, str], None]


def problem_list(area: str, found: Iterable[Problem], today: date) -> Grid:
    """One line per problem."""
    columns = {"序号": 6, "编号": 7, "结论": 9, "学校或县（区）": 20, "问题项目": 28, "条款": 22, "现状": 18, "要求": 18, "还差": 28, "来源": 24, "进展": 16}
    lines = [
        [Cell(n, Look.WHOLE), Cell(p.pk, Look.WHOLE), Cell(_verdict(p), Look.CENTRE), Cell(_of(p)), Cell(p.title), Cell(p.clause or "—"),
         Cell(p.current or "—", Look.CENTRE), Cell(p.required or "—", Look.CENTRE), Cell(p.gap or "—"),
         Cell("；".join(each for each in (source_words(p.source), p.place) if each)), Cell(progress_words(p, today), Look.CENTRE)]
        for n, p in enumerate(found, 1)
    ]  # fmt: skip
    return list_grid("问题清单", f"{area}义务教育均衡发展问题清单", _day(today), columns, lines, _NOTHING, _NOTE)


def task_list(area: str, found: Iterable[Problem], today: date) -> Grid:
    """What is being done about each problem, and by when."""
    columns = {"序号": 6, "编号": 8, "学校或县（区）": 26, "问题项目": 32, "任务（措施）": 44, "量化目标": 30, "牵头部门": 14, "完成期限": 16, "进展": 20}
    lines = [
        [Cell(n, Look.WHOLE), Cell(p.pk, Look.WHOLE), Cell(_of(p)), Cell(p.title), Cell(_task(p)), Cell(_goal(p)),
         Cell(_lead(p), Look.CENTRE), Cell(_by(p), Look.CENTRE), Cell(progress_words(p, today), Look.CENTRE)]
        for n, p in enumerate(found, 1)
    ]  # fmt: skip
    return list_grid("任务清单", f"{area}义务教育均衡发展任务清单", _day(today), columns, lines, _NOTHING, _NOTE)


def duty_list(area: str, found: Iterable[Problem], today: date) -> Grid:
    """The same tasks by department."""
    columns = {"责任部门": 14, "配合部门": 22, "责任单位": 26, "责任事项": 34, "任务（措施）": 44, "编号": 8, "责任人": 14, "完成期限": 16, "进展": 20}
    lines = [
        [Cell(_lead(p), Look.CENTRE), Cell(p.partners or "—", Look.CENTRE), Cell(_of(p)), Cell(p.title), Cell(_task(p)),
         Cell(p.pk, Look.WHOLE), Cell(p.responsible or "未报", Look.CENTRE), Cell(_by(p), Look.CENTRE), Cell(progress_words(p, today), Look.CENTRE)]
        for p in sorted(found, key=lambda each: (each.department, each.unit.path, each.pk))
    ]  # fmt: skip
    return list_grid("责任清单", f"{area}义务教育均衡发展责任清单", _day(today), columns, lines, _NOTHING, _NOTE)


LISTS: Mapping[str, tuple[str, Callable[[str, Iterable[Problem], date], Grid]]] = {
    "problems": ("问题清单", problem_list), "tasks": ("任务清单", task_list), "duties": ("责任清单", duty_list),
}  # fmt: skip
"""Part of the URL → name and maker."""


def count_in(unit: Unit) -> int:
    """How many lines its lists have."""
    return problems_within(unit).exclude(state="withdrawn").count()


def list_file(unit: Unit, kind: str, today: date, on_step: Step = lambda done, total, said: None) -> tuple[str, bytes]:
    """Name and bytes of one list of everything in the unit's area that was not withdrawn; what people wrote is text in
    it, never a formula. on_step: told how far it is, reading the first half and writing the second."""
    name, make = LISTS[kind]
    total, out = count_in(unit), BytesIO()
    grid = make(unit.name, _read(unit, lambda done: on_step(done // 2, total, "读取问题")), today)
    with Book(out, title=grid.title) as book:
        book.add(grid, lambda done: on_step(min(total, (total + done) // 2), total, "写工作簿"))
    return f"{unit.name}{name}（{today}）.xlsx", out.getvalue()


def _read(unit: Unit, on_row: Callable[[int], None]) -> Iterator[Problem]:
    found = problems_within(unit).exclude(state="withdrawn").order_by("unit__path", "pk")
    for done, each in enumerate(found.iterator(chunk_size=_CHUNK), 1):
        on_row(done)
        yield each


def _of(problem: Problem) -> str:
    """Whose it is; who runs the school where that is not the county whose list may name it."""
    run_by = problem.unit.run_by_in_words
    return f"{problem.unit.name}（{run_by}）" if run_by else problem.unit.name


def _verdict(problem: Problem) -> str:
    verdict = Verdict.FAIL if problem.shortfall == Shortfall.FAIL else Verdict.INSUFFICIENT
    return f"{MARKS[verdict]} {verdict.label}"


def _task(problem: Problem) -> str:
    return problem.measures or (f"（建议）{problem.suggestion}" if problem.suggestion else "未报")


def _goal(problem: Problem) -> str:
    if problem.shortfall == Shortfall.INSUFFICIENT:
        return "补报或评定后重新判定"
    return problem.gap or (f"达到 {problem.required}" if problem.required else "—")


def _lead(problem: Problem) -> str:
    return problem.get_department_display() or "责任单位"


def _by(problem: Problem) -> str:
    day = problem.finish_on or problem.mend_by
    return in_words(day) if day else "未定"


def _day(today: date) -> str:
    return f"截至{in_words(today)}"
