from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "junheng.web.evidence"
    label = "evidence"
    verbose_name = "佐证"
