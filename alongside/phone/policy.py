"""Who may use a phone, see the agency's phones, and settle what could not be taken in."""

from django.db.models import Q

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import holds, is_job, permit, same_agency
from alongside.foundation.gate.rows import rows_of
from alongside.phone.models import Device, Envelope
from alongside.register.agencies.codes import CASEWORKERS

NONE = Q(pk__in=[])
caseworker = holds(*CASEWORKERS)

permit("phone.set_up", "Caseworkers set up a phone for themselves, and put tonight's list on it.", (caseworker,))
permit("phone.see", "Caseworkers see their own agency's phones and what waits from them.", (caseworker,))
permit(
    "phone.close",
    "Any caseworker takes a phone of her own agency out of use, at once: a lost phone can't wait for the office.",
    (caseworker, same_agency),
)
permit(
    "phone.receive",
    "What a phone sends is received by the job that its own secret opens, into that phone's agency and nothing else.",
    (is_job("phone"), same_agency),
)
permit("phone.hand_in", "Caseworkers hand in the sealed file of a phone of their own agency.", (caseworker,))
permit(
    "phone.resolve",
    "Caseworkers settle what their own agency's phones sent and what could not be taken in by itself.",
    (caseworker, same_agency),
)


def held(actor: Actor) -> Q:
    """Own agency's rows, for those who work there with women, and for the job that receives."""
    works_there = actor.job == "phone" or bool(actor.roles & {role.value for role in CASEWORKERS})
    return Q(agency_id=actor.agency) if actor.reach == "agency" and actor.agency and works_there else NONE


for _model in (Device, Envelope):
    rows_of(_model)(held)
