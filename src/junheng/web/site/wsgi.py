"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.web.site.settings")
application = get_wsgi_application()

# What start-up made stays for good: looking through it again and again for garbage took a seventh of a list page.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
