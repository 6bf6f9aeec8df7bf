"""First door: a sealed model answers no query before `.visible_to(actor)` or `.unscoped("reason")`.

Second half of the third door: a guarded model takes no write outside an action (see changes.py).
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Self, TypeVar

from django.db import models

from alongside.foundation.gate.actor import Actor

Rule = Callable[[Actor], models.Q]
M = TypeVar("M", bound=models.Model)


class Sealed(Exception):
    """A sealed model was asked without an actor."""


class OutsideAction(Exception):
    """A guarded model was to be written outside an action."""


writing: ContextVar[str] = ContextVar("writing", default="")
_rules: dict[type[models.Model], Rule] = {}


def rows_of(model: type[models.Model]) -> Callable[[Rule], Rule]:
    """Register whose rows of `model` an actor may see. One rule a model, in its room's policy.py."""

    def register(rule: Rule) -> Rule:
        if model in _rules:
            raise ValueError(f"The rows of {model.__name__} have a rule already.")
        _rules[model] = rule
        return rule

    return register


def rule_for(model: type[models.Model]) -> Rule:
    """The rule of a model. A sealed model without one shows nothing to anyone."""
    return _rules.get(model, lambda actor: models.Q(pk__in=[]))


class SealedQuerySet(models.QuerySet[M]):
    """A queryset that must be told for whom it is before it touches the database."""

    _opened: bool = False

    def visible_to(self, actor: Actor) -> Self:
        opened: Self = self.filter(rule_for(self.model)(actor))
        opened._opened = True
        return opened

    def unscoped(self, reason: str) -> Self:
        """For the house itself (writes of an action, jobs); `reason` is for the reader of the code."""
        if not reason:
            raise ValueError("Say why no actor limits this query.")
        opened: Self = self.all()
        opened._opened = True
        return opened

    def _clone(self) -> Self:
        copy: Self = super()._clone()  # type: ignore[misc]
        copy._opened = self._opened
        return copy

    def _check_read(self) -> None:
        if not self._opened:
            raise Sealed(f"{self.model.__name__} was asked without an actor. Use .visible_to(actor).")

    def _check_write(self) -> None:
        if not writing.get():
            raise OutsideAction(f"{self.model.__name__} can be changed by an action only.")

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._check_read()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._check_read()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._check_read()
        return super().count()

    def exists(self) -> bool:
        self._check_read()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._check_read()
        return super().aggregate(*args, **kwargs)

    def explain(self, *args: Any, **kwargs: Any) -> str:
        self._check_read()
        return super().explain(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._check_read()
        self._check_write()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._check_read()
        self._check_write()
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[M]:
        self._check_write()
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        self._check_write()
        return super().bulk_update(*args, **kwargs)

    def _update(self, values: Any) -> int:
        self._check_write()
        return super()._update(values)  # type: ignore[misc, no-any-return]


class SealedManager(models.Manager.from_queryset(SealedQuerySet)):  # type: ignore[misc]
    """The only manager of a sealed model; it serves as base manager too, so relations are sealed as well."""


class SealedModel(models.Model):
    """A model about women: sealed for reading, guarded for writing."""

    objects = SealedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not writing.get():
            raise OutsideAction(f"{type(self).__name__} can be changed by an action only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if not writing.get():
            raise OutsideAction(f"{type(self).__name__} can be changed by an action only.")
        return super().delete(*args, **kwargs)
