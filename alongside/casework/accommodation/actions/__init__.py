"""Everything that changes beds, stays and lists. One noun a file."""

from alongside.casework.accommodation.actions.beds import free_bed, give_bed, hold_bed, void_bed
from alongside.casework.accommodation.actions.past import PastAway, PastBlocked, PastStay, TakenStays, take_in_stays
from alongside.casework.accommodation.actions.past_list import PastWait, take_in_waits
from alongside.casework.accommodation.actions.referred import accept_onto_list, join_referred, note_offer
from alongside.casework.accommodation.actions.stays import (
    add_task,
    block_move,
    do_task,
    end_stay,
    expect_move,
    go_away,
    return_home,
    unblock_move,
)
from alongside.casework.accommodation.actions.units import add_beds, change_unit, set_order, set_up_unit
from alongside.casework.accommodation.actions.waiting import change_needs, join_list, leave_list

__all__ = [
    "PastAway",
    "PastBlocked",
    "PastStay",
    "PastWait",
    "TakenStays",
    "accept_onto_list",
    "add_beds",
    "add_task",
    "block_move",
    "change_needs",
    "change_unit",
    "do_task",
    "end_stay",
    "expect_move",
    "free_bed",
    "give_bed",
    "go_away",
    "hold_bed",
    "join_list",
    "join_referred",
    "leave_list",
    "note_offer",
    "return_home",
    "set_order",
    "set_up_unit",
    "take_in_stays",
    "take_in_waits",
    "unblock_move",
    "void_bed",
]
