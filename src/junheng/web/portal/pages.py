"""The URLs of the public pages. All of them are open; publishing is the province's."""

from __future__ import annotations

from junheng.web.pages.table import Open, Page
from junheng.web.portal.models import DataRelease
from junheng.web.portal.permissions import PUBLISH_DATA
from junheng.web.portal.views import data, home, places


def _release(number: int) -> DataRelease:
    return DataRelease.objects.get(number=number)


PAGES = (
    Page("public/", "portal", home.home, Open.PUBLIC),
    Page("public/search/", "public_search", home.search, Open.PUBLIC),
    Page("public/counties/<str:code>/", "public_county", places.county, Open.PUBLIC, places.county_of),
    Page("public/schools/<str:code>/", "public_school", places.school, Open.PUBLIC, places.school_of),
    Page("public/data/", "open_data", data.versions, Open.PUBLIC),
    Page("public/data/dictionary/", "open_data_dictionary", data.dictionary, Open.PUBLIC),
    Page("public/data/publish/", "open_data_publish", data.publish, PUBLISH_DATA, methods=("GET", "POST"), nav="开放数据", order=62),
    Page("public/data/<int:number>/", "open_data_version", data.version, Open.PUBLIC, _release),
    Page("public/data/<int:number>/<slug:dataset>.<slug:format>", "open_data_file", data.data_file, Open.PUBLIC, _release),
)
