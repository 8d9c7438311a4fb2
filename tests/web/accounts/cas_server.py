"""A real, small CAS server: login hands out a ticket, serviceValidate answers for it once, over HTTP."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote, urlsplit
from xml.sax.saxutils import escape

from accounts.loopback import Handler, serving

_ANSWER = "<cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'>{}</cas:serviceResponse>"
_YES = "<cas:authenticationSuccess><cas:user>{}</cas:user></cas:authenticationSuccess>"
_NO = "<cas:authenticationFailure code='INVALID_TICKET'>no</cas:authenticationFailure>"


@dataclass
class Cas:
    """user: who is signed in at the server. broken: it answers nonsense."""

    url: str = ""
    user: str = ""
    broken: bool = False
    tickets: dict[str, tuple[str, str]] = field(default_factory=dict)


@contextmanager
def cas_server() -> Iterator[Cas]:
    cas = Cas()

    class Answers(Handler):
        def do_GET(self) -> None:  # noqa: N802
            url = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(url.query).items()}
            if url.path == "/login":
                ticket = f"ST-{secrets.token_urlsafe()}"
                cas.tickets[ticket] = (cas.user, asked["service"])
                self.reply(302, Location=f"{asked['service']}?ticket={quote(ticket)}")
            elif cas.broken:
                self.reply(500, b"<html>down")
            else:
                user, service = cas.tickets.pop(asked["ticket"], ("", ""))
                good = bool(user) and service == asked["service"]
                self.reply(200, _ANSWER.format(_YES.format(escape(user)) if good else _NO).encode(), Content_Type="text/xml")

    with serving(Answers) as cas.url:
        yield cas
