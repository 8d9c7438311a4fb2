"""The URLs of 公示, 公告 and objections."""

from __future__ import annotations

from django.urls import reverse

from junheng.web.flow.pages import process_pages
from junheng.web.pages.table import Open, Page
from junheng.web.publicity import actions, views
from junheng.web.publicity.models import Announcement, Objection
from junheng.web.publicity.permissions import SEE_OBJECTIONS


def _announcement(pk: int) -> Announcement:
    return Announcement.objects.select_related("unit", "round").get(pk=pk)


def _objection(pk: int) -> Objection:
    return Objection.objects.select_related("unit", "announcement").get(pk=pk)


PAGES = (
    Page("announcements/", "announcements", views.announcements, Open.PUBLIC, nav="公示公告", order=60),
    Page("announcements/<int:pk>/", "announcement", views.announcement, Open.PUBLIC, _announcement, ("GET", "POST")),
    Page("announcements/receipt/", "receipt", views.receipt, Open.PUBLIC),
    Page("objections/", "objections", views.objections, SEE_OBJECTIONS, nav="异议", order=61),
    Page("objections/<int:pk>/", "objection", views.objection, SEE_OBJECTIONS, _objection, ("GET", "POST")),
    *process_pages(
        Announcement, "announcements/", {"proclaim": actions.proclaim, "withdraw": actions.withdraw, "revoke": actions.revoke},
        lambda subject: reverse("announcement", kwargs={"pk": subject.pk}),
    ),
    *process_pages(
        Objection, "objections/", {"review": actions.review, "uphold": actions.uphold, "dismiss": actions.dismiss},
        lambda subject: reverse("objection", kwargs={"pk": subject.pk}),
    ),
)  # fmt: skip
