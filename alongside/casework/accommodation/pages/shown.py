"""Rows as the pages of beds show them."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from alongside.casework.accommodation.queries.board import AWAY, FREE, HELD, HERE, VOID, BedRow
from alongside.casework.accommodation.queries.stay import Spell
from alongside.foundation.kit.rows import Cell, Column, Moment
from alongside.foundation.kit.show import moment

COLOURS = {FREE: "green", HERE: "teal", AWAY: "yellow", HELD: "purple", VOID: "neutral"}
Row = list[Cell | str]


def board_columns() -> tuple[Column, ...]:
    return (Column("Bed"), Column("Tonight"), Column("Who"), Column("Since when, and what else"))


def bed_cells(bed: BedRow, may_work: bool) -> Row:
    """A bed on the board. The one link of a row leads to what is done next: give it, or open her stay."""
    name = f"{bed.name}, emergency" if bed.is_emergency else bed.name
    to_bed = reverse("accommodation:bed", args=[bed.id]) if may_work else ""
    to_stay = reverse("accommodation:stay", args=[bed.use]) if may_work and bed.is_stay else ""
    said = (
        f"Since {_short(bed.since)}" if bed.since else "",
        f"until {_short(bed.until)}" if bed.until else "",
        bed.note,
    )
    return [
        Cell(name, to_bed),
        Cell(bed.state, tag=COLOURS[bed.state]),
        Cell(bed.who, to_stay) if to_stay else bed.who,
        "; ".join(each for each in said if each),
    ]


def spell_moments(spells: tuple[Spell, ...]) -> list[Moment]:
    return [Moment(each.words, _span(each)) for each in spells]


def _span(spell: Spell) -> str:
    until = moment(spell.ends) if spell.ends else "now"
    return f"{moment(spell.begins)} to {until}, {spell.nights} night{'s' if spell.nights != 1 else ''}"


def _short(when: datetime) -> str:
    """On a phone there is room for little: the hour matters on the day itself only, the year when it is another."""
    today = timezone.localdate()
    if when.date() == today:
        return f"{when:%H:%M} today"
    return f"{when.day} {when:%b}" if when.year == today.year else f"{when.day} {when:%b %Y}"
