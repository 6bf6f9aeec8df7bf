"""Who looked at a woman, in plain words; what is out of the ordinary; and whether the trail is whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound, Subject, decide
from alongside.foundation.trail import queries as trail
from alongside.foundation.vault.keys import Kept, KeysUnreachable, key_service
from alongside.register.agencies import queries as agencies
from alongside.register.people import queries as people
from alongside.register.people.codes import code_of
from alongside.register.people.facts import checking_job, of_the_same_last_name
from alongside.register.traces import reaching

DAYS = 7  # how far back the report of the unusual goes
NIGHT = (time(23), time(6))
MANY = 25  # women opened within an hour
READS = {"people.read_names", "people.open"}
SEARCHES = {"people.look_up"}
MOST_NOTICES = 5
LIMIT = "accounts.limit"  # what the limits of office/accounts leave


@dataclass(frozen=True, slots=True)
class Look:
    """Who did what about her on one day. `worker`: whole name, or a job; `first`: what stands on paper."""

    day: date
    worker: str
    first: str
    place: str
    what: str
    times: int


def looks(actor: Actor, record: UUID) -> list[Look]:
    """Who looked at a record of the actor's agency, by day and worker, newest first. Raises NotFound, Denied."""
    seen = next((row for row in people.records(actor, [record]) if row.id == record), None)
    if seen is None or seen.agency != actor.agency:  # another agency's, which we may read: who else does is not ours
        raise NotFound("Record")
    check(actor, "traces.see_readers", Subject("Record", record, actor.partnership, seen.agency))
    rows = [row for row in reaching.readers(record) if row.allowed]
    names = agencies.names_of(row.user for row in rows if row.user)
    homes = agencies.agency_names()
    counted: dict[tuple[date, UUID | None, str, UUID | None, str], int] = {}
    for row in rows:
        key = (timezone.localdate(row.at), row.user, row.job, row.agency, _what(row.permission))
        counted[key] = counted.get(key, 0) + 1
    return [
        Look(
            day,
            names.get(user, "A worker") if user else f"The {job} job",
            names.get(user, "A worker").split()[0] if user else "The computer",
            homes.get(home, "") if home else "",
            what,
            times,
        )
        for (day, user, job, home, what), times in counted.items()
    ]


def _what(permission: str) -> str:
    if permission in READS:
        return "read your page"
    if permission in SEARCHES:
        return "saw you among those who may be meant"
    return "wrote something about you"


@dataclass(frozen=True, slots=True)
class Unusual:
    """One thing to ask a worker about. `records`: codes, where few enough to list."""

    worker: str
    what: str
    records: str
    last: datetime


def unusual(actor: Actor) -> list[Unusual]:
    """What was read in the actor's agency in the last seven days and is out of the ordinary, newest first."""
    check(actor, "traces.see_unusual")
    since = timezone.now() - timedelta(days=DAYS)
    opened, strangers = trail.openings(actor, since), reaching.unmet(since)
    limits = trail.limits_reached(actor, since, LIMIT)
    people_named = [*(row.user for row in opened), *(row.user for row in strangers), *(row.user for row in limits)]
    names = agencies.names_of(people_named)
    home = agencies.agency(actor.agency) if actor.agency else None
    prefix = home.prefix if home else ""
    found = [
        *_unmet(strangers, names, prefix),
        *_by_night(opened, names, prefix),
        *_many(opened, names),
        *_same_name(actor, opened, names, prefix),
        *(Unusual(names.get(each.user, "A worker"), f"came to a limit: {each.rule}", "", each.at) for each in limits),
    ]
    return sorted(found, key=lambda each: each.last, reverse=True)


NOTICE_DAYS = 2


def limit_notices(actor: Actor) -> list[Unusual]:
    """For the first page of the data protection lead: who came to a limit in the last two days, newest first."""
    if not decide(actor, "traces.see_unusual").allowed:
        return []
    found = trail.limits_reached(actor, timezone.now() - timedelta(days=NOTICE_DAYS), LIMIT)
    names = agencies.names_of(each.user for each in found)
    return [Unusual(names.get(each.user, "A worker"), each.rule, "", each.at) for each in found[:MOST_NOTICES]]


def _unmet(strangers: list[reaching.Unmet], names: dict[UUID, str], prefix: str) -> Iterable[Unusual]:
    by_worker: dict[UUID, list[reaching.Unmet]] = {}
    for row in strangers:
        by_worker.setdefault(row.user, []).append(row)
    for worker, rows in by_worker.items():
        what = f"opened {_women(len(rows))} whom nobody of your agency met within two weeks of it"
        yield Unusual(
            names.get(worker, "A worker"), what, _codes(prefix, [row.record for row in rows]), max(r.last for r in rows)
        )


def _by_night(opened: list[trail.Opening], names: dict[UUID, str], prefix: str) -> Iterable[Unusual]:
    nights: dict[UUID, list[trail.Opening]] = {}
    for each in opened:
        at = timezone.localtime(each.at).time()
        if at >= NIGHT[0] or at < NIGHT[1]:
            nights.setdefault(each.user, []).append(each)
    for worker, rows in nights.items():
        women = list(dict.fromkeys(row.record for row in rows))
        what = f"opened {_women(len(women))} between 11 at night and 6 in the morning"
        yield Unusual(names.get(worker, "A worker"), what, _codes(prefix, women), max(row.at for row in rows))


def _many(opened: list[trail.Opening], names: dict[UUID, str]) -> Iterable[Unusual]:
    hours: dict[tuple[UUID, datetime], set[UUID]] = {}
    for each in opened:
        hours.setdefault((each.user, each.at.replace(minute=0, second=0, microsecond=0)), set()).add(each.record)
    for (worker, hour), women in hours.items():
        if len(women) > MANY:
            yield Unusual(names.get(worker, "A worker"), f"opened {_women(len(women))} within an hour", "", hour)


def _same_name(actor: Actor, opened: list[trail.Opening], names: dict[UUID, str], prefix: str) -> Iterable[Unusual]:
    """Somebody of her family may work here. Compared by the keys of names: none is opened."""
    if not opened or actor.partnership is None or actor.agency is None:
        return
    read: dict[UUID, list[UUID]] = {}
    for each in opened:
        read.setdefault(each.user, []).append(each.record)
    job = checking_job(actor.partnership, actor.agency)
    with acting_as(job):
        found = of_the_same_last_name(job, names, read)
    for worker, records in found.items():
        last = max(each.at for each in opened if each.user == worker and each.record in records)
        what = f"opened {_women(len(records))} with the same last name"
        yield Unusual(names.get(worker, "A worker"), what, _codes(prefix, records), last)


def _women(count: int) -> str:
    return "one woman" if count == 1 else f"{count:,} women"


def _codes(prefix: str, records: list[UUID]) -> str:
    return ", ".join(code_of(prefix, each) for each in records) if len(records) <= 10 else ""


@dataclass(frozen=True, slots=True)
class SealPage:
    """The newest seal, and those that the actor's agency kept."""

    newest: trail.SealRow | None
    kept: list[trail.Kept]
    key: Kept | None  # how the agency's own key rests; None when the key process does not answer


def seals(actor: Actor) -> SealPage:
    check(actor, "traces.check_seals")
    return SealPage(trail.last_seal(), trail.kept_heads(actor), _key(actor))


def _key(actor: Actor) -> Kept | None:
    assert actor.agency is not None
    try:
        return key_service().kept(actor.agency)
    except KeysUnreachable:
        return None


def seal_stands(actor: Actor, number: int, told: str) -> bool:
    """Whether seal `number` of now begins as somebody wrote it down. `told`: at least 8 of its 64 digits."""
    check(actor, "traces.check_seals")
    digits = "".join(told.split()).lower()
    row = trail.seal_of(number)
    return row is not None and len(digits) >= 8 and row.head.startswith(digits)
