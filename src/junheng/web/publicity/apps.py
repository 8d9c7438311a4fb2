from django.apps import AppConfig


class PublicityConfig(AppConfig):
    name = "junheng.web.publicity"
    label = "publicity"
    verbose_name = "公示与公告"
