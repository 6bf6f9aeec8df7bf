"""Who did which step when, for a history on a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.register.agencies import queries as agencies


@dataclass(frozen=True, slots=True)
class Signature:
    what: str
    at: datetime
    by: str


def signatures(steps: Iterable[tuple[str, datetime | None, UUID | None]]) -> tuple[Signature, ...]:
    """Steps that were done, newest first, with the workers' names."""
    done = [(what, at, by) for what, at, by in steps if at is not None]
    names = agencies.names_of(by for _, _, by in done if by)
    told = [Signature(what, at, names.get(by, "") if by else "") for what, at, by in done]
    return tuple(sorted(told, key=lambda each: each.at, reverse=True))
