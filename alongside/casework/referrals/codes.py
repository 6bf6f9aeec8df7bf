"""Words of referring: where a referral stands, why a service says no, why one is taken back."""

from alongside.register.agencies.codes import Coded
from alongside.register.people.codes import FieldGroup


class State(Coded):
    """Where a referral stands; each but EXPIRED is a step that somebody took."""

    SENT = "sent", "Sent"
    RECEIVED = "received", "Received"
    RETURNED = "returned", "Returned with another offer"
    ACCEPTED = "accepted", "Accepted"
    OFFERED = "offered", "Offered a date"
    STARTED = "started", "Started"
    DECLINED = "declined", "The service said no"
    WITHDRAWN = "withdrawn", "Withdrawn"
    TAKEN_UP = "taken_up", "Other offer taken up"
    EXPIRED = "expired", "No answer in time"


class Side(Coded):
    SENDER = "sender", "who sent it"
    SERVICE = "service", "who answers it"


class DeclineReason(Coded):
    """Why a service says no. About the service, never about her."""

    NO_SPACE = "no_space", "No bed or place is free"
    LIST_CLOSED = "list_closed", "The waiting list is closed"
    NOT_STILL_USING = "not_still_using", "Does not take women who are still using"
    NOT_DUAL_DIAGNOSIS = "not_dual_diagnosis", "Has no staff for mental health and drug use together"
    NOT_CHILDREN = "not_children", "Does not take children"
    NOT_COUPLES = "not_couples", "Does not take couples"
    NOT_PETS = "not_pets", "Does not take pets"
    NOT_STEP_FREE = "not_step_free", "Has stairs that she can't use"
    NOT_WOMEN_ONLY = "not_women_only", "Has no space for women only"
    AREA = "area", "Takes women from another area only"
    FUNDS = "funds", "Has no money for women without public funds"
    PAPERS = "papers", "Asked for papers or a deposit that she has not got"
    BEFORE = "before", "Said no because of an earlier stay or incident"
    STAFF = "staff", "Has not enough staff now"
    OTHER_SERVICE = "other_service", "Is for other women than her"
    NOT_SAID = "not_said", "Gave no reason"


class WithdrawReason(Coded):
    """Why the sender takes a referral back."""

    NOT_NOW = "not_now", "She decided not to, now"
    ELSEWHERE = "elsewhere", "She found something else"
    OUT_OF_TOUCH = "out_of_touch", "We are not in touch with her now"
    OFFER_NOT_RIGHT = "offer_not_right", "The other offer is not right for her"
    MISTAKE = "mistake", "It was sent by mistake"


class HowAgreed(Coded):
    IN_PERSON = "in_person", "In person"
    BY_PHONE = "by_phone", "By phone"
    SIGNED = "signed", "She signed"


# What a referral may pass on: the parts of what her agency knows her by.
PASSED_ON = (FieldGroup.IDENTITY, FieldGroup.SAFE_CONTACT, FieldGroup.WHEREABOUTS, FieldGroup.NOTES)
WAITS_FOR_SERVICE = frozenset({State.SENT, State.RECEIVED})
FINAL = frozenset({State.STARTED, State.DECLINED, State.WITHDRAWN, State.TAKEN_UP, State.EXPIRED})
# Steps of the service of which the sender learns on her first page until she has said that she knows.
TOLD_TO_SENDER = (State.RETURNED, State.ACCEPTED, State.OFFERED, State.STARTED, State.DECLINED)
