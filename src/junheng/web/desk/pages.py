"""The URLs of the desk."""

from __future__ import annotations

from junheng.web.desk.models import Plan, PlanFile
from junheng.web.desk.permissions import PLAN, SEE
from junheng.web.desk.views import comparing, files, listing, making
from junheng.web.desk.views import plan as one
from junheng.web.desk.views.pins import plan_pins
from junheng.web.desk.views.tasks import plan_tasks
from junheng.web.pages.table import Page
from junheng.web.rectification.permissions import RAISE


def _plan(pk: int) -> Plan:
    return Plan.objects.select_related("unit", "job").get(pk=pk)


def _file(pk: int, file_id: int) -> PlanFile:
    return PlanFile.objects.select_related("plan__unit").get(pk=file_id, plan=pk)


_POST = ("POST",)
_BOTH = ("GET", "POST")

PAGES = (
    Page("desk/", "plans", listing.plans, SEE, nav="规划台", order=11),
    Page("desk/new/", "plan_new", making.new, PLAN),
    Page("desk/new/<slug:code>/<slug:planner>/", "plan_make", making.make, PLAN, making.place_of, _BOTH),
    Page("desk/new/<slug:code>/<slug:planner>/tables.zip", "plan_templates", making.templates, PLAN, making.place_of),
    Page("desk/compare/", "plans_compared", comparing.compared, SEE),
    Page("desk/compare.xlsx", "plans_compared_book", comparing.compared_book, SEE),
    Page("desk/<int:pk>/", "plan", one.plan, SEE, _plan),
    Page("desk/<int:pk>/change/", "plan_change", making.change, PLAN, _plan, _BOTH),
    Page("desk/<int:pk>/start/", "plan_start", one.plan_start, PLAN, _plan, _POST),
    Page("desk/<int:pk>/settle/", "plan_settle", one.plan_settle, PLAN, _plan, _POST),
    Page("desk/<int:pk>/stop/", "plan_stop", one.plan_stop, PLAN, _plan, _POST),
    Page("desk/<int:pk>/delete/", "plan_delete", one.plan_delete, PLAN, _plan, _BOTH),
    Page("desk/<int:pk>/pins/", "plan_pins", plan_pins, PLAN, _plan, _BOTH),
    Page("desk/<int:pk>/tasks/", "plan_tasks", plan_tasks, RAISE, _plan, _BOTH),
    Page("desk/<int:pk>/page/", "plan_page", files.plan_page, SEE, _plan),
    Page("desk/<int:pk>/files.zip", "plan_files", files.plan_files, SEE, _plan, _BOTH),
    Page("desk/<int:pk>/files/<int:file_id>/", "plan_file", files.plan_file, SEE, _file, _BOTH),
)
