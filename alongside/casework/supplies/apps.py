from django.apps import AppConfig


class SuppliesConfig(AppConfig):
    name = "alongside.casework.supplies"
    label = "supplies"

    def ready(self) -> None:
        from alongside.casework.supplies import policy  # noqa: F401  declares the room's permissions and rows
