from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "junheng.web.accounts"
    label = "accounts"
    verbose_name = "用户与权限"


    def ready(self) -> None:
        from junheng.web.accounts import jobs, receivers  # noqa: F401
