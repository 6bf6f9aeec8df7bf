"""What may be read of contacts, shifts and places. One noun a file."""

from alongside.casework.contacts.queries.contacts import ContactRow, last_told, story, timeline
from alongside.casework.contacts.queries.coverage import Coverage, coverage
from alongside.casework.contacts.queries.feed import feed, has_feed
from alongside.casework.contacts.queries.gaps import Gap, gaps
from alongside.casework.contacts.queries.heat import HeatMap, heat
from alongside.casework.contacts.queries.look_outs import LookOutRow, look_out_for
from alongside.casework.contacts.queries.notes import (
    NoteRow,
    SafeContactRow,
    draft_of,
    notes_on,
    safe_contact,
    safe_contacts,
)
from alongside.casework.contacts.queries.places import (
    AreaRow,
    Drawn,
    Hexagon,
    NoticeRow,
    areas,
    ground,
    notices,
    notices_around,
)
from alongside.casework.contacts.queries.reading_out import ReadOut, contacts_read_out, own_contacts
from alongside.casework.contacts.queries.routes import RouteRow, routes
from alongside.casework.contacts.queries.sessions import Grid, SessionRow, Tick, grid, open_today, sessions
from alongside.casework.contacts.queries.shifts import (
    ShiftRow,
    current_shift,
    handed_over,
    out_on,
    rota,
    shift_page,
    shifts_read_out,
    shifts_to_begin,
    shifts_to_mend,
    trained,
    trainings,
    warnings,
)
from alongside.casework.contacts.queries.together import Together, together
from alongside.casework.contacts.queries.tonight import HopedFor, tonights_list
from alongside.casework.contacts.rules.standards import STANDARDS

__all__ = [
    "STANDARDS",
    "AreaRow",
    "ContactRow",
    "Coverage",
    "Drawn",
    "Gap",
    "Grid",
    "HeatMap",
    "Hexagon",
    "HopedFor",
    "LookOutRow",
    "NoteRow",
    "NoticeRow",
    "ReadOut",
    "RouteRow",
    "SafeContactRow",
    "SessionRow",
    "ShiftRow",
    "Tick",
    "Together",
    "areas",
    "contacts_read_out",
    "coverage",
    "current_shift",
    "draft_of",
    "feed",
    "gaps",
    "grid",
    "ground",
    "handed_over",
    "has_feed",
    "heat",
    "last_told",
    "look_out_for",
    "notes_on",
    "notices",
    "notices_around",
    "open_today",
    "out_on",
    "own_contacts",
    "rota",
    "routes",
    "safe_contact",
    "safe_contacts",
    "sessions",
    "shift_page",
    "shifts_read_out",
    "shifts_to_begin",
    "shifts_to_mend",
    "story",
    "timeline",
    "together",
    "tonights_list",
    "trained",
    "trainings",
    "warnings",
]
