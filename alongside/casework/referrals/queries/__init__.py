"""What may be read of referrals. One noun a file."""

from alongside.casework.referrals.queries.lists import (
    SHOWN,
    Inbox,
    Named,
    TakenHer,
    across,
    arrivals,
    exported,
    inbox,
    of_record,
    open_to_us,
    outcomes,
    sent,
    taken,
)
from alongside.casework.referrals.queries.one import ReferralPage, choices, referral_page
from alongside.casework.referrals.queries.rows import ReferralRow, Taken
from alongside.casework.referrals.queries.turned_away import TurnedAwayRow, turned_away_list

__all__ = [
    "SHOWN",
    "Inbox",
    "Named",
    "ReferralPage",
    "ReferralRow",
    "Taken",
    "TakenHer",
    "TurnedAwayRow",
    "across",
    "arrivals",
    "choices",
    "exported",
    "inbox",
    "of_record",
    "open_to_us",
    "outcomes",
    "referral_page",
    "sent",
    "taken",
    "turned_away_list",
]
