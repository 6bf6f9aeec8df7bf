from django.apps import AppConfig


class KitConfig(AppConfig):
    """The page kit holds templates and static files; it has no table."""

    name = "alongside.foundation.kit"
    label = "kit"
