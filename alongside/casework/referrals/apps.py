from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "alongside.casework.referrals"
    label = "referrals"

    def ready(self) -> None:
        from alongside.casework.referrals import policy  # noqa: F401
