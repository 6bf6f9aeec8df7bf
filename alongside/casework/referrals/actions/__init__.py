"""Everything that changes referrals. One noun a file."""

from alongside.casework.referrals.actions.answering import accept, decline, offer, receive, return_with_offer, start
from alongside.casework.referrals.actions.following import know_outcome, take_up_offer, withdraw
from alongside.casework.referrals.actions.sending import Asked, send
from alongside.casework.referrals.actions.turning_away import turned_away
from alongside.casework.referrals.rules import ReferralFault

__all__ = [
    "Asked",
    "ReferralFault",
    "accept",
    "decline",
    "know_outcome",
    "offer",
    "receive",
    "return_with_offer",
    "send",
    "start",
    "take_up_offer",
    "turned_away",
    "withdraw",
]
