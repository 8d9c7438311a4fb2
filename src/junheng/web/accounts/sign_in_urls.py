"""The sign-in libraries' own URLs, each named here. What is not named here is not there: signing up, managing e-mail
addresses, signing in by a code sent. A forgotten password is asked for on a page of our own (views/forgotten.py)."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.urls import URLPattern, path, re_path
from django.views.generic import RedirectView

from junheng.web.accounts.cas import cas_login

ACCOUNT = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    re_path(r"^password/link/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$", account.password_reset_from_key, name="account_reset_password_from_key"),
    path("password/link/done/", RedirectView.as_view(pattern_name="account_login"), name="account_reset_password_from_key_done"),
]
TWO_FACTOR = [
    path("2fa/", RedirectView.as_view(pattern_name="me"), name="mfa_index"),  # where the library goes when it is done
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
OIDC = [
    path("identity/", social.connections, name="socialaccount_connections"),
    path("identity/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("identity/error/", social.login_error, name="socialaccount_login_error"),
    path("oidc/<slug:provider_id>/login/", oidc.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", oidc.callback, name="openid_connect_callback"),
]
CAS = [path("cas/", cas_login, name="cas_ng_login")]


def sign_in_urls(*, with_oidc: bool, with_cas: bool) -> list[URLPattern]:
    return [*ACCOUNT, *TWO_FACTOR, *(OIDC if with_oidc else []), *(CAS if with_cas else [])]


urlpatterns = sign_in_urls(with_oidc=bool(settings.SOCIALACCOUNT_PROVIDERS), with_cas=bool(settings.CAS_SERVER_URL))
