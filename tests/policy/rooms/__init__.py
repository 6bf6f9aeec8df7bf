"""What is expected of each room above the register, and what stands on the stage for it: one module a room.

A module has `REACH` (kind -> thing -> personas), `ROUTES` (route -> `Page`), and `stand(stage)`, which makes the things
by the room's own actions and returns kind -> thing -> id.
"""

from collections.abc import Mapping
from typing import Protocol

from tests.policy.rooms import (
    accommodation,
    commissioning,
    contacts,
<<<<<<< HEAD
    monitoring,
    needs,
    phone,
=======
    directory,
    monitoring,
    phone,
    programs,
>>>>>>> 3c86501 (Keys for an agency's programs, notes and safe contact, shifts on the phone, what is open with its card; what was talked of is sealed)
    referrals,
    rights,
    traces,
)
from tests.policy.words import Open, Page


class Room(Protocol):
    REACH: dict[str, dict[str, set[str]]]
    ROUTES: dict[str, Page | Open]

    @staticmethod
    def stand(stage: object) -> Mapping[str, dict[str, object]]: ...


<<<<<<< HEAD
ROOMS: tuple[Room, ...] = (accommodation, contacts, needs, phone, referrals, rights, traces, monitoring, commissioning)
=======
ROOMS: tuple[Room, ...] = (
    accommodation,
    contacts,
    directory,
    phone,
    programs,
    referrals,
    rights,
    traces,
    monitoring,
    commissioning,
)
>>>>>>> 3c86501 (Keys for an agency's programs, notes and safe contact, shifts on the phone, what is open with its card; what was talked of is sealed)
