from django.apps import AppConfig


class RectificationConfig(AppConfig):
    name = "junheng.web.rectification"
    label = "rectification"
    verbose_name = "整改"

    def ready(self) -> None:
        from junheng.web.rectification import jobs  # noqa: F401
