from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "alongside.register.rights"
    label = "rights"

    def ready(self) -> None:
        from alongside.register.rights import (  # noqa: F401
            her_copy,  # how its rows, and those of people, are told to her
            policy,  # declares the room's permissions
        )
