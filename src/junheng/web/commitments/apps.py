from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "junheng.web.commitments"
    label = "commitments"
    verbose_name = "政策落实"
