"""The box in the head of every page, and the clauses it leads to."""

from __future__ import annotations

from itertools import groupby
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.web.accounts.models import User
from junheng.web.dashboards.searching import clauses_seen_by, found
from junheng.web.rounds.queries import current_round


def search(request: HttpRequest) -> HttpResponse:
    user, text = cast(User, request.user), request.GET.get("q", "").strip()
    groups = found(user, text, current_round(user))
    return render(request, "dashboards/search.html", {"q": text, "groups": groups, "count": sum(len(each.hits) for each in groups)})


def clauses(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    round = current_round(user)
    told = groupby(clauses_seen_by(user, round), lambda each: each.group)
    grouped = [(label, list(of)) for label, of in told]
    groups = [(label, of, any(each.text for each in of)) for label, of in grouped]
    return render(request, "dashboards/clauses.html", {"round": round, "groups": groups})
