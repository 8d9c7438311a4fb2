"""我的事件推送, and the messages of one."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from junheng.common.errors import UserError
from junheng.web.accounts.signed_in import me
from junheng.web.api.actions import end_hook, make_hook, send_message_again
from junheng.web.api.forms import HookForm
from junheng.web.api.models import Hook, HookMessage
from junheng.web.api.scopes import in_words
from junheng.web.notices.models import DeliveryState
from junheng.web.pages.listing import page_of


def hooks(request: HttpRequest) -> HttpResponse:
    """Those of the account, and the form for a new one. The secret is in the answer to the request, once."""
    user = me(request)
    form = HookForm(request.POST or None, account=user)
    made: Hook | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = make_hook(user, **form.cleaned_data)
            form = HookForm(account=user)
        except UserError as error:
            form.add_error(None, str(error))
    mine = Hook.objects.filter(user=user).select_related("user").defer("secret")
    counted = {state: Count("messages", Q(messages__state=state)) for state in ("waiting", "sent", "failed")}
    page = page_of(request, mine.annotate(**counted).order_by("-pk"), mine.count())
    rows = [(each, in_words(each.scopes)) for each in page]
    response = render(request, "api/hooks.html", {"page": page, "rows": rows, "form": form, "made": made, "running": sum(not each.over for each in page)},
                      status=422 if form.errors else 200)  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response


def hook(request: HttpRequest, pk: int) -> HttpResponse:
    """Its messages, the newest first; one that failed can be sent again, and the subscription ended."""
    found = Hook.objects.select_related("user__unit").defer("secret").filter(pk=pk, user=me(request)).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        return _act(request, found)
    page = page_of(request, HookMessage.objects.filter(hook=found).select_related("hook"))
    failed = HookMessage.objects.filter(hook=found, state=DeliveryState.FAILED).count()
    return render(request, "api/hook.html", {"hook": found, "page": page, "failed": failed, "scopes": in_words(found.scopes)})


def _act(request: HttpRequest, hook: Hook) -> HttpResponse:
    again = request.POST.get("message", "")
    try:
        if not again.isdigit():
            end_hook(hook, by=me(request))
            messages.success(request, f"已停止推送“{hook.name}”。")
            return redirect("api_hooks")
        message = HookMessage.objects.filter(hook=hook, pk=int(again)).first()
        if message is None:
            raise Http404
        send_message_again(message, by=me(request))
        messages.success(request, "已重新排入发送，几秒内发出。")
    except UserError as error:
        messages.error(request, str(error))
    return redirect("api_hook", pk=hook.pk)
