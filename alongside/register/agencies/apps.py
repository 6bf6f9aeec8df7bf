from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "alongside.register.agencies"
    label = "agencies"

    def ready(self) -> None:
        from alongside.register.agencies import policy  # noqa: F401  declares the room's permissions
