from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "alongside.casework.contacts"
    label = "contacts"

    def ready(self) -> None:
        from alongside.casework.contacts import (  # noqa: F401
            her_copy,  # how its rows are told to her
            policy,  # declares the room's permissions and rows
        )
