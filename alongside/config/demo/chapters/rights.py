"""What the invented agencies wrote down about requests, emergencies, and what women asked of them."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies import queries as agencies
from alongside.register.people import queries as people
from alongside.register.people.codes import FieldGroup
from alongside.register.rights.actions import emergency, hers, keeping, outside, sharing
from alongside.register.rights.actions.outside import Written
from alongside.register.rights.actions.sharing import Proposed
from alongside.register.rights.codes import (
    Asker,
    Authority,
    Ground,
    Kind,
    Point,
    Power,
    RecordClass,
    Told,
    TurnedDownFor,
    Way,
    YesNo,
)

POLICE_GAVE = (Point.HOLDS, Point.ENQUIRY, Point.PROPORTIONATE, Point.NOTICE)


def tell(partnership: UUID, say: Callable[[str], None]) -> None:
    """Of The Bridge, whose data protection lead has a desk to look at."""
    say("Writing down what was asked about women, and what women asked …")
    members = {
        (agencies.agency(each.agency).slug, each.role.value): agencies.actor_of_membership(each.id)  # type: ignore[union-attr]
        for each in agencies.memberships_in_force(partnership)
    }
    worker, manager, lead = (members["bridge", role] for role in ("key_worker", "manager", "dp_lead"))
    assert worker is not None
    assert manager is not None
    assert lead is not None
    with acting_as(worker):
        known = [row.id for row in people.records(worker)[:8]]
    lantern = agencies.agency_called("lantern", "riverside")
    assert lantern is not None
    _asked_from_outside(worker, manager, known)
    _shared_without_asking(worker, manager, known, lantern.id)
    _looked(worker, known)
    _asked_by_women(worker, lead, known)


def _asked_from_outside(worker: Actor, manager: Actor, known: list[UUID]) -> None:
    today = timezone.localdate()
    whole = Written(
        asker=Asker.POLICE,
        received_on=today - timedelta(days=3),
        record=known[0],
        asked_by_whom="DC Ann Example, Riverside Police",
        in_writing=True,
        power=Power.CRIME,
        power_words="Robbery on North Quay",
        purpose="Whether she was at the advice session when it happened",
        necessity="Nobody else saw it, and asking her did not answer it",
        extract="Yes or no, for that hour",
        is_harmed=YesNo.YES,
        points=POLICE_GAVE,
        counselling=YesNo.NO,
        told=Told.BEFORE,
    )
    with acting_as(worker):
        outside.write_down(worker, whole)
        outside.write_down(
            worker, Written(Asker.POLICE, today - timedelta(days=1), purpose="“Everything you have on her”")
        )
        turned_down = [
            outside.write_down(worker, Written(asker, today - timedelta(days=days), known[index], in_writing=True))
            for asker, days, index in ((Asker.IMMIGRATION, 80, 1), (Asker.INSURER, 40, 2), (Asker.POLICE, 15, 3))
        ]
    with acting_as(manager):
        for request, reason in zip(
            turned_down, (TurnedDownFor.NO_POWER, TurnedDownFor.NOT_NEEDED, TurnedDownFor.MISSING), strict=True
        ):
            outside.turn_down(manager, request, reason=reason)


def _shared_without_asking(worker: Actor, manager: Actor, known: list[UUID], to: UUID) -> None:
    today = timezone.localdate()
    proposed = Proposed(
        to_agency=to,
        ground=Ground.LIFE,
        groups=(FieldGroup.WHEREABOUTS, FieldGroup.SAFE_CONTACT),
        necessity="She has not been seen for two nights, and the man who hurt her is out again",
        risk="Not shared: nobody at the house looks out for her. Shared: three workers know where she sleeps",
        told=Told.AFTER,
        told_words="When she is found, by the worker who knows her",
        until=today + timedelta(days=14),
        review_on=today + timedelta(days=3),
    )
    with acting_as(worker):
        signed = sharing.propose(worker, known[4], proposed)
        sharing.propose(worker, known[5], proposed)
    with acting_as(manager):
        sharing.sign(manager, signed)


def _looked(worker: Actor, known: list[UUID]) -> None:
    assert worker.agency is not None
    with acting_as(worker):
        emergency.look(
            worker,
            known[6],
            held_by=worker.agency,
            groups=[FieldGroup.SEXUAL_VIOLENCE],
            reason="She rang from a stairwell and could not say what had happened",
        )


def _asked_by_women(worker: Actor, lead: Actor, known: list[UUID]) -> None:
    today = timezone.localdate()
    asked = (
        (known[0], Kind.ACCESS, Way.IN_PERSON, 12, "I want to see what you all write about me"),
        (known[2], Kind.CORRECTION, Way.IN_PERSON, 5, "That is not my birthday"),
        (known[5], Kind.COMPLAINT, Way.WRITING, 20, "Somebody told my sister that I come here"),
        (known[7], Kind.ERASURE, Way.FOR_HER, 34, "She wants to be forgotten"),
    )
    with acting_as(worker):
        for record, kind, way, days, said in asked:
            made = hers.receive(worker, record, kind=kind, way=way, received_on=today - timedelta(days=days), said=said)
            if way is Way.FOR_HER:
                hers.ask_for_identity(worker, made)
    with acting_as(lead):
        keeping.set_rule(lead, record_class=RecordClass.COMPLAINT, years=12, authority="Our trustees, March 2007")
        keeping.place_hold(lead, known[3], authority=Authority.POLICE, why="Trial at Fernhill in the new year")
