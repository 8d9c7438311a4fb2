from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "junheng.web.portal"
    label = "portal"
    verbose_name = "公众查询"

    def ready(self) -> None:
        from junheng.web.portal import jobs  # noqa: F401
