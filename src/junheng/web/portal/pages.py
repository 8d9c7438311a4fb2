"""The URLs of the public pages. All of them are open; publishing is the province's."""

from __future__ import annotations

from django.urls import reverse

from junheng.web.flow.pages import process_pages
from junheng.web.pages.table import Open, Page
from junheng.web.portal import actions
from junheng.web.portal.models import DataRelease, Disclosure, Lottery, Zoning
from junheng.web.portal.permissions import PUBLISH_DATA, RUN_ADMISSION
from junheng.web.portal.views import admission, data, desk, disclosure, home, places, policies


def _release(number: int) -> DataRelease:
    return DataRelease.objects.get(number=number)


def _lottery(pk: int) -> Lottery:
    return Lottery.objects.select_related("unit").get(pk=pk)


def _zoning(pk: int) -> Zoning:
    return Zoning.objects.select_related("unit").get(pk=pk)


PAGES = (
    Page("public/", "portal", home.home, Open.PUBLIC),
    Page("public/search/", "public_search", home.search, Open.PUBLIC),
    Page("public/counties/<str:code>/", "public_county", places.county, Open.PUBLIC, places.county_of),
    Page("public/schools/<str:code>/", "public_school", places.school, Open.PUBLIC, places.school_of),
    Page("public/data/", "open_data", data.versions, Open.PUBLIC),
    Page("public/data/dictionary/", "open_data_dictionary", data.dictionary, Open.PUBLIC),
    Page("public/data/publish/", "open_data_publish", data.publish, PUBLISH_DATA, methods=("GET", "POST"), nav="开放数据", order=62),
    Page("public/data/schools/", "school_figures", disclosure.school_figures, PUBLISH_DATA, methods=("GET", "POST")),
    Page("public/data/<int:number>/", "open_data_version", data.version, Open.PUBLIC, _release),
    Page("public/data/<int:number>/<slug:dataset>.<slug:format>", "open_data_file", data.data_file, Open.PUBLIC, _release),
    Page("public/data/methods/", "open_data_methods", policies.methods, Open.PUBLIC),
    Page("public/policies/", "public_policies", policies.policies, Open.PUBLIC),
    Page("public/policies/<slug:id>/", "public_policy", policies.policy, Open.PUBLIC, policies.document_of),
    Page("public/zones/", "zones", admission.zones, Open.PUBLIC),
    Page("public/lotteries/", "lotteries", admission.lotteries, Open.PUBLIC),
    Page("public/lotteries/<int:pk>/", "lottery", admission.lottery, Open.PUBLIC, _lottery),
    Page("public/lotteries/<int:pk>/list.txt", "lottery_list", admission.lottery_list, Open.PUBLIC, _lottery),
    Page("public/lotteries/<int:pk>/result.json", "lottery_result", admission.lottery_result, Open.PUBLIC, _lottery),
    Page("public/lotteries/<int:pk>/check/", "lottery_check", admission.lottery_check, Open.PUBLIC, _lottery, ("GET", "POST")),
    Page("admission/", "admission", desk.admission, RUN_ADMISSION, methods=("GET", "POST"), nav="招生入学", order=63),
    Page("admission/lotteries/<int:pk>/", "lottery_desk", desk.lottery_desk, RUN_ADMISSION, _lottery),
    Page("admission/zones/<int:pk>/", "zoning_desk", desk.zoning_desk, RUN_ADMISSION, _zoning),
    *process_pages(Lottery, "admission/lotteries/", {"draw": actions.draw_lottery, "withdraw": actions.withdraw_lottery},
                   lambda subject: reverse("lottery_desk", kwargs={"pk": subject.pk})),
    *process_pages(Disclosure, "public/data/schools/", {"withdraw": actions.stop_disclosing}, lambda subject: reverse("school_figures")),
    *process_pages(Zoning, "admission/zones/", {"withdraw": actions.withdraw_zoning}, lambda subject: reverse("zoning_desk", kwargs={"pk": subject.pk})),
)  # fmt: skip
