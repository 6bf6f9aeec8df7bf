from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "alongside.office"
    label = "office"
