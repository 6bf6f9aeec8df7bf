"""The floor: a bare Django page that does the same reads and writes on plain tables, with HTML of the same size."""

from typing import Any

from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt


class Woman(models.Model):
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    last_seen = models.DateField(db_index=True)

    class Meta:
        app_label = "floor"


class Event(models.Model):
    woman = models.ForeignKey(Woman, on_delete=models.CASCADE)
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=8)
    staying = models.CharField(max_length=12)
    note = models.TextField(blank=True)

    class Meta:
        app_label = "floor"
        indexes = [models.Index(fields=["woman", "-at"])]


class Touched(models.Model):
    """The audit row that a bare product would write."""

    at = models.DateTimeField(default=timezone.now)
    user = models.IntegerField(default=0)
    what = models.CharField(max_length=40)

    class Meta:
        app_label = "floor"


PAGE = Engine().from_string(
    "<!DOCTYPE html><html lang=en><head><title>{{ title }}</title></head><body><main><h1>{{ title }}</h1><table>"
    "{% for row in rows %}<tr>{% for cell in row %}<td class=cell>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
    "</main>{{ filling }}</body></html>"
)
filling = {"bytes": 0}  # so that the page is as large as the product's


def told(title: str, rows: list[tuple[Any, ...]]) -> HttpResponse:
    html = PAGE.render(Context({"title": title, "rows": rows, "filling": ""}))
    return HttpResponse(html + " " * max(0, filling["bytes"] - len(html)))


def who(request: HttpRequest) -> None:
    """Session and user, as every page of any product asks for them."""
    if not request.user.is_authenticated:
        raise PermissionError


def her_page(request: HttpRequest, pk: int) -> HttpResponse:
    who(request)
    her = Woman.objects.get(pk=pk)
    events = Event.objects.filter(woman=her).order_by("-at")[:50]
    return told(her.code, [(her.name, each.at, each.outcome, each.staying, each.note) for each in events])


def listed(request: HttpRequest) -> HttpResponse:
    who(request)
    total = Woman.objects.count()
    rows = Woman.objects.order_by("-last_seen", "pk")[:20]
    return told(str(total), [(each.code, each.name, each.last_seen) for each in rows])


@csrf_exempt
def search(request: HttpRequest) -> HttpResponse:
    who(request)
    rows = Woman.objects.filter(name__icontains=request.POST["words"]).order_by("name", "pk")[:20]
    return told("Found", [(each.code, each.name, each.last_seen) for each in rows])


@csrf_exempt
def record(request: HttpRequest, pk: int) -> HttpResponse:
    who(request)
    her = Woman.objects.get(pk=pk)
    Event.objects.create(woman=her, outcome="met", staying="sofa", note=request.POST["note"])
    Woman.objects.filter(pk=pk).update(last_seen=timezone.localdate())
    Touched.objects.create(what="contact")
    return HttpResponse(status=302)


urlpatterns = [
    path("women/<int:pk>/", her_page),
    path("women/", listed),
    path("search/", search),
    path("record/<int:pk>/", record),
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]


def build(women: int, events: int) -> None:
    """The tables and their rows, written as owner."""
    with connection.schema_editor() as editor:
        for model in (Woman, Event, Touched):
            editor.create_model(model)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO floor_woman (code, name, last_seen) SELECT 'NV-' || n, 'Zq' || substr(md5(n::text), 1, 8),"
            " current_date - (n %% 300) FROM generate_series(1, %s) n",
            [women],
        )
        cursor.execute(
            "INSERT INTO floor_event (woman_id, at, outcome, staying, note) SELECT 1 + n %% %s, now() - n * interval"
            " '1 minute', 'met', 'sofa', 'She came by herself and had a tea' FROM generate_series(1, %s) n",
            [women, events],
        )
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("CREATE INDEX floor_name ON floor_woman USING gin (upper(name) gin_trgm_ops)")
        cursor.execute("ANALYZE")
