"""URLs of the dashboards."""

from __future__ import annotations

from junheng.web.areas.models import Unit
from junheng.web.dashboards.models import Scenario
from junheng.web.dashboards.permissions import SEE, SUPPOSE
from junheng.web.dashboards.views.boards import board, boards
from junheng.web.dashboards.views.export import board_tables, scenario_book, whatif_book
from junheng.web.dashboards.views.search import clauses, search
from junheng.web.dashboards.views.trace import board_trace, board_trace_cells
from junheng.web.dashboards.views.whatif import scenario, whatif
from junheng.web.pages.table import Page
from junheng.web.reporting.queries import UnitInRound
from junheng.web.rounds.models import Round


def _place(round_id: int, code: str) -> UnitInRound:
    rounds = Round.objects.select_related("unit").exclude(state="planned")
    return UnitInRound(rounds.get(pk=round_id), Unit.objects.select_related("parent", "lies_in").get(code=code))


def _scenario(pk: int) -> Scenario:
    return Scenario.objects.select_related("unit", "round").get(pk=pk)


_BOARD = "boards/<int:round_id>/<slug:code>/"

PAGES = (
    Page("boards/", "boards", boards, SEE, nav="看板", order=10),
    Page("search/", "search", search, SEE),
    Page("clauses/", "clauses", clauses, SEE),
    Page(_BOARD, "board", board, SEE, _place),
    Page(f"{_BOARD}tables.xlsx", "board_tables", board_tables, SEE, _place),
    Page(f"{_BOARD}whatif/", "whatif", whatif, SUPPOSE, _place, ("GET", "POST")),
    Page(f"{_BOARD}whatif/tables.xlsx", "whatif_book", whatif_book, SUPPOSE, _place),
    Page("scenarios/<int:pk>/", "scenario", scenario, SUPPOSE, _scenario),
    Page("scenarios/<int:pk>/tables.xlsx", "scenario_book", scenario_book, SUPPOSE, _scenario),
    Page(f"{_BOARD}trace/<slug:item>/", "board_trace", board_trace, SEE, _place),
    Page(f"{_BOARD}trace/<slug:item>/cells.xlsx", "board_trace_cells", board_trace_cells, SEE, _place),
)
