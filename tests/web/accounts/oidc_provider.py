"""A real, small OpenID Connect provider: discovery, authorize (with PKCE), token, keys, userinfo, over HTTP."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from accounts.loopback import Handler, serving
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT_ID, SECRET = "junheng", "a-secret-of-the-deployment"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """person: the claims of whoever is signed in at the provider; None: the person presses cancel."""

    url: str = ""
    person: dict[str, str] | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, dict[str, str]] = field(default_factory=dict)


@contextmanager
def oidc_provider() -> Iterator[Provider]:
    provider = Provider()

    class Answers(Handler):
        def do_GET(self) -> None:  # noqa: N802
            url = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(url.query).items()}
            match url.path:
                case "/.well-known/openid-configuration":
                    self._json(_configuration(provider.url))
                case "/keys":
                    self._json({"keys": [json.loads(RSAAlgorithm.to_jwk(_KEY.public_key())) | {"kid": "1", "use": "sig", "alg": "RS256"}]})
                case "/authorize":
                    self.reply(302, Location=_authorize(provider, asked))
                case "/userinfo":
                    self._json(provider.tokens[self.headers["Authorization"].removeprefix("Bearer ")])
                case _:
                    self.reply(404)

        def do_POST(self) -> None:  # noqa: N802
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            answer = _token(provider, {name: values[0] for name, values in parse_qs(body).items()})
            self._json(answer, 200 if "id_token" in answer else 400)

        def _json(self, content: dict[str, Any], status: int = 200) -> None:
            self.reply(status, json.dumps(content).encode(), Content_Type="application/json")

    with serving(Answers) as provider.url:
        yield provider


def _configuration(url: str) -> dict[str, Any]:
    return {"issuer": url, "authorization_endpoint": f"{url}/authorize", "token_endpoint": f"{url}/token", "userinfo_endpoint": f"{url}/userinfo",
            "jwks_uri": f"{url}/keys", "token_endpoint_auth_methods_supported": ["client_secret_post"]}  # fmt: skip


def _authorize(provider: Provider, asked: dict[str, str]) -> str:
    assert asked["client_id"] == CLIENT_ID
    assert asked["code_challenge_method"] == "S256"
    if provider.person is None:
        return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
    code = secrets.token_urlsafe()
    provider.codes[code] = {"challenge": asked["code_challenge"], "redirect_uri": asked["redirect_uri"]}
    return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"


def _token(provider: Provider, asked: dict[str, str]) -> dict[str, Any]:
    granted = provider.codes.pop(asked["code"], None)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asked["code_verifier"].encode()).digest()).rstrip(b"=").decode()
    if granted is None or granted["challenge"] != challenge or (asked["client_id"], asked["client_secret"]) != (CLIENT_ID, SECRET):
        return {"error": "invalid_grant"}
    assert provider.person is not None
    token, now = secrets.token_urlsafe(), int(time.time())
    provider.tokens[token] = provider.person
    claims = {"iss": provider.url, "aud": CLIENT_ID, "iat": now, "exp": now + 60, **provider.person}
    return {"access_token": token, "token_type": "Bearer", "expires_in": 60, "id_token": jwt.encode(claims, _KEY, "RS256", {"kid": "1"})}
