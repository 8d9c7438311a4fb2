"""What the site's list pages stand beside: a bare Django page: one view, one query, one template, fifty rows.

Served like the site (granian, the same processes and threads): `BARE_DATABASE=FILE granian --interface wsgi bare_django:application`.
"""

from __future__ import annotations

import os

import django
from django.conf import settings

TEMPLATE = """<!doctype html><html lang="zh"><head><title>名单</title></head><body><h1>名单</h1><table>
<thead><tr><th>名称</th><th>代码</th><th>类别</th></tr></thead><tbody>
{% for row in rows %}<tr><th>{{ row.name }}</th><td>{{ row.code }}</td><td>{{ row.kind }}</td></tr>{% endfor %}
</tbody></table></body></html>"""

settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["BARE_DATABASE"], "CONN_MAX_AGE": 600}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {
        "loaders": [("django.template.loaders.locmem.Loader", {"list.html": TEMPLATE})]}}],
)  # fmt: skip
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402


class Row(models.Model):
    """The same units that the site lists."""

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10)

    class Meta:
        app_label = "bare"
        managed = False
        db_table = "areas_unit"


def page(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", {"rows": Row.objects.order_by("code")[:50]})


urlpatterns = [path("", page)]
application = get_wsgi_application()
