from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "junheng.web.site"
    label = "junheng_site"
    verbose_name = "站点"
