from django.urls import include, path

from junheng.web.api import v1
from junheng.web.pages.table import urlpatterns_of
from junheng.web.site.table import PAGES

urlpatterns = [
    *urlpatterns_of(PAGES),
    path("accounts/", include("junheng.web.accounts.sign_in_urls")),
    path(v1.PREFIX, include((v1.urlpatterns(), v1.NAMESPACE))),
]
