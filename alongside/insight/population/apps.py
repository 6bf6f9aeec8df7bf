from django.apps import AppConfig


class PopulationConfig(AppConfig):
    name = "alongside.insight.population"
    label = "population"

    def ready(self) -> None:
        # Declares the room's permissions and rows, and its jobs.
        from alongside.insight.population import jobs, policy  # noqa: F401
