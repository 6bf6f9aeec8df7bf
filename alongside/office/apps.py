from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "alongside.office"
    label = "office"

    def ready(self) -> None:
        from allauth.account.signals import authentication_step_completed

        from alongside.office.accounts.session_life import renew
        from alongside.register.rights.about_her import left_out

        authentication_step_completed.connect(renew, dispatch_uid="a new key for the session")

        # Here, since rooms that count know of no copy.
        left_out("monitoring.returnwoman", "Which number in a return's figures stands for her record: it says no more.")
