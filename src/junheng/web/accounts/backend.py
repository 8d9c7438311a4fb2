"""Who signs in: allauth's way, with what every page asks of an account."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from junheng.web.accounts.models import User


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Fetches the account of a session together with its unit: the frame of every page names both."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("unit").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
