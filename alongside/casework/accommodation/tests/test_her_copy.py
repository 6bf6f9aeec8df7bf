"""Her copy tells every stay, time away, wait and task with her agency, and nothing of another woman's."""

import pytest
from django.utils import timezone

from alongside.casework.accommodation import actions
from alongside.casework.accommodation.codes import AwayKind, BlockedBy, Need, Source, Step, TaskKind
from alongside.casework.accommodation.her_copy import lists, stays

pytestmark = pytest.mark.django_db


def text(section) -> str:
    return "\n".join(part for row in section.rows for part in row)


def test_her_stay_and_all_that_happened_in_it(beds):
    stay = actions.give_bed(beds.worker, beds.beds[0], record=beds.her(0))
    actions.go_away(beds.worker, stay, kind=AwayKind.HOSPITAL)
    actions.block_move(beds.worker, stay, to_step=Step.SECOND_STAGE, reason=BlockedBy.NO_PLACE)
    actions.add_task(beds.worker, stay, kind=TaskKind.VIEWING, due_on=timezone.localdate())
    actions.give_bed(beds.worker, beds.beds[1], record=beds.her(2))
    told = text(stays(beds.worker, beds.her(0)))
    for words in ("Your bed", AwayKind.HOSPITAL.words.lower(), BlockedBy.NO_PLACE.words, TaskKind.VIEWING.words):
        assert words in told
    assert told.count("Your bed") == 1


def test_her_place_on_a_list_and_its_changes(beds):
    place = actions.join_list(beds.worker, beds.unit, record=beds.her(0), source=Source.SELF)
    actions.change_needs(beds.worker, place, needs=[Need.LEAVING], leaves_on=None)
    section = lists(beds.worker, beds.her(0))
    assert Need.LEAVING.words in text(section)
    assert len(section.rows) >= 2
    assert lists(beds.worker, beds.her(2)).rows == ()
