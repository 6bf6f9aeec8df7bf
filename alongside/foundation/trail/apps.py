from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "alongside.foundation.trail"
    label = "trail"
