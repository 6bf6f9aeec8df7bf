"""Stays of before, as a house kept them in its own book."""

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from alongside.casework.accommodation import actions
from alongside.casework.accommodation.codes import (
    EndReason,
    WhereTo,
)
from alongside.casework.accommodation.rules import (
    noon,
)
from alongside.foundation.gate.level import acting_as

DAY = timedelta(days=1)


def test_overlapping_imports_the_first_stands(beds):
    day = noon(date(2026, 3, 2))
    rows = [
        actions.PastStay(beds.beds[0], beds.her(0), day, day + 9 * DAY, EndReason.MOVED_ON, WhereTo.SECOND_STAGE),
        actions.PastStay(beds.beds[0], beds.her(2), day + DAY, day + 2 * DAY, EndReason.HER_CHOICE),
        actions.PastStay(beds.beds[1], beds.her(0), day + 8 * DAY),
        actions.PastStay(beds.beds[1], beds.her(2), day + DAY, day, EndReason.HER_CHOICE),
        actions.PastStay(UUID(int=4), beds.her(2), day),
        actions.PastStay(beds.beds[1], beds.her(4), timezone.now() + DAY),
        actions.PastStay(beds.beds[1], beds.her(4), day, day + DAY),
    ]
    with acting_as(beds.manager):
        taken = actions.take_in_stays(beds.manager, rows=rows)
        assert (taken.new, taken.same) == (1, 0)
        assert [place for place, _ in taken.left_out] == [1, 2, 3, 4, 5, 6]
        again = actions.take_in_stays(beds.manager, rows=rows[:1])
        assert (again.new, again.same, again.left_out) == (0, 1, ())
