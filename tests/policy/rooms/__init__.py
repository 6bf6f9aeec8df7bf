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
    directory,
    forums,
    leaving,
    monitoring,
    needs,
    own_sign_in,
    phone,
    programs,
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


ROOMS: tuple[Room, ...] = (
    accommodation,
    contacts,
    directory,
    needs,
    phone,
    programs,
    leaving,
    own_sign_in,
    referrals,
    rights,
    traces,
    monitoring,
    commissioning,
    forums,
)
