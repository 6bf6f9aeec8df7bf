"""Words of times and shifts, and the shapes of a map, as pages show them."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from alongside.casework.contacts.queries import Drawn, ShiftRow
from alongside.casework.contacts.rules.heat import Heat
from alongside.foundation.kit.rows import Column, Shape, SummaryRow
from alongside.foundation.kit.show import day
from alongside.register.people.codes import FieldGroup

# When and where she was goes as far as she agreed; everything else that a contact holds stays in the own agency.
AT_HOME = (FieldGroup.WHEREABOUTS, True)
BESIDE = {
    "staying": (FieldGroup.WHEREABOUTS, False),
    **dict.fromkeys(("topics", "worry", "note", "words"), AT_HOME),
}
HEAT = (Column("Hexagon"), Column("Women", numeric=True), Column("Contacts", numeric=True))
STATES = {
    "planned": ("Planned", "neutral"),
    "begun": ("Under way", "teal"),
    "ended": ("Ended", "green"),
    "called off": ("Called off", "yellow"),
}


def clock(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M}"


def hours(row: ShiftRow) -> str:
    """`Saturday 21 November 2026, 22:00 to 03:00`."""
    starts = timezone.localtime(row.starts)
    return f"{starts:%A} {day(starts.date())}, {clock(row.starts)} to {clock(row.ends)}"


def crew_words(row: ShiftRow) -> str:
    """`Amara Obi (driver), Jo Tandy (volunteer, passenger seat)`; what goes without saying is not said."""
    told = []
    for each in row.crew:
        more = [each.part.words.lower()] if each.part == "volunteer" else []
        more += [each.seat.words.lower()] if each.seat != "walks" else []
        told.append(f"{each.name} ({', '.join(more)})" if more else each.name)
    return ", ".join(told) or "Nobody yet"


def summary_of(row: ShiftRow, areas: dict[UUID, str], agencies: dict[UUID, str]) -> list[SummaryRow]:
    rows = [
        SummaryRow("When", hours(row)),
        SummaryRow("How", row.kind.words),
        SummaryRow("Who", crew_words(row)),
        SummaryRow("Route", row.route),
        SummaryRow("Areas", ", ".join(areas[each] for each in row.areas if each in areas)),
        SummaryRow("Together with", ", ".join(agencies[each] for each in row.joint_with if each in agencies)),
    ]
    return [each for each in rows if each.text]


def shapes_of(ground: list[Drawn], cells: list[Heat] | None = None) -> list[Shape]:
    """Areas and their hexagons as a map draws them; with heat the hexagons carry figures, else areas their names."""
    found = {each.cell: each for each in cells or ()}
    shapes = []
    for area in ground:
        for each in area.hexagons:
            hot = found.get(each.cell)
            said = f"{each.words}: {hot.contacts} contacts" if hot and hot.shade else each.words
            shapes.append(Shape(each.outline, said, hot.contacts if hot else "", hot.shade if hot else 0))
    for area in ground:
        shapes += [
            Shape(ring, area.name, "" if cells or number else area.name, kind="area")
            for number, ring in enumerate(area.rings)
        ]
    return shapes
