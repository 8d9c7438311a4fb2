"""URLs of the pages about the API; its own operations are in v1.py."""

from __future__ import annotations

from junheng.web.accounts.permissions import KEEP, KEEP_CLERKS
from junheng.web.accounts.views.users import account
from junheng.web.api.permissions import USE
from junheng.web.api.views.guide import guide
from junheng.web.api.views.hooks import hook, hooks
from junheng.web.api.views.tokens import account_tokens, token_revoke, tokens
from junheng.web.pages.table import Open, Page

_BOTH = ("GET", "POST")

PAGES = (
    Page("me/tokens/", "api_tokens", tokens, USE, methods=_BOTH, nav="接口令牌", own=True),
    Page("me/tokens/<int:pk>/revoke/", "api_token_revoke", token_revoke, (USE, KEEP), methods=("POST",)),
    Page("users/<int:pk>/tokens/", "api_account_tokens", account_tokens, (KEEP, KEEP_CLERKS), account, _BOTH),
    Page("me/hooks/", "api_hooks", hooks, USE, methods=_BOTH),
    Page("me/hooks/<int:pk>/", "api_hook", hook, USE, methods=_BOTH),
    Page("developers/", "api_guide", guide, Open.PUBLIC),
)
