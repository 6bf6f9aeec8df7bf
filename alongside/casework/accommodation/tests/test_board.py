"""The board of tonight: what each bed is, and who reads it as what."""

from alongside.casework.accommodation import actions, queries
from alongside.casework.accommodation.codes import (
    AwayKind,
    VoidReason,
)
from alongside.casework.accommodation.models import BedUse
from alongside.foundation.gate.level import acting_as


def test_the_board_says_what_each_bed_is_tonight(beds):
    actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0))
    actions.hold_bed(beds.worker, beds.beds[1], record=beds.her(2), hours=2)
    away = actions.give_bed(beds.worker, beds.second_beds[0], record=beds.her(4))
    actions.go_away(beds.worker, away, kind=AwayKind.PRISON)
    actions.void_bed(beds.worker, beds.second_beds[1], reason=VoidReason.REPAIR)
    board = queries.board(beds.worker)
    assert [[bed.state for bed in unit.beds] for unit in board.units] == [
        ["Here", "Held", "Free"],
        ["Away", "Not in use"],
    ]
    assert board.elsewhere == ()


def test_another_agency_reads_a_number_and_nothing_else(beds):
    actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0))
    van = beds.world.actor("key_worker")
    with acting_as(van):
        board = queries.board(van)
        assert board.units == ()
        assert [(house.name, house.places, house.free) for house in board.elsewhere] == [
            ("Green House", 3, 2),
            ("Green Terrace", 2, 2),
        ]
        assert not BedUse.objects.visible_to(van).exists()


def test_the_co_ordinator_reads_codes(beds):
    actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0))
    coordinator = beds.world.actor("coordinator")
    with acting_as(coordinator):
        shown = [bed.who for unit in queries.board(coordinator).units for bed in unit.beds if bed.who]
    assert [who[:3] for who in shown] == ["GH-"]
