"""The form in the page: every field, saved section by section."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from junheng.common.errors import UserError
from junheng.web.accounts.signed_in import me
from junheng.web.areas.models import Unit
from junheng.web.reporting import live
from junheng.web.reporting.actions import add_version
from junheng.web.reporting.entered import Entry, base_of, enter
from junheng.web.reporting.form import Section, sections
from junheng.web.reporting.models import Submission
from junheng.web.reporting.permissions import FILL, OVERSEE
from junheng.web.reporting.told import with_short_place


def submission_form(request: HttpRequest, submission: Submission) -> HttpResponse:
    return _page(request, submission, Entry())


def submission_save(request: HttpRequest, submission: Submission, section: str) -> HttpResponse:
    """Save one section. What cannot be taken stays in its field with the reason under it; the rest is saved."""
    user, refusal = me(request), ""
    base = base_of(submission)
    seen = request.POST.get("base_now") or request.POST.get("base", "")
    entry = enter(submission, base, request.POST.dict(), user)
    if entry.draft is not None:
        try:
            add_version(submission, replace(entry.draft, base=int(seen) if seen.isdigit() else base.number), by=user)
        except UserError as error:
            refusal = str(error)
            entry = Entry(typed=request.POST.dict())
    submission = Submission.objects.select_related("unit", "round", "latest").get(pk=submission.pk)
    if request.htmx:  # type: ignore[attr-defined]
        return _section(request, submission, entry, section, refusal)
    if refusal or entry.wrong:
        messages.error(request, refusal or f"{len(entry.wrong)} 项没有保存，请看字段下面的说明。")
        return _page(request, submission, entry, 422)
    messages.success(request, f"已保存 {len(entry.changed)} 项。" if entry.changed else "没有改动。")
    return redirect(f"{reverse('submission_form', args=[submission.pk])}#{section}")


def _page(request: HttpRequest, submission: Submission, entry: Entry, status: int = 200) -> HttpResponse:
    context = _context(request, submission, entry)
    return render(request, "reporting/form.html", context, status=status)


def _section(request: HttpRequest, submission: Submission, entry: Entry, id: str, refusal: str) -> HttpResponse:
    """The section alone, and beside it, out of band, what the whole page says."""
    context = _context(request, submission, entry)
    section = next((each for each in context["sections"] if each.id == id), None)
    if section is None:
        raise Http404
    saved = f"已保存 {len(entry.changed)} 项" if entry.changed else "" if entry.wrong or refusal else "没有改动"
    return render(request, "reporting/section_saved.html", {**context, "section": section, "saved": saved, "refusal": refusal})


def _context(request: HttpRequest, submission: Submission, entry: Entry) -> dict[str, Any]:
    user, base = me(request), base_of(submission)
    everything = "all" in request.GET
    found = [with_short_place(each) for each in base.findings]
    shown = [_typed(each, entry) for each in sections(submission, base.facts, base.last_year, found, everything=everything)]
    campuses = [str(row["campus"] or "") for row in base.facts.school] if len(base.facts.school) > 1 and base.number else []
    return {
        "campuses": list(enumerate(campuses)), "submission": submission, "version": submission.latest, "base": base.number, "sections": shown, "everything": everything,
        "may_fill": FILL.allows(user, submission) and submission.is_fillable, **live_context(request, submission),
    }  # fmt: skip


def _typed(section: Section, entry: Entry) -> Section:
    """The section with what was just typed and could not be taken."""
    return replace(section, lines=tuple(
        replace(line, shown=entry.typed.get(line.name, line.shown), wrong=entry.wrong.get(line.name, "")) for line in section.lines
    ))  # fmt: skip


def live_context(request: HttpRequest, submission: Submission) -> dict[str, Any]:
    """The county's verdict as it stands, for those who oversee the county."""
    if not OVERSEE.held_by(me(request)) or not submission.county_code:
        return {"live": None}
    county = submission.unit if submission.is_county else Unit.objects.get(code=submission.county_code)
    return {"live": live.verdict(submission.round, county), "county": county}
