"""Sub-selects of the rules of rows, written by the ORM once a process.

Every sealed query carries the sharing rule; having the ORM write it each time took longer than asking PostgreSQL.
Nothing is kept but the words: each query brings its own values and reads the tables anew.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db.models import Expression, Field, QuerySet


class SubSelect(Expression):
    """`Q(field__in=...)`: a sub-select with its values."""

    def __init__(self, words: str, values: list[Any]) -> None:
        super().__init__(output_field=Field())
        self.words, self.values = words, values

    def or_in(self, other: "SubSelect") -> "SubSelect":
        """What is in either."""
        return SubSelect(f"({self.words}) UNION ALL ({other.words})", [*self.values, *other.values])

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return f"({self.words})", self.values


class Written:
    """Calls `make` once, with `samples`, and from then on puts the values asked with in their places.

    `make` must write the same words whatever its values are; None stands for a NULL, which equals nothing. Samples
    are distinct and stand nowhere else in the query.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], **samples: Any) -> None:
        self.make, self.samples = make, samples

    def __call__(self, **values: Any) -> SubSelect:
        words, places = self._written
        return SubSelect(words, [values[name] if name else fixed for name, fixed in places])

    @cached_property
    def _written(self) -> tuple[str, list[tuple[str, Any]]]:
        """The words, and for each of its parameters: the name of a value, or the value that is always the same."""
        words, params = self.make(**self.samples).query.sql_with_params()
        names = {sample: name for name, sample in self.samples.items()}
        places = [(names.get(each, ""), each) for each in params]
        if missing := set(self.samples) - {name for name, _ in places}:
            raise ValueError(f"A rule of rows asks nothing of {', '.join(sorted(missing))}.")
        return words, places
