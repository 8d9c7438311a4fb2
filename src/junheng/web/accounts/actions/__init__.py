"""Everything that changes accounts, invitations and sessions."""

from junheng.web.accounts.actions.bulk import fetch_sheet, forget_expired, open_in_bulk
from junheng.web.accounts.actions.check_many import begin_inviting, check_all
from junheng.web.accounts.actions.demo import open_demo_accounts
from junheng.web.accounts.actions.forgotten import ask_by_email, give_link
from junheng.web.accounts.actions.invitations import accept, invite, withdraw
from junheng.web.accounts.actions.invite_many import fetch_links, forget_links
from junheng.web.accounts.actions.keep import (
    change_place,
    disable,
    enable,
    open_account,
    remove_second_factor,
    reset_password,
    show_contact,
    unlock,
)  # fmt: skip
from junheng.web.accounts.actions.own import change_contact, end_other_sessions

__all__ = [
    "accept", "ask_by_email", "begin_inviting", "change_contact", "change_place", "check_all", "disable", "enable", "end_other_sessions", "fetch_links", "fetch_sheet", "forget_expired",
    "forget_links", "give_link", "invite", "open_account", "open_demo_accounts", "open_in_bulk", "remove_second_factor", "reset_password", "show_contact", "unlock", "withdraw",
]  # fmt: skip
