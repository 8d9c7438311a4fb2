"""The limit of objections from one place holds over all server processes together."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from own_database import own_database

EACH = 15
_PREPARE = """
from django.core.management import call_command
from django.utils import timezone
from junheng.web.areas.actions import ensure_divisions
from junheng.web.areas.models import Unit
from junheng.web.publicity.models import Announcement
from junheng.web.rounds.models import Round
call_command("migrate", verbosity=0)
province = ensure_divisions(["210102"])
round = Round.objects.create(name="一轮", school_year=2025, unit=province, state="open")
today = timezone.localdate()
Announcement.objects.create(unit=Unit.objects.get(code="210102"), round=round, about="", title="公示", body="", opens_on=today, closes_on=today)
"""
_SEND = f"""
import json, sys, uuid
from django.test import Client
from django.urls import reverse
from junheng.web.publicity.models import Announcement
url = reverse("announcement", args=[Announcement.objects.get().pk])
sys.stdin.readline()  # both begin at once
client = Client(REMOTE_ADDR="10.0.0.7", SERVER_NAME="localhost")
print(json.dumps([client.post(url, {{"text": "班额不符", "client_id": str(uuid.uuid4())}}).status_code for _ in range({EACH})]))
"""


def _process(code: str, data: Path, address: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "JUNHENG_DATA": str(data), "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "junheng.web.site.settings"}
    return subprocess.Popen([sys.executable, "-c", f"import django\ndjango.setup()\n{code}"], env=environment, stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, text=True)  # fmt: skip


def test_two_processes_count_as_one(tmp_path):
    with own_database() as address:
        assert _process(_PREPARE, tmp_path, address).communicate()[0] == ""
        both = [_process(_SEND, tmp_path, address) for _ in range(2)]
        for each in both:
            assert each.stdin is not None
            each.stdin.write("\n")
            each.stdin.flush()
        answers = [json.loads(each.communicate()[0]) for each in both]
    assert all(200 in each for each in answers)
    assert Counter(answers[0] + answers[1]) == {200: 20, 429: 2 * EACH - 20}
