from django.apps import AppConfig


class FlowConfig(AppConfig):
    name = "junheng.web.flow"
    label = "flow"
    verbose_name = "流程"
