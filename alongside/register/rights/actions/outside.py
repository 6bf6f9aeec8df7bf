"""Police, courts and others ask about a woman: written down, judged by two people, given or turned down (T9)."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import Subject
from alongside.register.rights import rules, words
from alongside.register.rights.codes import Asker, Point, Power, Told, TurnedDownFor, YesNo
from alongside.register.rights.models import OutsideRequest
from alongside.register.rights.records import acting, own_record
from alongside.register.rights.refusals import NotAuthorised, NotComplete, OwnSignature, SettledAlready

SEALED = ("asked_by_whom", "power_words", "purpose", "necessity", "extract", "told_words")


@dataclass(frozen=True, slots=True)
class Written:
    """A request as somebody wrote it down. Whatever is not known yet stays empty: it can be completed."""

    asker: Asker
    received_on: date
    record: UUID | None = None
    asked_by_whom: str = ""
    in_writing: bool = False
    power: Power = Power.NONE
    power_words: str = ""
    purpose: str = ""
    necessity: str = ""
    extract: str = ""
    is_harmed: YesNo = YesNo.NOT_KNOWN
    points: tuple[Point, ...] = ()
    counselling: YesNo = YesNo.NOT_KNOWN
    told: Told = Told.UNDECIDED
    told_words: str = ""


def write_down(actor: Actor, written: Written) -> UUID:
    """Keep a request, complete or not. Nothing is given by it. Raises NotFound for a record out of reach."""
    if written.record is not None:
        own_record(actor, written.record)
    kept: UUID = _write_down(actor, subject=Subject("", None, actor.partnership, actor.agency), written=written)
    return kept


@action("rights.write")
def _write_down(actor: Actor, *, written: Written) -> UUID:
    me = acting(actor)
    row = OutsideRequest(partnership_id=me.partnership, agency_id=me.agency, written_by=me.worker)
    _fill(row, written)
    row.save(force_insert=True)
    return row.pk


@action("rights.write", OutsideRequest)
def complete(actor: Actor, *, outsiderequest: OutsideRequest, written: Written) -> None:
    """Write it anew with what came in since. Once somebody signed, what she signed stays."""
    _check_open(outsiderequest)
    if outsiderequest.signed_by is not None:
        raise SettledAlready("Someone has signed what stands here: turn it down and write down a new one.")
    if written.record is not None:
        own_record(actor, written.record)
    _fill(outsiderequest, written)
    outsiderequest.save()


@action("rights.authorise", OutsideRequest)
def sign(actor: Actor, *, outsiderequest: OutsideRequest) -> bool:
    """Authorise it. True when it was the second signature. Raises NotComplete, OwnSignature, SettledAlready."""
    _check_open(outsiderequest)
    if actor.user in (outsiderequest.written_by, outsiderequest.signed_by):
        raise OwnSignature
    if lacking := rules.missing(as_asked(outsiderequest)):
        raise NotComplete(lacking)
    if outsiderequest.signed_again_by is not None:
        raise SettledAlready
    is_second = outsiderequest.signed_by is not None
    at = "signed_again" if is_second else "signed"
    setattr(outsiderequest, f"{at}_at", timezone.now())
    setattr(outsiderequest, f"{at}_by", actor.user)
    outsiderequest.save()
    return is_second


@action("rights.authorise", OutsideRequest)
def turn_down(actor: Actor, *, outsiderequest: OutsideRequest, reason: TurnedDownFor) -> None:
    """Nothing is given. One person is enough to say no."""
    _check_open(outsiderequest)
    outsiderequest.turned_down_at, outsiderequest.turned_down_by = timezone.now(), actor.user
    outsiderequest.turned_down_for = reason
    outsiderequest.save()


@action("rights.write", OutsideRequest)
def give(actor: Actor, *, outsiderequest: OutsideRequest, how: str) -> None:
    """The least that two people authorised left the house. `how`: to whom and by which way."""
    _check_open(outsiderequest)
    if outsiderequest.signed_again_by is None:
        raise NotAuthorised
    outsiderequest.given_at, outsiderequest.given_by = timezone.now(), actor.user
    words.put(outsiderequest, outsiderequest.agency_id, given_words=how)
    outsiderequest.save()


def as_asked(row: OutsideRequest) -> rules.Asked:
    """The row as the rules judge it."""
    return rules.Asked(
        asker=Asker(row.asker),
        power=Power(row.power),
        in_writing=row.in_writing,
        has_power_words=bool(row.power_words),
        has_purpose=bool(row.purpose),
        has_necessity=bool(row.necessity),
        has_extract=bool(row.extract),
        is_harmed=YesNo(row.is_harmed),
        points=frozenset(map(Point, row.points)),
        counselling=YesNo(row.counselling),
        told=Told(row.told),
        has_told_words=bool(row.told_words),
    )


def _fill(row: OutsideRequest, written: Written) -> None:
    given = asdict(written)
    row.record_id = given.pop("record")
    words.put(row, row.agency_id, **{name: given.pop(name) for name in SEALED})
    for name, value in given.items():
        setattr(row, name, list(value) if name == "points" else value)


def _check_open(row: OutsideRequest) -> None:
    if row.given_at is not None or row.turned_down_at is not None:
        raise SettledAlready
