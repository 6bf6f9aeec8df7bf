from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "alongside.insight.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        # Declares the room's permissions and rows, and its jobs.
        from alongside.insight.monitoring import jobs, policy  # noqa: F401
