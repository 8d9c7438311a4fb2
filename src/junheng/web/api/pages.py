"""URLs of the pages about the API; its own operations are in v1.py."""

from __future__ import annotations

from junheng.web.api.permissions import USE
from junheng.web.api.views.tokens import token_revoke, tokens
from junheng.web.pages.table import Page

PAGES = (
    Page("me/tokens/", "api_tokens", tokens, USE, methods=("GET", "POST"), nav="接口令牌", own=True),
    Page("me/tokens/<int:pk>/revoke/", "api_token_revoke", token_revoke, USE, methods=("POST",)),
)
