"""A breach: write it down, stop sharing, find out what was read, tell the commissioner in 72 hours, close it."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import Subject
from alongside.register.rights import granting, words
from alongside.register.rights.models import Breach
from alongside.register.rights.records import acting
from alongside.register.rights.refusals import SettledAlready, WrongDays


def write_down(
    actor: Actor, *, said: str, known_since: datetime, worker: UUID | None, since: date, until: date
) -> UUID:
    """Keep what is known so far. `known_since` starts the 72 hours. Raises WrongDays."""
    if until < since or known_since > timezone.now():
        raise WrongDays
    here = Subject("", None, actor.partnership, actor.agency)
    made: UUID = _write_down(
        actor, subject=here, said=said, known_since=known_since, worker=worker, since=since, until=until
    )
    return made


@action("rights.breach")
def _write_down(
    actor: Actor, *, said: str, known_since: datetime, worker: UUID | None, since: date, until: date
) -> UUID:
    me = acting(actor)
    row = Breach(
        partnership_id=me.partnership,
        agency_id=me.agency,
        known_since=known_since,
        worker=worker,
        since=since,
        until=until,
        written_by=me.worker,
    )
    words.put(row, me.agency, words=said)
    row.save(force_insert=True)
    return row.pk


@action("rights.breach", Breach)
def freeze(actor: Actor, *, breach: Breach) -> int:
    """End at once everything that this agency shares with others. Returns how many; they can be set in force again."""
    if breach.frozen_at is not None:
        raise SettledAlready
    breach.frozen = [str(each) for each in granting.freeze(actor)]
    breach.frozen_at, breach.frozen_by = timezone.now(), actor.user
    breach.save()
    return len(breach.frozen)


@action("rights.breach", Breach)
def thaw(actor: Actor, *, breach: Breach) -> int:
    """Share again what was stopped, to the same ends; what ended or was withdrawn meanwhile stays ended."""
    if breach.frozen_at is None or breach.thawed_at is not None:
        raise SettledAlready
    again = granting.thaw(actor, [UUID(each) for each in breach.frozen])
    breach.thawed_at, breach.thawed_by = timezone.now(), actor.user
    breach.save()
    return again


@action("rights.breach", Breach)
def report(actor: Actor, *, breach: Breach) -> None:
    """The Information Commissioner was told."""
    if breach.reported_at is not None:
        raise SettledAlready
    breach.reported_at, breach.reported_by = timezone.now(), actor.user
    breach.save()


@action("rights.breach", Breach)
def close(actor: Actor, *, breach: Breach, said: str) -> None:
    """What was found, and what is done so that it does not happen again."""
    if breach.closed_at is not None:
        raise SettledAlready
    words.put(breach, breach.agency_id, closed_words=said)
    breach.closed_at, breach.closed_by = timezone.now(), actor.user
    breach.save()
