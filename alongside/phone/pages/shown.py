"""What a held envelope holds, in the product's words."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from alongside.casework.contacts.codes import NextStep, Outcome, PlaceKind, Staying, Topic, Worry
from alongside.casework.supplies.codes import Item
from alongside.foundation.gate.actor import Actor
from alongside.foundation.kit.rows import SummaryRow
from alongside.foundation.kit.show import moment
from alongside.phone.queries import Held
from alongside.phone.rules import Event, OfShift
from alongside.phone.tonight import ground, open_areas
from alongside.register.agencies.codes import Coded
from alongside.register.people.queries import called, names


def summary_of(actor: Actor, held: Held, event: Event | OfShift | None) -> list[SummaryRow]:
    """Who and when for every envelope; what it says as far as it opens; her name for those only who may read it."""
    rows = [*_about(held), *(_told(actor, event) if event else [])]
    return [SummaryRow(key, text) for key, text in rows if text]


def _about(held: Held) -> Iterator[tuple[str, str]]:
    yield "Recorded by", held.worker
    yield "On", held.phone
    yield "Why it waits", held.why.words
    yield "Came in", _local(held.received_at)
    yield "By the phone’s clock", _local(held.claimed_at)
    if held.skew_minutes:
        ahead = "ahead of" if held.skew_minutes > 0 else "behind"
        yield "The phone’s clock was", f"{abs(held.skew_minutes):,} minutes {ahead} ours when it sent this"


WHAT = {"begin": "A shift began", "safe": "A safety call was made", "end": "A shift ended"}


def _told(actor: Actor, event: Event | OfShift) -> Iterator[tuple[str, str]]:
    if isinstance(event, OfShift):
        yield "What", WHAT[event.what]
        yield "Hand-over", event.hand_over
        return
    yield "Who", _who(actor, event)
    yield "What", _words(Outcome, event.outcome)
    yield "Where", _words(PlaceKind, event.place)
    if event.area:
        yield (
            "Area",
            next((each["words"] for each in open_areas(actor) if each["id"] == str(event.area)), "Not known here"),
        )
    if event.hexagon:
        cells = {each["id"]: each["words"] for area in ground(actor) for each in area["hexagons"]}
        yield "Hexagon", cells.get(event.hexagon, "Not known here")
    yield "Staying", _words(Staying, event.staying)
    yield "Given", ", ".join(f"{_words(Item, item)} × {count}" for item, count in sorted(event.given.items()))
    yield "Talked about", ", ".join(_words(Topic, topic) for topic in event.topics)
    yield "Worry", _words(Worry, event.worry)
    yield "Next", _words(NextStep, event.next_step)
    yield "Note", event.note


def _who(actor: Actor, event: Event) -> str:
    if event.record:
        known = names(actor, [event.record]).get(event.record)
        return called(known) if known else "A woman whose record you can’t open"
    return event.called or "A woman without a record"


def _words(codes: type[Coded], value: str) -> str:
    return next((each.words for each in codes if each.value == value), "Not one of our answers") if value else ""


def _local(at: datetime | None) -> str:
    return moment(timezone.localtime(at)) if at else ""
