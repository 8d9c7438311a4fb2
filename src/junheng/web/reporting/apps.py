from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "junheng.web.reporting"
    label = "reporting"
    verbose_name = "填报"

    def ready(self) -> None:
        from junheng.web.reporting import jobs, receivers  # noqa: F401
