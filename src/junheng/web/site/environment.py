"""What a deployment may set, read once. Everything has a default that works on one machine without a network.

| variable | meaning | default |
|---|---|---|
| JUNHENG_DATA | folder of the database, keys, releases and evidence | ./data |
| DATABASE_URL | postgres://user:password@host/name | SQLite in the data folder |
| JUNHENG_STORE | s3://bucket/prefix for releases and evidence (AWS_* variables give endpoint and keys) | the data folder |
| JUNHENG_KEYS | folder of the keys; keep it off the database's backups | <data>/keys |
| JUNHENG_CIPHER | dotted name of a class that encrypts (privacy/cipher.py): an adapter of a hardware module | software: SM4-GCM, HMAC-SM3 |
| JUNHENG_HOSTS | host names the site answers to, comma separated | 127.0.0.1, localhost |
| JUNHENG_HTTPS | 1 where a proxy in front speaks HTTPS: secure cookies, HSTS | 0 |
| JUNHENG_OIDC_ISSUER, _CLIENT_ID, _SECRET | an OpenID Connect identity provider; its preferred_username is the account here | none |
| JUNHENG_OIDC_NAME | what the button of it says | 统一身份认证 |
| JUNHENG_CAS_URL | a CAS server; the name it gives is the account here | none |
| JUNHENG_SMTP | smtp://user:password@host:port for e-mail | e-mails are written to <data>/mail |
| JUNHENG_SMS | dotted name of a class that sends text messages (notices/channels.py) | none are sent |
| JUNHENG_WEBHOOK_NETWORKS | private networks events may be pushed to, comma separated: 10.1.0.0/16 | none: public addresses by https alone |
| JUNHENG_DEMO | 1 in the demonstration site: the sign-in page lists the demonstration accounts | 0 |
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path


@dataclass(frozen=True)
class OidcProvider:
    """issuer: its URL without /.well-known/…; name: what the button says."""

    issuer: str
    client_id: str
    secret: str
    name: str

    @staticmethod
    def read() -> OidcProvider | None:
        issuer = os.environ.get("JUNHENG_OIDC_ISSUER", "")
        if not issuer:
            return None
        return OidcProvider(
            issuer=issuer.rstrip("/"),
            client_id=os.environ["JUNHENG_OIDC_CLIENT_ID"],
            secret=os.environ["JUNHENG_OIDC_SECRET"],
            name=os.environ.get("JUNHENG_OIDC_NAME", "统一身份认证"),
        )


@dataclass(frozen=True)
class Environment:
    data: Path
    keys: Path
    cipher: str
    database_url: str
    store: str
    hosts: tuple[str, ...]
    https: bool
    demo: bool
    oidc: OidcProvider | None
    cas_url: str
    webhook_networks: tuple[IPv4Network | IPv6Network, ...]

    @staticmethod
    def read() -> Environment:
        data = Path(os.environ.get("JUNHENG_DATA", "data")).resolve()
        hosts = os.environ.get("JUNHENG_HOSTS", "127.0.0.1,localhost,[::1]")
        return Environment(
            data=data,
            keys=Path(os.environ.get("JUNHENG_KEYS", data / "keys")).resolve(),
            cipher=os.environ.get("JUNHENG_CIPHER", "junheng.web.privacy.software.SoftwareCipher"),
            database_url=os.environ.get("DATABASE_URL", ""),
            store=os.environ.get("JUNHENG_STORE", ""),
            hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
            https=os.environ.get("JUNHENG_HTTPS", "") == "1",
            demo=os.environ.get("JUNHENG_DEMO", "") == "1",
            oidc=OidcProvider.read(),
            cas_url=os.environ.get("JUNHENG_CAS_URL", ""),
            webhook_networks=tuple(ip_network(each.strip()) for each in os.environ.get("JUNHENG_WEBHOOK_NETWORKS", "").split(",") if each.strip()),
        )

    def secret(self) -> str:
        """Django's secret key: made at the first start, readable by the owner alone."""
        self.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self.keys / "django_secret"
        try:
            with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(secrets.token_urlsafe(64))
        except FileExistsError:
            pass
        return file.read_text()
