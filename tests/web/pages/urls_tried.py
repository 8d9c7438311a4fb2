"""The site's URLs, and a few pages with forms to try its script on."""

from __future__ import annotations

from uuid import uuid4

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path

from junheng.web.site import urls as site

TAKEN: dict[str, tuple[str, int]] = {}
"""What the form for bad signals has brought: client_id → words, photographs."""

_PAGE = """{%% extends "base.html" %%}{%% block title %%}试一试{%% endblock %%}{%% block lead %%}试一试{%% endblock %%}
{%% block content %%}%s{%% endblock %%}"""


def _shown(request: HttpRequest, content: str, **context: object) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(_PAGE % content).render(context, request))


def guarded(request: HttpRequest) -> HttpResponse:
    return _shown(request, """<form method="post" data-guard>{% csrf_token %}<div class="field"><label for="words">说明</label>
        <textarea id="words" name="words"></textarea></div><button class="button">保存</button></form>""")  # fmt: skip


def asked(request: HttpRequest) -> HttpResponse:
    return _shown(request, '<p><a class="button" data-dialog href="/tried/sure/">撤并和平区第一小学</a></p>')


def sure(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _shown(request, "<p>已撤并：{{ words }}</p>", words=request.POST["words"])
    return _shown(request, """<form method="post" data-guard>{% csrf_token %}<label>理由 <input name="words"></label>
        <button class="button">撤并和平区第一小学</button> <a class="button" href="/tried/asked/">先不撤并</a></form>""")  # fmt: skip


def upload(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return redirect(f"/tried/uploaded/?size={request.FILES['file'].size}")
    return _shown(request, """<form method="post" enctype="multipart/form-data">{% csrf_token %}<div class="field">
        <label for="file">工作簿</label><input id="file" type="file" name="file" data-most-mb="1"></div>
        <button class="button">上传</button></form>""")  # fmt: skip


def uploaded(request: HttpRequest) -> HttpResponse:
    return _shown(request, "<p>收到 {{ size }} 字节</p>", size=request.GET["size"])


def visit(request: HttpRequest) -> HttpResponse:
    words = request.POST.get("words", "")
    if request.method == "POST" and "不收" not in words:
        TAKEN.setdefault(request.POST["client_id"], (words, len(request.FILES.getlist("photo"))))
        return redirect("/tried/visit/")
    return _shown(request, """{% if words %}<p class="error-text">没有收下</p>{% endif %}
        <form method="post" enctype="multipart/form-data" action="/tried/visit/" data-offline>{% csrf_token %}
        <input type="hidden" name="client_id" value="{{ client_id }}"><div class="field"><label for="words">所见</label>
        <textarea id="words" name="words"></textarea></div><div class="field"><label for="photo">照片</label>
        <input id="photo" type="file" name="photo" multiple></div><button class="button">记下</button></form>
        <ul id="taken">{% for each in taken %}<li>{{ each.0 }}，{{ each.1 }} 张</li>{% endfor %}</ul>""",
        words=words, client_id=uuid4(), taken=TAKEN.values())  # fmt: skip


def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def unreadable(request: HttpRequest) -> HttpResponse:
    raise BadRequest("cut off")


def broken(request: HttpRequest) -> HttpResponse:
    raise ArithmeticError("0.46 / 0")


urlpatterns = [
    path("tried/refused/", refused), path("tried/unreadable/", unreadable), path("tried/broken/", broken),
    path("tried/guarded/", guarded), path("tried/asked/", asked), path("tried/sure/", sure), path("tried/upload/", upload),
    path("tried/uploaded/", uploaded), path("tried/visit/", visit), *site.urlpatterns,
]  # fmt: skip
