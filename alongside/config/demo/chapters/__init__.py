"""What each room above the register adds to the invented partnership: one module a room, told in this order."""

from collections.abc import Callable
from uuid import UUID

<<<<<<< HEAD
from alongside.config.demo.chapters import agreed, beds, nights, phones, returns, rights, two_teams
=======
from alongside.config.demo.chapters import agreed, beds, nights, phones, referrals, rights, two_teams
>>>>>>> 22bd329 (Referrals: sent, answered, followed to their start, and every no with its reason)

Say = Callable[[str], None]
Chapter = Callable[[UUID, Say], None]  # told with the partnership and where to say each step

CHAPTERS: tuple[Chapter, ...] = (
    nights.tell,
    beds.tell,
    rights.tell,
    two_teams.tell,
    phones.tell,
    agreed.tell,
<<<<<<< HEAD
    returns.tell,
=======
    referrals.tell,
>>>>>>> 22bd329 (Referrals: sent, answered, followed to their start, and every no with its reason)
)
