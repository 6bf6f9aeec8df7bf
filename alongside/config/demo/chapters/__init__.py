"""What each room above the register adds to the invented partnership: one module a room, told in this order."""

from collections.abc import Callable
from uuid import UUID

<<<<<<< HEAD
from alongside.config.demo.chapters import beds, nights, phones, rights, two_teams
=======
from alongside.config.demo.chapters import agreed, beds, nights, two_teams
>>>>>>> 16a2ffb (Sharing: documents, a night-long trial, planted defects)

Say = Callable[[str], None]
Chapter = Callable[[UUID, Say], None]  # told with the partnership and where to say each step

<<<<<<< HEAD
CHAPTERS: tuple[Chapter, ...] = (nights.tell, beds.tell, rights.tell, two_teams.tell, phones.tell)
=======
CHAPTERS: tuple[Chapter, ...] = (nights.tell, beds.tell, two_teams.tell, agreed.tell)
>>>>>>> 16a2ffb (Sharing: documents, a night-long trial, planted defects)
