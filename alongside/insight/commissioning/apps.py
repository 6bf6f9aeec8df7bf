from django.apps import AppConfig


class CommissioningConfig(AppConfig):
    name = "alongside.insight.commissioning"
    label = "commissioning"

    def ready(self) -> None:
        # Declares the room's permissions and rows.
        from alongside.insight.commissioning import policy  # noqa: F401
