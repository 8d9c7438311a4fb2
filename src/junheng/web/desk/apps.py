from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "junheng.web.desk"
    label = "desk"
    verbose_name = "规划台"

    def ready(self) -> None:
        from junheng.web.desk import jobs, sources  # noqa: F401
