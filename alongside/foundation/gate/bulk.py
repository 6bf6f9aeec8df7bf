"""Adding many rows of a sealed model at once, still under row-level security and inside an action.

COPY does not work under row-level security, and the ORM's own bulk insert spends 20 times longer on these wide rows
of bytes: one INSERT from arrays, sent in binary, takes its place.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Lookup
from psycopg import sql

from alongside.foundation.gate.rows import OutsideAction, writing


class AnyOf(Lookup):  # type: ignore[type-arg]  # Django has no generic at run time
    """`filter(AnyOf(F("field"), values))`: as `field__in`, in one parameter however many values there are."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        field, params = self.process_lhs(compiler, connection)
        return f"{field} = ANY(%s)", [*params, list(self.rhs)]


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, every: Mapping[str, Any]
) -> int:
    """Insert rows (one value per name in `columns`) that all share the values in `every`.

    Every column not named takes its database default. Returns how many. Raises OutsideAction, and what PostgreSQL says
    of a row it refuses.
    """
    if not writing.get():
        raise OutsideAction(f"{model.__name__} can be changed by an action only.")
    table = list(rows)
    if not table:
        return 0
    fields = [model._meta.get_field(name) for name in columns]
    shared = [model._meta.get_field(name) for name in every]
    values = [
        [_array_text(value) for value in column] if isinstance(field, ArrayField) else list(column)
        for field, column in zip(fields, zip(*table, strict=True), strict=True)
    ]
    connection.ensure_connection()
    # psycopg's own cursor binds on the server and sends arrays in binary; Django's spells them out as text.
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(_statement(model, fields, shared), [*every.values(), *values])
        return cursor.rowcount


def _array_text(value: Sequence[int]) -> str:
    return "{" + ",".join(map(str, value)) + "}"


def _statement(model: type[models.Model], fields: Sequence[Any], shared: Sequence[Any]) -> sql.Composed:
    names = [sql.Identifier(field.column) for field in (*shared, *fields)]
    picked: list[sql.Composable] = [sql.SQL(f"%b::{_kind(field)}") for field in shared]
    sources, arrays = [], []
    for index, field in enumerate(fields):
        name, is_array = sql.Identifier(f"c{index}"), isinstance(field, ArrayField)
        sources.append(name)
        arrays.append(sql.SQL("%b::text[]" if is_array else f"%b::{_base(_kind(field))}[]"))
        picked.append(sql.SQL("{}::{}").format(name, sql.SQL(_kind(field))) if is_array else name)
    return sql.SQL("INSERT INTO {} ({}) SELECT {} FROM unnest({}) AS u({})").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(names),
        sql.SQL(", ").join(picked),
        sql.SQL(", ").join(arrays),
        sql.SQL(", ").join(sources),
    )


def _kind(field: Any) -> Any:
    return field.rel_db_type(connection) if field.remote_field else field.db_type(connection)


def _base(kind: str) -> str:
    """The type of an array's elements: a length or precision does not belong there."""
    return kind.split("(")[0]
