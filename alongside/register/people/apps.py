from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "alongside.register.people"
    label = "people"

    def ready(self) -> None:
        from alongside.register.people import policy  # noqa: F401  declares the room's permissions and rows
