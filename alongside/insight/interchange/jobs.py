"""Taking lists in and back as jobs: one at a time for each agency."""

from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from alongside.foundation.gate.actor import NOBODY
from alongside.foundation.gate.level import acting_as
from alongside.insight.interchange.storing import intake_job
from alongside.insight.interchange.taking import take_all_back, take_all_in


@app.task(name="lists.take_in_list")
def take_in_list(partnership_id: str, agency_id: str, list_id: str) -> None:
    """Take one waiting list in."""
    take_all_in(intake_job(UUID(partnership_id), UUID(agency_id)), UUID(list_id))


@app.task(name="lists.take_back_list")
def take_back_list(partnership_id: str, agency_id: str, list_id: str) -> None:
    """Undo one list."""
    take_all_back(intake_job(UUID(partnership_id), UUID(agency_id)), UUID(list_id))


def ask_for_intake(partnership: UUID, agency: UUID, list_id: UUID, *, in_turn: bool = True) -> None:
    _defer(take_in_list, partnership, agency, list_id, in_turn)


def ask_for_undoing(partnership: UUID, agency: UUID, list_id: UUID, *, in_turn: bool = True) -> None:
    _defer(take_back_list, partnership, agency, list_id, in_turn)


def _defer(task: Any, partnership: UUID, agency: UUID, list_id: UUID, in_turn: bool) -> None:
    # A job that died still holds its agency's turn: what takes its place must not wait for it.
    asked = task.configure(lock=f"intake {agency}") if in_turn else task
    # The table of jobs belongs to no agency; requests reach it as nobody. It commits with the request.
    with acting_as(NOBODY):
        asked.defer(partnership_id=str(partnership), agency_id=str(agency), list_id=str(list_id))
