"""The URLs of the room. Those of the sign-in libraries are in sign_in_urls.py."""

from __future__ import annotations

from junheng.web.accounts.permissions import KEEP, KEEP_CLERKS
from junheng.web.accounts.views.bulk import bulk, bulk_template
from junheng.web.accounts.views.forgotten import forgotten
from junheng.web.accounts.views.invitations import invitation_of, invitations, invite, join
from junheng.web.accounts.views.me import me
from junheng.web.accounts.views.users import account, user, users
from junheng.web.pages.table import Open, Page

_KEEPERS = (KEEP, KEEP_CLERKS)
_BOTH = ("GET", "POST")

PAGES = (
    Page("me/", "me", me, Open.SIGNED_IN, methods=_BOTH),
    Page("users/", "users", users, _KEEPERS, nav="账号", order=85),
    Page("users/<int:pk>/", "user", user, _KEEPERS, account, _BOTH),
    Page("users/invitations/", "invitations", invitations, _KEEPERS, methods=_BOTH),
    Page("users/invite/", "invite", invite, _KEEPERS, methods=_BOTH),
    Page("users/bulk/", "bulk_accounts", bulk, _KEEPERS, methods=_BOTH),
    Page("users/bulk/template/", "bulk_template", bulk_template, _KEEPERS),
    Page("forgotten/", "password_forgotten", forgotten, Open.PUBLIC, methods=_BOTH),
    Page("join/<str:token>/", "join", join, Open.PUBLIC, invitation_of, _BOTH),
)
