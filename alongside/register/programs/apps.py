from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "alongside.register.programs"
    label = "programs"

    def ready(self) -> None:
        from alongside.register.programs import policy  # noqa: F401  declares the room's permissions
