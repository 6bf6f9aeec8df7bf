from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "alongside.register.rights"
    label = "rights"

    def ready(self) -> None:
        from alongside.register.rights import policy  # noqa: F401  declares the room's permissions
