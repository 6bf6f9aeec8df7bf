from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "alongside.casework.directory"
    label = "directory"

    def ready(self) -> None:
        from alongside.casework.directory import policy  # noqa: F401  declares the room's permissions
