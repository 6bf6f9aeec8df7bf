"""How the figures tests count: a return is made as it always is, and read as a page reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from alongside.foundation.gate.level import acting_as
from alongside.insight.monitoring.actions import Wanted, make_returns
from alongside.insight.monitoring.figures import Figure, Period
from alongside.insight.monitoring.models import Return
from alongside.register.people.facts import counting_job


@dataclass(frozen=True)
class Counted:
    """Every figure of one return, by key."""

    figures: dict[str, Figure]

    def count(self, *keys: str) -> tuple[int, ...]:
        return tuple(self.figures[key].count for key in keys)

    def percent(self, *keys: str) -> tuple[int | None, ...]:
        return tuple(self.figures[key].percent for key in keys)

    def of(self, *keys: str) -> set[int | None]:
        """The denominators."""
        return {self.figures[key].of for key in keys}


def counted(partnership: UUID, framework: str, since: date, until: date, agency: UUID | None = None) -> Counted:
    """A return of the partnership, or of one agency, for a period (both days counted)."""
    job = counting_job(partnership)
    (pk,) = make_returns(job, [Wanted(framework, agency, Period(since, until))])
    with acting_as(job):
        kept: Any = Return.objects.visible_to(job).get(pk=pk).figures
    return Counted({key: Figure.from_json(each) for key, each in kept.items()})


@contextmanager
def undone(blocker: Any, files: Path) -> Iterator[None]:
    """A story told once for a module and undone afterwards; its snapshots in a folder of the test's own."""
    from django.conf import settings

    with pytest.MonkeyPatch.context() as patch, blocker.unblock(), transaction.atomic():
        patch.setattr(settings, "SNAPSHOTS", files / "snapshots", raising=False)
        patch.setattr(settings, "DEFINITIONS", files / "definitions", raising=False)
        try:
            yield
        finally:
            transaction.set_rollback(True)
