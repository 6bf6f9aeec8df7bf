"""What may be read of beds, stays and lists. One noun a file."""

from alongside.casework.accommodation.queries.bed import BedPage, bed_page, why_taken
from alongside.casework.accommodation.queries.board import BedRow, Board, Elsewhere, UnitBoard, board
from alongside.casework.accommodation.queries.houses import HouseRow, house, house_of_referral, houses, own_houses
from alongside.casework.accommodation.queries.lists import PlacePage, WaitingList, place_page, waiting_list
from alongside.casework.accommodation.queries.moves import ExpectedMove, expected_moves
from alongside.casework.accommodation.queries.stay import StayPage, stay_page, stays_now, women_here
from alongside.casework.accommodation.queries.stuck import StuckRow, stuck
from alongside.casework.accommodation.queries.taken_away import codes_of, lists_now, stays_between
from alongside.casework.accommodation.queries.woman import WomanPage, woman_page

__all__ = [
    "BedPage",
    "BedRow",
    "Board",
    "Elsewhere",
    "ExpectedMove",
    "HouseRow",
    "PlacePage",
    "StayPage",
    "StuckRow",
    "UnitBoard",
    "WaitingList",
    "WomanPage",
    "bed_page",
    "board",
    "codes_of",
    "expected_moves",
    "house",
    "house_of_referral",
    "houses",
    "lists_now",
    "own_houses",
    "place_page",
    "stay_page",
    "stays_between",
    "stays_now",
    "stuck",
    "waiting_list",
    "why_taken",
    "woman_page",
    "women_here",
]
