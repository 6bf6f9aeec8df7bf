from django.apps import AppConfig


class InterchangeConfig(AppConfig):
    name = "alongside.insight.interchange"
    label = "interchange"

    def ready(self) -> None:
        # Declares the room's permissions and rows, and its jobs.
        from alongside.insight.interchange import jobs, policy  # noqa: F401
