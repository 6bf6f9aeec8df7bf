from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "alongside.casework.needs"
    label = "needs"

    def ready(self) -> None:
        from alongside.casework.needs import (
            her_copy,  # noqa: F401  how its rows are told to her
            policy,  # noqa: F401
        )
