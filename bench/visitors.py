"""People at a site: threads that sign in, open pages, and wait as people do; and what each answer took."""

from __future__ import annotations

import http.client
import random
import re
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit


@dataclass
class Answers:
    """seconds of every answer, by what was asked; failures: answers that were not what they should be."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, seconds: float, status: int) -> None:
        with self.lock:
            self.seconds.setdefault(name, []).append(seconds)
            if status not in (200, 302, 303):
                self.failures.append(f"{name}: {status}")

    def all(self) -> list[float]:
        return [each for taken in self.seconds.values() for each in taken]


def percentile(seconds: Sequence[float], share: float) -> float:
    """The value that `share` of the answers did not exceed (nearest rank)."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


def median(seconds: Sequence[float]) -> float:
    return statistics.median(seconds)


_IDLE_SECONDS = 15.0
"""A browser opens a new connection where the old one lay idle; servers close those."""


class Visitor:
    """One browser: a connection kept open, its cookies, and the form token of the last page."""

    def __init__(self, base: str, answers: Answers) -> None:
        parts = urlsplit(base)
        self._connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=60)
        self.answers, self.cookies, self.token = answers, dict[str, str](), ""
        self._used = time.monotonic()

    def get(self, path: str, name: str = "") -> str:
        return self._ask("GET", path, name or path, None, {})

    def post(self, path: str, data: dict[str, str], name: str = "") -> str:
        body = urlencode({**data, "csrfmiddlewaretoken": self.token})
        return self._ask("POST", path, name or path, body.encode(), {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path: str, field_name: str, file_name: str, content: bytes, name: str) -> str:
        boundary = "junheng" + "".join(random.choices("0123456789abcdef", k=24))
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self.token}\r\n'.encode(),
            f'--{boundary}\r\nContent-Disposition: form-data; name="{field_name}"; filename="{file_name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n".encode(), content, f"\r\n--{boundary}--\r\n".encode(),
        ]  # fmt: skip
        return self._ask("POST", path, name, b"".join(parts), {"Content-Type": f"multipart/form-data; boundary={boundary}"})

    def sign_in(self, username: str, password: str) -> None:
        self.get("/accounts/login/", "sign in")
        self.post("/accounts/login/", {"login": username, "password": password}, "sign in")
        if "sessionid" not in self.cookies:
            raise RuntimeError(f"{username} could not sign in")

    def _ask(self, method: str, path: str, name: str, body: bytes | None, headers: dict[str, str]) -> str:
        headers = {**headers, "Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items()), "Referer": "http://127.0.0.1/"}
        if time.monotonic() - self._used > _IDLE_SECONDS:
            self._connection.close()
        start = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        self.answers.add(name, time.perf_counter() - start, response.status)
        self._used = time.monotonic()
        for header, value in response.getheaders():
            if header.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";", 1)[0]
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
        self.token = found[1] if found else self.token or self.cookies.get("csrftoken", "")
        if response.status in (302, 303):
            return response.getheader("Location") or ""
        return text


def together(visitors: Sequence[Callable[[], None]]) -> list[BaseException]:
    """Let them all go at once and wait for the last; returns what went wrong."""
    wrong: list[BaseException] = []

    def go(visit: Callable[[], None]) -> None:
        try:
            visit()
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=go, args=(visit,)) for visit in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def wandering(visitor: Visitor, pages: Sequence[str], seconds: float, think_seconds: float, seed: int) -> Callable[[], None]:
    """A person who opens one of the pages, reads for a while (exponential, mean think_seconds), and opens the next."""

    def visit() -> None:
        rng = random.Random(seed)
        until = time.monotonic() + seconds
        time.sleep(rng.random() * think_seconds)
        while time.monotonic() < until:
            visitor.get(rng.choice(pages))
            time.sleep(rng.expovariate(1 / think_seconds))

    return visit
