"""The picture that an actor may see."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import decide
from alongside.foundation.trail.writing import leave
from alongside.insight.population.lines import Counted
from alongside.insight.population.models import OutsidePicture, Picture
from alongside.insight.population.periods import Period
from alongside.insight.population.sheet import Sheet
from alongside.register.agencies import facts as agencies
from alongside.register.people import facts as people


@dataclass(frozen=True, slots=True)
class Given:
    number: int
    as_of: date


def picture(actor: Actor, period: Period | None = None, number: int | None = None) -> Sheet | None:
    """The latest picture the actor may see; None when there is none.

    The co-ordinator, and the job that counts, get exact numbers, of a `period` if one is named; everybody else gets
    what was given, and so does the co-ordinator who names a `number`.
    """
    found = latest(actor, period, number)
    if found is None:
        return None
    kept = found.inside if isinstance(found, Picture) else found.outside
    shown = found.number if isinstance(found, OutsidePicture) else None
    return Sheet(
        agencies.partnership_name(found.partnership_id),
        found.as_of,
        Period(found.since, found.until),
        shown,
        Counted.from_json(kept),
    )


def latest(actor: Actor, period: Period | None = None, number: int | None = None) -> Picture | OutsidePicture | None:
    """The row behind `picture`."""
    if number is None and sees_exact(actor):
        inside = Picture.objects.visible_to(actor).order_by("-made_at", "id")
        exact: Picture | None = (inside.filter(since=period.since, until=period.until) if period else inside).first()
        return exact
    outside = OutsidePicture.objects.visible_to(actor).order_by("-number", "id")
    rounded: OutsidePicture | None = (outside if number is None else outside.filter(number=number)).first()
    return rounded


def latest_id(actor: Actor, period: Period | None = None) -> UUID | None:
    """The exact picture that giving would give."""
    found = latest(actor, period)
    return found.pk if isinstance(found, Picture) else None


def sees_exact(actor: Actor) -> bool:
    return decide(actor, "picture.make").allowed or decide(actor, "picture.count").allowed


def given(actor: Actor) -> list[Given]:
    """All pictures that were given, the latest first."""
    rows = OutsidePicture.objects.visible_to(actor).order_by("-number", "id").values_list("number", "as_of")
    return [Given(*row) for row in rows]


def is_up_to_date(actor: Actor) -> bool:
    """Whether nothing that counts has changed since the latest picture. Asked as the counting job."""
    assert actor.partnership is not None
    job = people.counting_job(actor.partnership)
    with acting_as(job):
        found = latest(job)
        return isinstance(found, Picture) and found.made_from == people.state(job)


def downloaded(actor: Actor, period: Period | None, number: int | None) -> Sheet | None:
    """The picture to write into a file; each one leaves a trail row."""
    check(actor, "picture.download")
    sheet = picture(actor, period, number)
    row = latest(actor, period, number)
    if row is not None:
        rule = decide(actor, "picture.download").rule
        leave(actor, "picture.download", rule=rule, kind=type(row).__name__, subjects=[row.pk])
    return sheet
