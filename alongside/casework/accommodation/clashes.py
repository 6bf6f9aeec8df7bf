"""What the database says no to, by the names of this room."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from alongside.casework.accommodation.rules import (
    AlreadyWaiting,
    BedTaken,
    EndsBeforeItBegins,
    NotOpen,
    Refusal,
    WomanElsewhere,
)

BY_CONSTRAINT: dict[str, type[Refusal]] = {
    "one_use_of_a_bed": BedTaken,
    "one_bed_for_a_woman": WomanElsewhere,
    "use_ends_after_it_begins": EndsBeforeItBegins,
    "away_ends_after_it_begins": EndsBeforeItBegins,
    "blocked_ends_after_it_begins": EndsBeforeItBegins,
    "waiting_ends_after_it_begins": EndsBeforeItBegins,
    "away_once_at_a_time": NotOpen,
    "blocked_once_at_a_time": NotOpen,
    "waits_once": AlreadyWaiting,
}


@contextmanager
def clashes_named() -> Iterator[None]:
    """Two at once are decided by a constraint; the one who came second is told by its name. Raises a Refusal."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        refusal = BY_CONSTRAINT.get(constraint_of(error))
        if refusal is None:
            raise
        raise refusal from None


def constraint_of(error: IntegrityError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", "") or "")
