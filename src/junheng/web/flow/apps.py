from django.apps import AppConfig


class FlowConfig(AppConfig):
    name = "junheng.web.flow"
    label = "flow"
    verbose_name = "流程"

    def ready(self) -> None:
        from junheng.web.audit import words
        from junheng.web.flow.spoken import action_in_words, subject_in_words

        words.also(action_in_words, subject_in_words)
