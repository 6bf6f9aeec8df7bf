"""What of a statement is kept, and what is sent written out."""

import pytest
from django.db import DataError, connection

from alongside.foundation.gate.database.base import MANY

pytestmark = pytest.mark.django_db


def kept(words):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", [f"%{words}%"])
        return cursor.fetchone()[0]


def ask(words, values):
    with connection.cursor() as cursor:
        cursor.execute(words, values)
        return cursor.fetchall()


def test_what_is_asked_often_is_kept():
    for number in range(10):
        assert ask("SELECT %s + 1 AS often", [number]) == [(number + 1,)]
    assert kept("AS often")


def test_more_values_than_the_protocol_carries_are_sent_written_out():
    values = list(range(70_000))
    places = ", ".join(["%s"] * len(values))
    words = f"SELECT count(*) AS lots FROM generate_series(1, 9) n WHERE n IN ({places})"  # noqa: S608  places
    for _ in range(7):
        assert ask(words, values) == [(9,)]
    assert not kept("AS lots")
    assert MANY < 65_535


def test_a_percent_sign_among_many_values_is_no_place():
    values = ["100 %s", "%%", *["x"] * MANY]
    assert ask("SELECT ARRAY[" + ", ".join(["%s"] * len(values)) + "] AS each", values) == [(values,)]


@pytest.mark.parametrize("kind", ["SmallIntegerField", "IntegerField", "BigIntegerField"])
@pytest.mark.parametrize("number", [7, -40_000, 2**31, -(2**40), 2**63 - 1])
def test_no_number_is_cut_off(kind, number):
    adapted = connection.ops.adapt_integerfield_value(number, kind)
    assert ask("SELECT %s::numeric", [adapted]) == [(number,)]


def test_what_is_larger_than_a_column_can_hold_is_refused():
    adapted = connection.ops.adapt_integerfield_value(70_000, "SmallIntegerField")
    with pytest.raises(DataError, match="out of range"):
        ask("SELECT %s::smallint", [adapted])
