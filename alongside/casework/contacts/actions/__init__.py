"""Everything that changes contacts, shifts, sessions and places. One noun a file."""

from alongside.casework.contacts.actions.contacts import (
    AlreadyRecorded,
    NoSuchArea,
    NoSuchShift,
    Recorded,
    record_contact,
    record_together,
    undo_contact,
)
from alongside.casework.contacts.actions.feed import end_feed, make_feed
from alongside.casework.contacts.actions.gaps import fill_in
from alongside.casework.contacts.actions.look_outs import end_look_out, look_out
from alongside.casework.contacts.actions.notes import (
    NothingWritten,
    keep_draft,
    take_back_note,
    tell_safe_contact,
    write_note,
)
from alongside.casework.contacts.actions.places import close_area, draw_areas, keep_area, tell_of_place
from alongside.casework.contacts.actions.routes import close_route, keep_route
from alongside.casework.contacts.actions.sessions import Came, close_session, open_session, tick_in
from alongside.casework.contacts.actions.shifts import (
    ShiftOver,
    begin_shift,
    call_off,
    end_shift,
    plan_shift,
    record_past_shifts,
    record_training,
    safety_call,
)

__all__ = [
    "AlreadyRecorded",
    "Came",
    "NoSuchArea",
    "NoSuchShift",
    "NothingWritten",
    "Recorded",
    "ShiftOver",
    "begin_shift",
    "call_off",
    "close_area",
    "close_route",
    "close_session",
    "draw_areas",
    "end_feed",
    "end_look_out",
    "end_shift",
    "fill_in",
    "keep_area",
    "keep_draft",
    "keep_route",
    "look_out",
    "make_feed",
    "open_session",
    "plan_shift",
    "record_contact",
    "record_past_shifts",
    "record_together",
    "record_training",
    "safety_call",
    "take_back_note",
    "tell_of_place",
    "tell_safe_contact",
    "tick_in",
    "undo_contact",
    "write_note",
]
