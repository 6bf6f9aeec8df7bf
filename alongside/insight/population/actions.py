"""Counting a picture, and giving one."""

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.insight.population.lines import Counted
from alongside.insight.population.models import OutsidePicture, Picture
from alongside.insight.population.outside import outside
from alongside.insight.population.periods import Period, quarter_of, year_until
from alongside.insight.population.queries import is_up_to_date
from alongside.register.agencies import facts as agencies
from alongside.register.people import facts as people

if TYPE_CHECKING:
    from alongside.insight.population.counting import Facts


class GivenAlready(Exception):
    """A picture was given in this quarter."""

    def __init__(self, quarter: date) -> None:
        following = quarter_of(quarter + timedelta(days=100))
        self.words = f"A picture was given in this quarter already. The next can be given from {following:%-d %B %Y}."
        super().__init__(self.words)


def make_picture(actor: Actor, period: Period | None = None) -> UUID:
    """Count the counting job's partnership and keep the picture; returns its id.

    Without a period it is the twelve months up to the last day of which a record tells. Reading, counting and keeping
    are three steps, so that the counting holds no transaction. Raises NotCompared.
    """
    today = timezone.localdate()
    with acting_as(actor):
        read, made_from = _read(actor)
    if period is None:
        days = [row.last_seen_on or row.first_seen_on for row in read.records]
        period = year_until(min(today, max((day for day in days if day), default=today)))
    # The estimators are loaded where they are used, in the worker: the web server never counts.
    from alongside.insight.population.counting import counted

    found = counted(read, period.since, period.until)
    with acting_as(actor):
        kept: UUID = keep_picture(actor, found=found, period=period, as_of=today, made_from=made_from)
    return kept


def _read(actor: Actor) -> tuple["Facts", str]:
    assert actor.partnership is not None
    from alongside.insight.population.counting import Facts

    read = Facts(
        people.records(actor), agencies.agencies(actor.partnership), people.unlinked(actor), people.decisions(actor)
    )
    return read, people.state(actor)


@action("picture.count")
def keep_picture(actor: Actor, *, found: Counted, period: Period, as_of: date, made_from: str) -> UUID:
    """One more picture; earlier ones stay."""
    assert actor.partnership is not None
    row = Picture(
        partnership_id=actor.partnership,
        as_of=as_of,
        since=period.since,
        until=period.until,
        made_from=made_from,
        inside=found.to_json(),
        made_by=actor.job,
    )
    row.save(force_insert=True)
    return row.pk


class OutOfDate(Exception):
    """Something that counts has changed since the picture was counted: what is given stays, so it is counted first."""

    words = "Something changed since this picture was counted. Count it again, then give it."


@action("picture.give", Picture)
def give_picture(actor: Actor, *, picture: Picture) -> int:
    """Freeze a picture by the small-number rule and give it. Returns its number. Raises GivenAlready, OutOfDate."""
    if not is_up_to_date(actor):
        raise OutOfDate
    quarter = quarter_of(timezone.localdate())
    given = OutsidePicture.objects.visible_to(actor)
    if given.filter(quarter=quarter).exists():
        raise GivenAlready(quarter)
    number = (given.aggregate(last=Max("number"))["last"] or 0) + 1
    OutsidePicture(
        partnership_id=picture.partnership_id,
        as_of=picture.as_of,
        since=picture.since,
        until=picture.until,
        number=number,
        quarter=quarter,
        outside=outside(Counted.from_json(picture.inside)).to_json(),
        picture=picture,
        given_by=actor.user,
    ).save(force_insert=True)
    return number
