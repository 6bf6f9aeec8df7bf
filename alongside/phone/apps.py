from django.apps import AppConfig


class PhoneConfig(AppConfig):
    name = "alongside.phone"
    label = "phone"

    def ready(self) -> None:
        # Declares the room's permissions and rows.
        from alongside.phone import policy  # noqa: F401
