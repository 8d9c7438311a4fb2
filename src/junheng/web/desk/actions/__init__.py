"""What changes in the database for the desk."""

from junheng.web.desk.actions.answers import keep_answer, keep_refusal
from junheng.web.desk.actions.forget import delete_plan, forget_plans
from junheng.web.desk.actions.make import Draft, change_plan, make_plan, put_table, remove_table
from junheng.web.desk.actions.pins import keep_pins
from junheng.web.desk.actions.reading import record_fetched
from junheng.web.desk.actions.solve import settle, start, stop
from junheng.web.desk.actions.tasks import raise_tasks

__all__ = [
    "Draft", "change_plan", "delete_plan", "forget_plans", "keep_answer", "keep_pins", "keep_refusal", "make_plan", "put_table", "raise_tasks", "record_fetched",
    "remove_table", "settle", "start", "stop",
]  # fmt: skip
