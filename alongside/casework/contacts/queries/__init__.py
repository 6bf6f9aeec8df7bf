"""What may be read of contacts, shifts and places. One noun a file."""

from alongside.casework.contacts.queries.areas import AreaRow, areas
from alongside.casework.contacts.queries.shifts import (
    ShiftRow,
    current_shift,
    rota,
    shift_page,
    shifts_to_begin,
    trained,
    trainings,
    warnings,
)
from alongside.casework.contacts.queries.tonight import HopedFor, tonights_list

__all__ = [
    "AreaRow",
    "HopedFor",
    "ShiftRow",
    "areas",
    "current_shift",
    "rota",
    "shift_page",
    "shifts_to_begin",
    "tonights_list",
    "trained",
    "trainings",
    "warnings",
]
