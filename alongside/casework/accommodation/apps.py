from django.apps import AppConfig


class AccommodationConfig(AppConfig):
    name = "alongside.casework.accommodation"
    label = "accommodation"

    def ready(self) -> None:
        # Declares the room's permissions and rows.
        from alongside.casework.accommodation import policy  # noqa: F401
