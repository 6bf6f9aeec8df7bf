"""What each room above the register adds to the invented partnership: one module a room, told in this order."""

from collections.abc import Callable
from uuid import UUID

from alongside.config.demo.chapters import (
    agreed,
    beds,
    commissioning,
    doors,
    events,
    forums,
    leaving,
    needs,
    nights,
    own_sign_in,
    phones,
    programs,
    referrals,
    returns,
    rights,
    two_teams,
)

Say = Callable[[str], None]
Chapter = Callable[[UUID, Say], None]  # told with the partnership and where to say each step

CHAPTERS: tuple[Chapter, ...] = (
    nights.tell,
    doors.tell,
    beds.tell,
    rights.tell,
    two_teams.tell,
    phones.tell,
    programs.tell,
    agreed.tell,
    forums.tell,
    events.tell,
    referrals.tell,
    needs.tell,
    returns.tell,
    commissioning.tell,
    leaving.tell,
    own_sign_in.tell,
)
