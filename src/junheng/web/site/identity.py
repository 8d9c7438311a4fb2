"""The identity provider of the deployment, in the words of the sign-in library."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from junheng.web.site.environment import OidcProvider


def oidc_provider(provider: OidcProvider | None) -> dict[str, Any]:
    """SOCIALACCOUNT_PROVIDERS: at most one, reached as /accounts/oidc/unified/."""
    if provider is None:
        return {}
    app = {
        "provider_id": "unified", "name": provider.name, "client_id": provider.client_id, "secret": provider.secret,
        "settings": {"server_url": provider.issuer, "oauth_pkce_enabled": True},
    }  # fmt: skip
    return {"openid_connect": {"APPS": [app]}}


def origin_of(url: str) -> str:
    """Scheme and host, as a content security policy names them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
