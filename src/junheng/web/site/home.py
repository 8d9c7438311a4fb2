"""The first page: what waits for me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.web.site.waiting_for import WAITING


def home(request: HttpRequest) -> HttpResponse:
    waiting = [line for of_room in WAITING for line in of_room(request.user)]
    waiting.sort(key=lambda line: (line.due_on is None, line.due_on or 0, line.title))
    return render(request, "site/home.html", {"waiting": waiting, "total": sum(line.count for line in waiting)})
