"""How her stays and the lists she was on are told to her, in the copy of what her agency holds."""

from collections.abc import Iterator
from uuid import UUID

from alongside.casework.accommodation.codes import (
    AwayKind,
    BlockedBy,
    Need,
    Step,
    TaskKind,
    UseKind,
    WaitingEnd,
    WaitingStep,
)
from alongside.casework.accommodation.models import Away, BedUse, Blocked, MoveTask, Waiting, WaitingEvent
from alongside.casework.accommodation.queries.board import bed_name
from alongside.casework.accommodation.queries.stay import ended_words
from alongside.casework.accommodation.rules import LONDON
from alongside.foundation.gate.actor import Actor
from alongside.foundation.kit.show import day, moment
from alongside.register.rights.about_her import Section, holding

Line = tuple[str, ...]


@holding("stays", "accommodation.beduse", "accommodation.away", "accommodation.blocked", "accommodation.movetask")
def stays(actor: Actor, record: UUID) -> Section:
    """Her beds, times away, what kept her from moving and what there was to do, in the order in which they began."""
    rows = sorted([*_beds(actor, record), *_spells(actor, record), *_tasks(actor, record)], key=lambda row: row[0])
    return Section("Where you stayed with us", ("From", "Until", "What"), tuple(row[1:] for row in rows))


@holding("waiting lists", "accommodation.waiting", "accommodation.waitingevent")
def lists(actor: Actor, record: UUID) -> Section:
    """Each list and what happened to her place on it, the latest list first."""
    own = {"record_id": record, "agency_id": actor.agency}
    events = list(WaitingEvent.objects.visible_to(actor).filter(**own).order_by("recorded_at", "id"))
    places = Waiting.objects.visible_to(actor).filter(**own).select_related("unit").order_by("-joined_at", "id")
    lines: list[Line] = []
    for place in places:
        lines.append((moment(place.joined_at.astimezone(LONDON)), place.unit.name, _needs(place.needs)))
        lines += [
            (moment(each.recorded_at.astimezone(LONDON)), WaitingStep(each.what).words, _needs(each.needs))
            for each in events
            if each.waiting_id == place.pk
        ]
        if place.ended_at is not None:
            ended = WaitingEnd(place.ended_as).words if place.ended_as else "Ended"
            lines.append((moment(place.ended_at.astimezone(LONDON)), ended, ""))
    return Section("Our lists that you waited on", ("When", "What", "What you needed"), tuple(lines))


def _beds(actor: Actor, record: UUID) -> Iterator[Line]:
    rows = BedUse.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency)
    for row in rows.select_related("unit", "bed").order_by("begins", "id"):
        what = (
            f"{'A bed held for you' if row.kind == UseKind.HOLD else 'Your bed'}: {row.unit.name}, {bed_name(row.bed)}"
        )
        ended = f". {ended_words(row.end_reason, row.where_to)}" if row.ends and row.kind == UseKind.STAY else ""
        expected = f". Expected to move on {day(row.leaves_on)}" if row.leaves_on else ""
        yield _line(row, what + ended + expected)


def _spells(actor: Actor, record: UUID) -> Iterator[Line]:
    own = {"record_id": record, "agency_id": actor.agency}
    for away in Away.objects.visible_to(actor).filter(**own).order_by("begins", "id"):
        back = f". Back on {day(away.back_on)}" if away.back_on else ""
        yield _line(away, f"Away: {AwayKind(away.kind).words.lower()}{back}")
    for kept in Blocked.objects.visible_to(actor).filter(**own).order_by("begins", "id"):
        yield _line(kept, f"Ready for: {Step(kept.to_step).words.lower()}. {BlockedBy(kept.reason).words}")


def _tasks(actor: Actor, record: UUID) -> Iterator[Line]:
    for task in MoveTask.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency).order_by("due_on"):
        done = moment(task.done_at.astimezone(LONDON)) if task.done_at else ""
        what = f"To do before your move: {TaskKind(task.kind).words}"
        yield task.due_on.isoformat(), day(task.due_on), done, what


def _line(row: BedUse | Away | Blocked, what: str) -> Line:
    """Sorted by its first part, the moment in London's time."""
    begins = row.begins.astimezone(LONDON)
    return begins.isoformat(), moment(begins), moment(row.ends.astimezone(LONDON)) if row.ends else "", what


def _needs(needs: list[str]) -> str:
    return "; ".join(need.words for need in Need if need in needs)
