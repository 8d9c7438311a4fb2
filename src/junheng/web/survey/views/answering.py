"""The public's pages: type a code, answer, done. No account, no script, no cookie but the form's own."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from junheng.common.errors import UserError
from junheng.web.survey.actions import answer
from junheng.web.survey.actions.answering import Closed, NoSuchCode, code_of, refuse_closed
from junheng.web.survey.models import Code
from junheng.web.survey.pace import TooManyTries, count_wrong, refuse_too_many


def door(request: HttpRequest) -> HttpResponse:
    """Without a code, asks for one; with one, shows the questionnaire; with answers, takes them. The code travels in the body:
    what a server writes down of an address that answers holds none."""
    if request.method != "POST":
        return _unkept(_door(request))
    text = request.POST.get("code", "").strip()[:40]
    if not text:
        return _unkept(_door(request, UserError("没有填答题码", remedy="请照纸条上的码输入"), status=422))
    return _unkept(_tried(request, text, lambda code: _answered(request, text, code) if request.POST.get("act") == "answer" else _questions(request, text, code)))


def opened(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR code of a slip leads to."""
    return _unkept(_tried(request, code, lambda found: _questions(request, code, found)))


def _tried(request: HttpRequest, text: str, then: Callable[[Code], HttpResponse]) -> HttpResponse:
    address = request.META.get("REMOTE_ADDR", "")
    try:
        refuse_too_many(address)
        code = code_of(text)
        refuse_closed(code, code.sheet, code.sheet.stratum.survey)
        return then(code)
    except NoSuchCode as error:
        count_wrong(address)
        return _door(request, error, text, 422)
    except TooManyTries as error:
        return _door(request, error, text, 429)
    except UserError as error:
        return _door(request, error, status=422)


def _door(request: HttpRequest, error: UserError | None = None, text: str = "", status: int = 200) -> HttpResponse:
    return render(request, "survey/door.html", {"error": error, "text": text}, status=status)


def _questions(request: HttpRequest, text: str, code: Code, error: UserError | None = None) -> HttpResponse:
    stratum = code.sheet.stratum
    survey = stratum.survey
    asked = survey.questionnaire
    questions = [(number, each, request.POST.get(each.id, "")) for number, each in enumerate(asked.asked(stratum.group), 1)]
    context = {"survey": survey, "stratum": stratum, "asked": asked, "questions": questions, "code": text, "error": error,
               "group": asked.group(stratum.group), "today": timezone.localdate()}  # fmt: skip
    return render(request, "survey/questions.html", context, status=422 if error else 200)


def _answered(request: HttpRequest, text: str, code: Code) -> HttpResponse:
    """Nothing of the answer is kept with the code; a form that is not complete comes back as it was filled in."""
    try:
        answer(text, request.POST.dict())
    except (NoSuchCode, Closed):
        raise
    except UserError as error:
        return _questions(request, text, code, error)
    return render(request, "survey/thanks.html", {"survey": code.sheet.stratum.survey})


def _unkept(response: HttpResponse) -> HttpResponse:
    """No copy of it stays on a shared machine, and what is sent from it does not name the page, whose address may hold a code."""
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "strict-origin"
    return response
