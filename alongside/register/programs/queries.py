"""The keys of an agency's programs, and who a program is that shows one."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.tokens import Token
from alongside.foundation.trail.writing import leave
from alongside.register.agencies import queries as agencies
from alongside.register.programs.codes import Reads
from alongside.register.programs.models import ProgramKey


@dataclass(frozen=True, slots=True)
class KeyRow:
    id: UUID
    name: str
    reads: tuple[Reads, ...]
    until: date
    made_at: datetime
    made_by: str
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class LetIn:
    """A program that showed its key."""

    actor: Actor
    key: UUID
    agency: UUID


def keys(actor: Actor) -> list[KeyRow]:
    """The agency's keys, those in force first, the newest first."""
    check(actor, "programs.keep")
    today = timezone.localdate()
    rows = list(ProgramKey.objects.visible_to(actor).order_by("-made_at", "id"))
    names = agencies.names_of(row.made_by for row in rows)
    found = [
        KeyRow(
            row.pk,
            row.name,
            tuple(Reads(each) for each in row.reads),
            row.until,
            row.made_at,
            names.get(row.made_by, ""),
            row.ended_at is None and row.until >= today,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: not each.is_in_force)


def in_force(actor: Actor) -> int:
    """How many of the agency's keys are in force."""
    check(actor, "programs.keep")
    rows = ProgramKey.objects.visible_to(actor).filter(ended_at=None, until__gte=timezone.localdate())
    return int(rows.count())


def let_in(token: Token, reads: Reads, route: str) -> LetIn | None:
    """The program whose key this is, if the key is in force and was made for this. One row of the trail either way,
    unless nobody's key looks like it.
    """
    agency = agencies.agency(token.agency)
    if agency is None:
        return None
    actor = Actor(
        partnership=agency.partnership,
        agency=agency.id,
        job="program",
        reach="agency",
        purpose="own program",
        route=route,
    )
    with acting_as(actor):
        row = ProgramKey.objects.visible_to(actor).filter(pk=token.id).first()
        if row is None or not token.fits(row.digest):
            return None
        in_force = row.ended_at is None and row.until >= timezone.localdate()
        if not in_force or reads not in row.reads:
            rule = "made for something else" if in_force else "over, or ended"
            leave(actor, "programs.read", allowed=False, rule=rule, kind="ProgramKey", subjects=[row.pk])
            return None
    return LetIn(actor, row.pk, agency.id)


def read_out(program: LetIn, what: Reads, count: int) -> None:
    """The row of the trail of what a program was given: which key, what, and how many."""
    leave(
        program.actor,
        "programs.read",
        rule=f"own key, {what.value}",
        kind="ProgramKey",
        subjects=[program.key],
        count=count,
    )
