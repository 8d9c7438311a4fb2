"""The site's URLs as they are where OIDC and CAS are set."""

from django.urls import include, path

from junheng.web.accounts.sign_in_urls import sign_in_urls
from junheng.web.pages.table import urlpatterns_of
from junheng.web.site.table import PAGES

urlpatterns = [*urlpatterns_of(PAGES), path("accounts/", include(sign_in_urls(with_oidc=True, with_cas=True)))]
