"""Areas drawn from a file, the map, and hexagons on page and API; a bad file leaves everything as it was."""

import json
import re
from datetime import date
from html import unescape
from uuid import UUID, uuid4

import h3
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from alongside.casework.contacts import actions, facts, queries
from alongside.casework.contacts.models import Area, Contact
from alongside.casework.contacts.queries.together import _first_met as first_met
from alongside.casework.contacts.rules.ground import read_boundaries
from alongside.casework.contacts.tests.test_ground import BESIDE, file_of, shape
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.register.people.facts import RecordFact, counting_job
from tests.world import SignIn, World, canaries

TOWN = file_of(shape("Mill Lane"), shape("Dock Street", [BESIDE]))


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def sent(content: bytes = TOWN) -> dict[str, object]:
    return {"file": SimpleUploadedFile("areas.geojson", content)}


def drawn(world: World) -> list[tuple[str, bool]]:
    actor = world.actor("coordinator")
    with acting_as(actor):
        return [(area.name, area.is_drawn) for area in queries.areas(actor)]


def shapes(html: str) -> list[dict[str, object]]:
    return json.loads(unescape(re.search(r'data-shapes="([^"]*)"', html)[1]))  # type: ignore[index, no-any-return]


@pytest.mark.parametrize("persona", ["manager", "coordinator"])
def test_a_file_names_and_draws_areas(sign_in: SignIn, world: World, persona: str) -> None:
    client = sign_in(persona)
    client.post(reverse("contacts:areas"), {"name": "mill lane"})
    answer = client.post(reverse("contacts:draw"), sent())
    assert answer.status_code == 302
    html = text(client.get(answer["Location"]))
    assert "1 new area and 1 area drawn anew." in html
    assert drawn(world) == [("Dock Street", True), ("mill lane", True)]
    assert {each["words"] for each in shapes(html)} >= {"mill lane 1", "Dock Street 1", "Dock Street"}
    client.post(reverse("contacts:draw"), sent(file_of(shape("Mill Lane", [BESIDE]))))
    actor = world.actor(persona)
    with acting_as(actor):
        assert Area.objects.visible_to(actor).get(name="mill lane").boundary[0][0][0] == [1.63, 53.28]
        assert Area.objects.visible_to(actor).count() == 2


def test_a_bad_file_says_what_to_do_and_leaves_everything_as_it_was(sign_in: SignIn, world: World) -> None:
    client = sign_in("manager")
    client.post(reverse("contacts:areas"), {"name": "Mill Lane"})
    broken = file_of(shape("Mill Lane"), shape("Dock Street", kind="Point"))
    for content in (broken, TOWN[:-20], b""):
        answer = client.post(reverse("contacts:draw"), sent(content))
        assert answer.status_code == 422
        assert "There is a problem" in text(answer)
    assert client.post(reverse("contacts:draw"), {}).status_code == 422
    assert drawn(world) == [("Mill Lane", False)]


def test_all_areas_or_none(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    actor, saved, save = world.actor("coordinator"), [], Area.save

    def second_fails(self: Area, *args: object, **kwargs: object) -> None:
        saved.append(self.name)
        if len(saved) == 2:
            raise IntegrityError
        save(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Area, "save", second_fails)
    with acting_as(actor), pytest.raises(actions.places.AreaThere):  # type: ignore[attr-defined]
        actions.draw_areas(actor, boundaries=read_boundaries(TOWN))
    assert drawn(world) == []


def test_a_closed_area_stays_closed(world: World) -> None:
    actor = world.actor("coordinator")
    with acting_as(actor):
        actions.close_area(actor, actions.keep_area(actor, name="Mill Lane"))
        assert actions.draw_areas(actor, boundaries=read_boundaries(TOWN)).changed == 1
        assert [area.name for area in queries.ground(actor)] == ["Dock Street"]


def test_a_caseworker_draws_nothing(sign_in: SignIn, world: World) -> None:
    assert sign_in("outreach_worker").post(reverse("contacts:draw"), sent()).status_code == 403


# --- a hexagon is the finest place


@pytest.fixture
def cell(world: World) -> str:
    actor = world.actor("coordinator")
    with acting_as(actor):
        actions.draw_areas(actor, boundaries=read_boundaries(TOWN))
        return queries.ground(actor)[0].hexagons[0].cell


def test_a_contact_in_a_hexagon_is_in_its_area(sign_in: SignIn, world: World, cell: str) -> None:
    client, actor = sign_in("outreach_worker"), world.actor("outreach_worker")
    address = reverse("contacts:saw-her", args=[world.records["van", 1]])
    assert "Dock Street 1" in text(client.get(address))
    assert client.post(address, {"place": "street", "hexagon": cell}).status_code == 302
    with acting_as(actor):
        kept = Contact.objects.visible_to(actor).select_related("area").get()
    assert kept.area is not None
    assert (kept.hexagon, kept.area.name) == (cell, "Dock Street")
    job = counting_job(world.partnership.id)
    today = timezone.localdate()
    with acting_as(job):
        assert [each.hexagon for each in facts.contacts(job, today, today)] == [cell]


@pytest.mark.parametrize("finer", ["89195da49d3ffff", "53.29,1.61", "8f195da49d2b6d1"])
def test_the_form_takes_no_finer_place(sign_in: SignIn, world: World, cell: str, finer: str) -> None:
    address = reverse("contacts:saw-her", args=[world.records["van", 1]])
    assert sign_in("outreach_worker").post(address, {"place": "street", "hexagon": finer}).status_code == 422


def test_neither_does_the_api(sign_in: SignIn, world: World, cell: str) -> None:
    client, address = sign_in("key_worker"), reverse("contacts:api-contacts")
    told = {"occurred_at": "2026-03-04T22:15:00+00:00", "record": str(world.records["van", 1])}

    def post(**more: object) -> HttpResponse:
        return client.post(address, json.dumps({**told, **more}), content_type="application/json")

    finer = h3.cell_to_center_child(cell, 9)
    refused = post(id=str(uuid4()), hexagon=finer)
    assert (refused.status_code, refused.json()["field"]) == (422, "hexagon")
    assert finer not in text(refused)
    known = str(uuid4())
    assert post(id=known, hexagon=cell).status_code == 201
    assert post(id=known, hexagon=cell).status_code == 200
    assert post(id=known).status_code == 409
    listed = client.get(address, {"since": "2026-03-01", "until": "2026-03-31"}).json()
    assert [row["hexagon"] for row in listed["contacts"]] == [cell]


def test_nor_does_the_database(world: World, cell: str) -> None:
    actor = world.actor("key_worker")

    @action("contacts.record")
    def plant(actor: object, *, hexagon: str) -> None:
        Contact.objects.visible_to(actor).update(hexagon=hexagon)  # type: ignore[arg-type]

    with acting_as(actor):
        actions.record_contact(actor, id=uuid4(), occurred_at=timezone.now(), record=world.records["van", 1])
        plant(actor, hexagon=cell)
        with pytest.raises(IntegrityError), transaction.atomic():
            plant(actor, hexagon=h3.cell_to_center_child(cell, 9))


# --- the map


def test_the_map_and_its_table_say_the_same_and_hide_small_numbers(sign_in: SignIn, world: World, cell: str) -> None:
    actor, client = world.actor("key_worker"), sign_in("key_worker")
    yesterday = timezone.now() - timezone.timedelta(days=1)  # type: ignore[attr-defined]
    women = [record for (agency, _), record in sorted(world.records.items()) if agency == "van"][:8]
    assert len(women) == 8

    def meet(record: object) -> None:
        with acting_as(actor):
            actions.record_contact(actor, id=uuid4(), occurred_at=yesterday, record=record, hexagon=cell)

    for record in women[:7]:
        meet(record)
        meet(record)
    html = text(client.get(reverse("contacts:map")))
    assert {each["shade"] for each in shapes(html)} == {0}
    assert not any("contacts" in str(each["words"]) for each in shapes(html))
    assert "no hexagon has more than 7 women" in html
    meet(women[7])
    html = text(client.get(reverse("contacts:map")))
    assert [each["label"] for each in shapes(html) if each["label"] not in ("", "*")] == ["15"]
    assert [each["words"] for each in shapes(html) if each["shade"]] == ["Dock Street 1: 15 contacts"]
    row = re.search(r"<tr[^>]*>\s*<th scope=\"row\"[^>]*>Dock Street 1</th>(.*?)</tr>", html, re.DOTALL)
    assert row
    assert re.findall(r">(\d+)<", row[1]) == ["10", "15"]


def test_another_agencys_contacts_are_not_on_it(sign_in: SignIn, world: World, cell: str) -> None:
    actor = world.actor("hostel_worker")
    with acting_as(actor):
        actions.record_contact(
            actor, id=uuid4(), occurred_at=timezone.now(), record=world.records["house", 2], hexagon=cell
        )
    assert "0 contacts in a hexagon of your ground" in text(sign_in("key_worker").get(reverse("contacts:map")))


# --- all agencies together


def test_the_coordinator_sees_all_agencies_counted_and_no_one_named(sign_in: SignIn, world: World, cell: str) -> None:
    at = timezone.now() - timezone.timedelta(days=2)  # type: ignore[attr-defined]
    for persona, agency in (("key_worker", "van"), ("hostel_worker", "house")):
        actor = world.actor(persona)
        with acting_as(actor):
            mine = [record for (slug, _), record in sorted(world.records.items()) if slug == agency][:4]
            for record in mine:
                actions.record_contact(actor, id=uuid4(), occurred_at=at, record=record, hexagon=cell, note="Sang")
    client = sign_in("coordinator")
    html = text(client.get(reverse("contacts:together")))
    assert "8 contacts outside sessions with 8 women" in html
    assert [each["label"] for each in shapes(html) if each["shade"]] == ["10"]
    for (slug, woman), record in world.records.items():
        assert str(record) not in html
        if slug in ("van", "house"):
            assert canaries("riverside", slug, woman)["name"] not in html
    assert sign_in("key_worker").get(reverse("contacts:together")).status_code == 403


def test_records_believed_to_be_one_woman_count_once_and_come_by_any_agency(world: World) -> None:
    first, other = world.records["van", 1], world.records["house", 2]
    records = [
        RecordFact(first, UUID(int=1), "street", date(2026, 3, 2), None, UUID(int=9)),
        RecordFact(other, UUID(int=2), "dropin", date(2026, 3, 9), None, UUID(int=9)),
    ]
    met = first_met(records, date(2026, 3, 1), date(2026, 3, 31))
    assert met == {UUID(int=9): date(2026, 3, 2)}
    assert first_met(records, date(2026, 3, 3), date(2026, 3, 31)) == {}


def test_without_areas_the_map_says_who_draws_them(sign_in: SignIn, world: World) -> None:
    html = text(sign_in("key_worker").get(reverse("contacts:map")))
    assert "No area has been drawn yet." in html
    assert "map.js" not in html
