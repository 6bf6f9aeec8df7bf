"""Questions that every page asks, written by the ORM once a process for each kind of asker.

To write a question with its rule of rows takes the ORM longer than PostgreSQL takes to answer it. Kept are words and
places alone: each time the asker, the values and the time of day are put in anew, and the tables are read.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID
from weakref import WeakSet

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.utils import timezone

from alongside.foundation.gate.actor import Actor

# In tests each question is compared with what the ORM would have written for this very asker: `differed` is to stay
# empty. Where it does not, the ORM's goes: so a test that plants a defect in a rule has that defect before it.
compared = {"always": False}
differed: list[str] = []
_questions: WeakSet["Question"] = WeakSet()
OF_ASKER = ("partnership", "agency", "user")


class Question:
    """`question(actor, **values)` is `list(ask(actor, **values))`.

    Values are ids, days, moments and lists of ids (one parameter each: `bulk.AnyOf`); others may be None, an Enum or a
    limit, and make a question of its own. `ask` reads nothing itself. A moment or day that the rules take is now or
    today; one of any other kind can't be kept, and raises ValueError.
    """

    def __init__(self, ask: Callable[..., QuerySet[Any, Any]]) -> None:
        self.ask = ask
        self._kept: dict[Any, _Kept | None] = {}
        _questions.add(self)

    def __call__(self, actor: Actor, **values: Any) -> list[Any]:
        kind = _kind(actor, values)
        if kind not in self._kept:
            self._kept[kind] = _kept(self.ask, actor, values)
        kept = self._kept[kind]
        if kept is None:
            return list(self.ask(actor, **values))
        told = {name: getattr(actor, name) for name in OF_ASKER} | values
        if compared["always"] and not _is_what_the_orm_asks(self.ask(actor, **values), kept, told):
            differed.append(kept.words)
            return list(self.ask(actor, **values))
        return kept.answer(told)


def forget() -> None:
    """Every question is written anew (tests only: rules do not change while a process lives)."""
    for each in _questions:
        each._kept.clear()


def _kind(actor: Actor, values: dict[str, Any]) -> Any:
    """What of an asker and her values changes the words: everything but ids and times."""
    who = replace(actor, route="", partnership=None, agency=None, user=None)
    told = tuple(getattr(actor, name) is None for name in OF_ASKER)
    return who, told, tuple((name, type(each) if _is_told(each) else each) for name, each in sorted(values.items()))


def _is_told(value: Any) -> bool:
    if not isinstance(value, UUID | date | list | Enum | int | None):
        raise TypeError("Each text would make a question of its own.")
    return isinstance(value, UUID | date | list)


def _sample(value: Any, number: int) -> Any:
    if isinstance(value, UUID):
        return UUID(int=number)
    if isinstance(value, datetime):
        return timezone.make_aware(datetime(1000 + number, 1, 1))
    if isinstance(value, date):
        return date(1000 + number, 1, 1)
    return [UUID(int=number)]


class _Kept:
    """The words of a question, and for each of its parameters the name of a value, or what it always is."""

    def __init__(self, asked: QuerySet[Any, Any], compiler: Any, words: str, places: list[tuple[str, Any]]) -> None:
        self.asked, self.compiler, self.words, self.places = asked, compiler, words, places

    def values(self, told: dict[str, Any]) -> tuple[Any, ...]:
        at = {**told, "now": timezone.now(), "today": timezone.localdate()}
        return tuple(at[name] if name else fixed for name, fixed in self.places)

    def answer(self, told: dict[str, Any]) -> list[Any]:
        values = self.values(told)
        compiler = _copied(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # of this thread
        compiler.as_sql = lambda *_, **__: (self.words, values)
        query = _copied(self.asked.query)
        query.get_compiler = lambda *_, **__: compiler
        asked = _copied(self.asked)
        asked._query, asked._result_cache = query, None
        return list(asked)


def _copied(thing: Any) -> Any:
    """A shallow copy; `copy.copy` would ask a queryset first."""
    copied = object.__new__(type(thing))
    copied.__dict__.update(thing.__dict__)
    return copied


def _kept(ask: Callable[..., QuerySet[Any, Any]], actor: Actor, values: dict[str, Any]) -> _Kept | None:
    """None where the rules leave nothing to ask, or everything: the ORM says that without a question."""
    if {*OF_ASKER, "now", "today"} & {*values}:
        raise ValueError("A value of a question has a name of the gate's.")
    asker = {name: getattr(actor, name) for name in OF_ASKER}
    told = {name: each for name, each in (asker | values).items() if _is_told(each)}
    samples = {name: _sample(each, number) for number, (name, each) in enumerate(told.items(), 1)}
    partnership, agency, user = (samples.get(name) for name in OF_ASKER)
    sample_actor = replace(actor, partnership=partnership, agency=agency, user=user)
    began = timezone.now()
    asked = ask(sample_actor, **values | {name: each for name, each in samples.items() if name in values})
    compiler = asked.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        words, parameters = compiler.as_sql()
    except (EmptyResultSet, FullResultSet):
        return None
    return _Kept(asked, compiler, words, [_place(each, samples, began) for each in parameters])


def _place(parameter: Any, samples: dict[str, Any], began: datetime) -> tuple[str, Any]:
    for name, sample in samples.items():
        if type(parameter) is type(sample) and parameter == sample:
            return name, None
    if isinstance(parameter, datetime):
        if not began <= parameter <= timezone.now():
            raise ValueError("A question that is kept asks for a moment that is not now.")
        return "now", None
    if isinstance(parameter, date):
        if not parameter == timezone.localdate() == timezone.localdate(began):
            raise ValueError("A question that is kept asks for a day that is not today.")
        return "today", None
    return "", parameter


def _is_what_the_orm_asks(asked: QuerySet[Any, Any], kept: _Kept, told: dict[str, Any]) -> bool:
    try:
        words, parameters = asked.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    except (EmptyResultSet, FullResultSet):
        return False
    ours = kept.values(told)
    same = words == kept.words and len(ours) == len(parameters)
    return same and all(_agree(one, other) for one, other in zip(ours, parameters, strict=True))


def _agree(one: Any, other: Any) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return abs((one - other).total_seconds()) < 60
    return bool(getattr(one, "obj", one) == getattr(other, "obj", other))  # what is sent as JSON is wrapped each time
