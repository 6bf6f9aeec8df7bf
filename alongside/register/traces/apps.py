from django.apps import AppConfig


class TracesConfig(AppConfig):
    name = "alongside.register.traces"
    label = "traces"

    def ready(self) -> None:
        from alongside.register.traces import policy  # noqa: F401  declares the room's permissions
