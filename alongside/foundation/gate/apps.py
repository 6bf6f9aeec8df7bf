from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "alongside.foundation.gate"
    label = "gate"
