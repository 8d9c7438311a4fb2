from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "junheng.web.rounds"
    label = "rounds"
    verbose_name = "评估轮次"
