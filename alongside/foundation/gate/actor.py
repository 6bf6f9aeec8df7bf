"""Who acts. Frozen, passed explicitly, never absent."""

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

# How far a request reaches in the database: one database role each (see level.py).
Reach = Literal["agency", "coordinator", "linker", "counter", "nothing"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A user or a named job, acting for one agency of one partnership."""

    partnership: UUID | None = None
    agency: UUID | None = None
    user: UUID | None = None
    job: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    reach: Reach = "nothing"
    purpose: str = "direct support"
    route: str = ""
    # Whether this session of hers proved a passkey. Without it she reads figures only (see permissions.py).
    by_passkey: bool = False

    def __post_init__(self) -> None:
        if self.user and self.job:
            raise ValueError("An actor is a user or a named job, not both.")

    @property
    def is_signed_in(self) -> bool:
        return self.user is not None or bool(self.job)


NOBODY = Actor()
