"""What of a statement is kept, and what is sent written out."""

import pytest
from django.db import connection

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
    for _ in range(7):
        assert ask(f"SELECT count(*) AS lots FROM generate_series(1, 9) n WHERE n IN ({places})", values) == [(9,)]
    assert not kept("AS lots")
    assert MANY < 65_535


def test_a_percent_sign_among_many_values_is_no_place():
    values = ["100 %s", "%%", *["x"] * MANY]
    assert ask("SELECT ARRAY[" + ", ".join(["%s"] * len(values)) + "] AS each", values) == [(values,)]
