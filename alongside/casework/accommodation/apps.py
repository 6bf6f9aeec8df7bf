from django.apps import AppConfig


class AccommodationConfig(AppConfig):
    name = "alongside.casework.accommodation"
    label = "accommodation"

    def ready(self) -> None:
        from alongside.casework.accommodation import (  # noqa: F401
            her_copy,  # how its rows are told to her
            policy,  # declares the room's permissions and rows
        )
