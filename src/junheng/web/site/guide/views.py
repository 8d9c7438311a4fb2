"""帮助: the chapters of the guide, one's own first."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.web.accounts.models import User
from junheng.web.site.guide.chapters import chapters
from junheng.web.site.guide.rendering import rendered


def help_index(request: HttpRequest) -> HttpResponse:
    """Every chapter with what it is for."""
    own = chapters().get(request.user.role if isinstance(request.user, User) else "public")
    others = [each for each in chapters().values() if each != own]
    return render(request, "site/help.html", {"own": own, "others": others})


def help_chapter(request: HttpRequest, chapter: str) -> HttpResponse:
    found = chapters().get(chapter)
    if found is None:
        raise Http404
    return render(request, "site/help_chapter.html", {"chapter": found, "text": rendered(found.text)})
