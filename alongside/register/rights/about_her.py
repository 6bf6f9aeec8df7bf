"""Everything that any room holds about one record: for her copy, and for the day of the last entry.

Rooms above say here how their rows are told to her (`holding`), or why they are not (`left_out`); this room knows none
of them. What a room does neither with is counted, and said to be held; `tests/house/test_her_copy.py` refuses it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Count, Max, Value
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.rows import SealedModel

TIMES = ("occurred_at", "recorded_at", "written_at", "given_at", "received_at", "made_at", "decided_at")
VAULT = "people.identity"  # told first, by the copy itself
# Rooms whose rows about her are told by this one (`her_copy.py`).
OURS = ("people", "rights")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the copy: plain words, in order."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Tells = Callable[[Actor, UUID], Section]
_holdings: dict[str, tuple[frozenset[str], Tells]] = {}
_left_out: dict[str, str] = {}


def holding(name: str, *models_told: str) -> Callable[[Tells], Tells]:
    """Register how a room tells its rows about a record (`models_told`: "contacts.contact") in her copy."""

    def register(tells: Tells) -> Tells:
        if name in _holdings:
            raise ValueError(f"{name} is told twice.")
        _holdings[name] = (frozenset(models_told), tells)
        return tells

    return register


def left_out(model: str, why: str) -> None:
    """A table that hangs on a record and is not in her copy, with the reason."""
    if model in _left_out or not why:
        raise ValueError(f"{model} is left out twice, or without a reason.")
    _left_out[model] = why


def told_tables() -> frozenset[str]:
    """The tables ("contacts.contact") that a section of her copy tells."""
    return frozenset({VAULT}).union(*(each for each, _ in _holdings.values()))


def left_out_tables() -> dict[str, str]:
    """Table -> why it is in no section."""
    return dict(_left_out)


def holdings() -> list[str]:
    """The rooms that tell their rows in her copy."""
    return sorted(_holdings)


def told_elsewhere(actor: Actor, record: UUID) -> list[Section]:
    """What rooms above tell of the record, as far as the actor may read it."""
    found = [tells(actor, record) for _, tells in _holdings.values()]
    return [each for each in found if each.rows]


def held_elsewhere(actor: Actor, record: UUID) -> list[Section]:
    """How much is held that no room tells yet: counted, so that nothing is left out silently."""
    accounted_for = told_tables() | set(_left_out)
    untold = [model for model in _models() if _label(model) not in accounted_for]
    rows = tuple((name.capitalize(), f"{count:,}") for name, count in _counts(actor, untold, record))
    return [Section("Also held: ask to see these on the screen", ("Kind", "Entries"), rows)] if rows else []


def latest_entries(actor: Actor, records: Sequence[UUID]) -> dict[UUID, date]:
    """The London day of the latest entry of any room about each of these records of the actor's agency. A day only."""
    asked = [_latest(actor, model, records) for model in _models() if _time_of(model)]
    if not asked or not records:
        return {}
    found: dict[UUID, date] = {}
    for record, last in asked[0].union(*asked[1:], all=True).order_by("record_id"):
        day = timezone.localdate(last)
        found[record] = max(day, found.get(record, day))
    return found


def _latest(actor: Actor, model: type[models.Model], records: Sequence[UUID]) -> Any:
    rows = model.objects.unscoped("a day only, for the schedule; row-level security keeps the agency")  # type: ignore[attr-defined]
    of_these = rows.filter(agency_id=actor.agency, record_id__in=list(records)).order_by()
    return of_these.values("record_id").annotate(last=Max(_time_of(model))).values_list("record_id", "last")


def _models() -> list[type[models.Model]]:
    """Sealed models of rooms above whose rows hang on a record."""
    found = []
    for model in apps.get_models():
        if issubclass(model, SealedModel) and model._meta.app_label not in OURS:
            names = {field.name for field in model._meta.local_fields}
            if {"record", "agency"} <= names:
                found.append(model)
    return sorted(found, key=_label)


def _label(model: type[models.Model]) -> str:
    return model._meta.label_lower


def _time_of(model: type[models.Model]) -> str:
    names = {field.name for field in model._meta.local_fields if isinstance(field, models.DateTimeField)}
    return next((name for name in TIMES if name in names), "")


def _counts(actor: Actor, untold: Sequence[type[models.Model]], record: UUID) -> list[tuple[str, int]]:
    """How many rows of each kind the agency holds about the record, of those that the actor may see; one question."""
    asked = []
    for model in untold:
        rows = model.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency)  # type: ignore[attr-defined]
        name = Value(str(model._meta.verbose_name), models.CharField())
        asked.append(
            rows.order_by().annotate(name=name).values("name").annotate(n=Count("pk")).values_list("name", "n")
        )
    if not asked:
        return []
    counted = asked[0].union(*asked[1:], all=True).order_by("name")
    return [(name, count) for name, count in counted if count]
