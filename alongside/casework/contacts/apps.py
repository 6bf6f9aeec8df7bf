from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "alongside.casework.contacts"
    label = "contacts"

    def ready(self) -> None:
        from alongside.casework.contacts import policy  # noqa: F401  declares the room's permissions and rows
