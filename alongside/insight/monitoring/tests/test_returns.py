"""Returns as they are counted, shown, taken away, and led back to the women behind them."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pyarrow.parquet as pq
import pytest
import python_calamine
from django.test import Client
from django.utils import timezone

from alongside.casework.contacts import actions as contacts
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.foundation.trail.models import TrailRow
from alongside.insight.monitoring import jobs, queries, snapshots
from alongside.insight.monitoring.actions import NoSuchFramework, Wanted, folder, make_returns
from alongside.insight.monitoring.figures import Period
from alongside.register.agencies.models import Worker
from alongside.register.people.facts import counting_job
from tests.world import World, as_persona, build, canaries, enter

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, settings: Any) -> None:
    """Files of the test's own; the second factor has its own tests."""
    settings.SNAPSHOTS, settings.DEFINITIONS = tmp_path / "snapshots", tmp_path / "definitions"
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if ".accounts." not in each]


@pytest.fixture
def world() -> World:
    made = build()
    now = timezone.now()
    with as_persona(made, "key_worker") as actor:
        for woman in (0, 0, 0, 1, 2):
            told = canaries("riverside", "van", woman)
            contacts.record_contact(
                actor, id=uuid4(), occurred_at=now, record=made.records["van", woman], note=told["note"], staying="own"
            )
        contacts.record_contact(actor, id=uuid4(), occurred_at=now, description=canaries("riverside", "van", 3)["mark"])
    return made


def made(world: World, agency: str | None = "van", framework: str = "quarterly", period: Period = YEAR) -> UUID:
    wanted = Wanted(framework, world.agencies[agency].id if agency else None, period)
    return make_returns(counting_job(world.partnership.id), [wanted])[0]


def signed_in(world: World, persona: str) -> Client:
    worker: Worker = world.workers[persona]
    return enter(Client(), worker)


def trail(world: World, permission: str) -> int:
    with as_persona(world, "dp_lead"):
        return TrailRow.objects.filter(permission=permission, allowed=True).count()


def shown(world: World, persona: str, pk: UUID) -> dict[str, tuple[int, int | None]]:
    with as_persona(world, persona) as actor:
        sheet = queries.return_sheet(actor, pk)
    return {line.definition.key: (line.figure.count, line.figure.of) for _, line in sheet.lines()}


def test_a_return_counts_what_was_recorded(world: World) -> None:
    found = shown(world, "manager", made(world))
    assert found["known"] == (8, None)
    assert found["met"] == (3, 8)
    assert found["engaged"] == (1, 3)
    assert found["contacts"] == (6, None)
    assert found["own_place"] == (3, 3)


def test_a_snapshot_holds_no_name_and_no_free_text(world: World) -> None:
    pk = made(world)
    with as_persona(world, "coordinator") as actor:
        (row,) = queries.snapshots(actor)
    snapshots.verify(folder(row.id), row.digest)
    written = _told(folder(row.id))
    words = [
        each
        for agency in ("van", "house", "custody")
        for woman in range(8)
        for each in canaries("riverside", agency, woman).values()
    ]
    assert [word for word in words if word.lower() in written] == []
    assert [str(each) for each in world.records.values() if str(each) in written] == []
    assert str(world.agencies["van"].id) in written, "the reader sees what is written, so it would find a name"
    assert row.facts == sum(1 for _ in world.records) + 6
    with as_persona(world, "manager") as actor:
        assert queries.return_sheet(actor, pk).digest == row.digest


def _told(files: Path) -> str:
    """All that the files say, metadata too."""
    sheets = [pq.ParquetFile(path) for path in sorted(files.iterdir())]
    return "".join(f"{each.metadata.to_dict()}{each.read().to_pylist()}" for each in sheets).lower()


def test_numbers_of_women_change_with_each_snapshot(world: World) -> None:
    drawn = set()
    for _ in range(4):
        pk = made(world)
        with as_persona(world, "manager") as actor:
            (line,) = [line for _, line in queries.return_sheet(actor, pk).lines() if line.definition.key == "engaged"]
        drawn.add(line.figure.women)
    assert len(drawn) > 1


def test_counted_again_it_says_what_changed(world: World) -> None:
    made(world)
    with as_persona(world, "key_worker") as actor:
        contacts.record_contact(actor, id=uuid4(), occurred_at=timezone.now(), record=world.records["van", 5])
    pk = made(world)
    page = signed_in(world, "manager").get(f"/returns/{pk}/").content.decode()
    assert "was 3 when counted last" in page
    assert "Changed since this period was counted last" in page


def test_the_period_before_stands_beside(world: World) -> None:
    made(world, period=Period(date(2025, 1, 1), date(2025, 12, 31)))
    pk = made(world)
    with as_persona(world, "manager") as actor:
        sheet = queries.return_sheet(actor, pk)
    assert sheet.earlier == Period(date(2025, 1, 1), date(2025, 12, 31))
    assert {line.definition.key: line.earlier for _, line in sheet.lines()}["met"] == 0


def test_page_and_files_show_the_same_numbers(world: World) -> None:
    pk = made(world)
    client = signed_in(world, "manager")
    page = client.get(f"/returns/{pk}/").content.decode()
    assert "3 of 8 (38%) women known" in page
    text = client.get(f"/returns/{pk}/csv/").content.decode("utf-8-sig")
    rows = {row[1]: row for row in csv.reader(io.StringIO(text)) if len(row) > 2}
    assert rows["Women met"][2:5] == ["3", "8", "38"]
    book = python_calamine.load_workbook(io.BytesIO(client.get(f"/returns/{pk}/xlsx/").content))
    sheet = {row[1]: row for row in book.get_sheet_by_name("Figures").to_python()}
    assert sheet["Women met"][2:5] == [3.0, 8.0, 38.0]
    assert trail(world, "returns.download") == 2


def test_from_a_figure_to_the_women_behind_it(world: World) -> None:
    pk = made(world)
    client = signed_in(world, "key_worker")
    assert f"/returns/{pk}/engaged/women/" in client.get(f"/returns/{pk}/").content.decode()
    page = client.get(f"/returns/{pk}/engaged/women/").content.decode()
    assert canaries("riverside", "van", 0)["name"] in page
    assert canaries("riverside", "van", 1)["name"] not in page
    assert trail(world, "returns.see_women") == 1


def test_the_women_are_told_to_their_own_agency_alone(world: World) -> None:
    pk, whole = made(world), made(world, agency=None)
    for persona, number in (("hostel_worker", pk), ("key_worker", whole), ("coordinator", pk)):
        with as_persona(world, persona) as actor, pytest.raises((NotFound, Denied)):
            queries.women_behind(actor, number, "met")
    assert "women/" not in signed_in(world, "coordinator").get(f"/returns/{pk}/").content.decode()


@pytest.mark.parametrize("key", ["contacts", "nothing", "used_arts"])
def test_no_women_behind_what_counts_none(world: World, key: str) -> None:
    pk = made(world)
    with as_persona(world, "key_worker") as actor, pytest.raises(NotFound):
        queries.women_behind(actor, pk, key)


def test_other_agency_gets_404(world: World) -> None:
    pk = made(world)
    assert signed_in(world, "hostel_worker").get(f"/returns/{pk}/").status_code == 404
    assert signed_in(world, "hostel_worker").get(f"/returns/{pk}/csv/").status_code == 404
    assert signed_in(world, "manager").get(f"/returns/{uuid4()}/").status_code == 404
    assert signed_in(world, "commissioner").get(f"/returns/{pk}/").status_code == 403


def test_a_manager_asks_for_her_agency_and_the_coordinator_for_all(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, str]] = []
    monkeypatch.setattr(
        jobs.count_return,
        "configure",
        lambda **lock: type("Task", (), {"defer": lambda self, **each: asked.append(each)})(),
    )
    for persona in ("manager", "coordinator"):
        answer = signed_in(world, persona).post(
            "/returns/count/", {"framework": "quarterly", "since": "2026-07-01", "until": "2026-09-30"}
        )
        assert answer.status_code == 302
    assert [each["agency_id"] for each in asked] == [str(world.agencies["van"].id), ""]
    for each in asked:
        jobs.count_return(**each)
    with as_persona(world, "coordinator") as actor:
        assert [row.whose for row in queries.returns(actor)] == ["Riverside", "Night Van"]
    with as_persona(world, "manager") as actor:
        assert [row.whose for row in queries.returns(actor)] == ["Night Van"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"framework": "", "since": "2026-07-01", "until": "2026-09-30"}, "Which return"),
        ({"framework": "nothing", "since": "2026-07-01", "until": "2026-09-30"}, "Which return"),
        ({"framework": "quarterly", "since": "", "until": "2026-09-30"}, "Enter the first day"),
        ({"framework": "quarterly", "since": "2026-10-01", "until": "2026-09-30"}, "before the first day"),
        ({"framework": "quarterly", "since": "soon", "until": "2026-09-30"}, "as a date"),
    ],
)
def test_a_wrong_wish_is_told_in_words(world: World, data: dict[str, str], words: str) -> None:
    answer = signed_in(world, "manager").post("/returns/count/", data)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_nothing_is_kept_when_counting_fails(world: World) -> None:
    with pytest.raises(NoSuchFramework):
        made(world, framework="nothing")
    with as_persona(world, "coordinator") as actor:
        assert queries.snapshots(actor) == []
        assert queries.returns(actor) == []


def test_a_future_period_says_that_it_will_grow(world: World) -> None:
    today = timezone.localdate()
    pk = made(world, period=Period(today, today + timedelta(days=30)))
    assert "will still grow" in signed_in(world, "manager").get(f"/returns/{pk}/").content.decode()


def test_get_changes_nothing(world: World) -> None:
    pk = made(world)
    client = signed_in(world, "coordinator")
    for address in ("/returns/", f"/returns/{pk}/", "/returns/snapshots/", "/returns/definitions/"):
        assert client.get(address).status_code == 200
    with as_persona(world, "coordinator") as actor:
        assert len(queries.returns(actor)) == 1


def test_only_the_counting_job_counts(world: World) -> None:
    actor: Actor = world.actor("coordinator")
    with pytest.raises(Denied):
        make_returns(actor, [Wanted("quarterly", None, YEAR)])
    with acting_as(actor):
        assert queries.returns(actor) == []
