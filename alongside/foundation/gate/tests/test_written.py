"""Sub-selects that the ORM writes once."""

from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from alongside.foundation.gate.written import Written


def of(app: str, kind: str):
    return ContentType.objects.filter(Q(app_label=app) | Q(model=kind)).exclude(model="").order_by("id").values("id")


@pytest.fixture
def rows(db):
    app = uuid4().hex
    return app, [ContentType.objects.create(app_label=app, model=model).pk for model in ("one", "other")]


def test_it_finds_what_the_orm_finds_for_each_value(rows):
    written = Written(of, app="an app", kind="a kind")
    app, _ = rows
    for values in ({"app": app, "kind": "-"}, {"app": "-", "kind": "one"}, {"app": "-", "kind": "-"}):
        asked = ContentType.objects.filter(pk__in=written(**values), app_label=app).order_by("id")
        plain = ContentType.objects.filter(pk__in=of(**values), app_label=app).order_by("id")
        assert list(asked) == list(plain)
    assert list(ContentType.objects.filter(pk__in=written(app=app, kind="-")).order_by("id")) != []


def test_the_orm_writes_it_once(rows):
    asked = []

    def counted(app: str, kind: str):
        asked.append(app)
        return of(app, kind)

    written = Written(counted, app="an app", kind="a kind")
    for _ in range(3):
        assert ContentType.objects.filter(pk__in=written(app=rows[0], kind="-")).count() == 2
    assert asked == ["an app"]


def test_nothing_equals_none(rows):
    written = Written(of, app="an app", kind="a kind")
    assert not ContentType.objects.filter(pk__in=written(app=None, kind=None)).exists()


def test_rows_are_read_anew_each_time(rows):
    app, made = rows
    written = Written(of, app="an app", kind="a kind")
    assert ContentType.objects.filter(pk__in=written(app=app, kind="-")).count() == 2
    ContentType.objects.filter(pk=made[0]).delete()
    assert ContentType.objects.filter(pk__in=written(app=app, kind="-")).count() == 1


def test_a_value_that_nothing_asks_for_is_an_error():
    with pytest.raises(ValueError, match="unused"):
        Written(lambda unused: ContentType.objects.values("id"), unused="unused")(unused="x")
