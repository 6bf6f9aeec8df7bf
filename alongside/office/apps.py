from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "alongside.office"
    label = "office"

    def ready(self) -> None:
        from alongside.register.rights.about_her import left_out

        # Here, since rooms that count know of no copy.
        left_out("monitoring.returnwoman", "Which number in a return's figures stands for her record: it says no more.")
