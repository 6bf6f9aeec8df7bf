from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "alongside.casework.referrals"
    label = "referrals"

    def ready(self) -> None:
        from alongside.casework.referrals import (  # noqa: F401
            her_copy,  # how its rows are told to her
            policy,  # declares the room's permissions and rows
        )
