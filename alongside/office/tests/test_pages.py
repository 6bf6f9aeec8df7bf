"""First page, navigation by role, who looked, workers and installation, faults, the demo's entrance."""

import importlib
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import clear_url_caches, reverse

import alongside.config.urls
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import declared
from alongside.foundation.trail.writing import leave
from alongside.office import shell, trail
from alongside.office.accounts import sign_ins, single_sign_on
from alongside.office.tests.conftest import PASSWORD, Staff, signed_in
from alongside.register.agencies import queries
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Membership, Partnership, Worker

HOME_OF = {
    Role.OUTREACH_WORKER: "van",
    Role.KEY_WORKER: "house",
    Role.HOSTEL_WORKER: "house",
    Role.NURSE: "house",
    Role.COURT_WORKER: "house",
    Role.TREATMENT_WORKER: "house",
    Role.MANAGER: "house",
    Role.COORDINATOR: "house",
    Role.COMMISSIONER: "council",
    Role.CONTRIBUTOR: "police",
    Role.DP_LEAD: "house",
    Role.SYSTEM_ADMIN: "house",
}


EVERY_PLACE = [place for _, members in shell.GROUPS for place in members]


@pytest.mark.parametrize("role", list(Role))
def test_everyone_has_a_first_page(staff: Staff, role: Role) -> None:
    client = signed_in(staff("ada@invented.example", (HOME_OF[role], role)))
    answer = client.get(reverse("home"))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Hide screen" in text
    assert "Ada Invented" in text
    assert "<title>Your work – Alongside</title>" in text


def test_signed_out_the_first_page_leads_to_signing_in(db: None) -> None:
    assert Client().get(reverse("home")).headers["Location"] == reverse("account_login")
    text = Client().get(reverse("account_login")).content.decode()
    assert "Hide screen" not in text
    assert "Enter the demo" not in text


@pytest.mark.parametrize("role", list(Role))
def test_the_first_page_shows_what_the_gate_opens_and_nothing_else(staff: Staff, role: Role) -> None:
    client = signed_in(staff("ada@invented.example", (HOME_OF[role], role)))
    text = client.get(reverse("home")).content.decode()
    for place in EVERY_PLACE:
        target = shell._target(place.route)
        if target is None:
            continue
        shown = f'href="{target[0]}"' in text
        opens = client.get(target[0]).status_code == 200
        assert shown == opens, (role, place.route)


def test_every_key_leads_to_one_place_and_the_navigation_stays_short(staff: Staff) -> None:
    keys = [place.shortcut for place in EVERY_PLACE if place.shortcut]
    assert len(keys) == len(set(keys))
    manager = signed_in(staff("ada@invented.example", ("house", Role.MANAGER)))
    text = manager.get(reverse("home")).content.decode()
    navigation = text[text.index("<nav") : text.index("</nav>")]
    for place in EVERY_PLACE:
        assert (f'href="{shell._target(place.route)[0]}"' in navigation) <= bool(place.shortcut)  # type: ignore[index]


def test_navigation_has_an_own_page_for_two_roles_only(staff: Staff) -> None:
    lead = signed_in(staff("lead@invented.example", ("house", Role.DP_LEAD)))
    admin = signed_in(staff("admin@invented.example", ("house", Role.SYSTEM_ADMIN)))
    worker = signed_in(staff("ada@invented.example", ("house", Role.KEY_WORKER)))
    answers = {
        route: tuple(each.get(reverse(route)).status_code for each in (lead, admin, worker))
        for route in ("who-looked", "installation")
    }
    assert answers == {"who-looked": (200, 403, 403), "installation": (403, 200, 403)}
    assert Client().get(reverse("who-looked")).headers["Location"] == reverse("account_login")


def acting(worker: Worker) -> Actor:
    actor = queries.actor_of_membership(Membership.objects.get(worker=worker).id)
    assert actor is not None
    return actor


@pytest.fixture
def looked(staff: Staff) -> tuple[Client, Worker, UUID]:
    """A worker of the house read one record's names; one of the van did something too."""
    reader = staff("rita@invented.example", ("house", Role.KEY_WORKER), name="Rita Reader")
    other = staff("vera@invented.example", ("van", Role.OUTREACH_WORKER), name="Vera Van")
    record = uuid4()
    with acting_as(acting(reader)):
        leave(acting(reader), "people.read_names", rule="own agency", kind="Record", subjects=[record])
        leave(acting(reader), "people.open", allowed=False, rule="no clause holds", kind="Record", subjects=[record])
    with acting_as(acting(other)):
        leave(acting(other), "people.look_up", rule="role", count=3, kind="Record")
    return signed_in(staff("lead@invented.example", ("house", Role.DP_LEAD), name="Lea Lead")), reader, record


def test_the_lead_reads_who_looked_by_code(looked: tuple[Client, Worker, UUID]) -> None:
    client, _, record = looked
    text = client.get(reverse("who-looked")).content.decode()
    assert "Rita Reader" in text
    assert "read names" in text
    assert "was not allowed: opened a record" in text
    assert "HO-" in text
    assert str(record) not in text
    assert "Vera Van" not in text


def test_who_looked_by_worker_and_day(looked: tuple[Client, Worker, UUID]) -> None:
    client, reader, _ = looked
    today = date.today()
    address = reverse("who-looked")
    assert "read names" in client.get(address, {"worker": reader.pk, "day": f"{today:%d/%m/%Y}"}).content.decode()
    for nothing in ({"day": "1/1/2007"}, {"worker": Worker.objects.get(name="Lea Lead").pk, "day": "1/1/2007"}):
        assert "Nothing has been recorded" in client.get(address, nothing).content.decode()
    for wrong in ({"day": "soon"}, {"worker": str(uuid4())}):
        answer = client.get(address, wrong)
        assert answer.status_code == 200
        assert "There is a problem" in answer.content.decode()


def test_reading_the_trail_leaves_a_row_when_refused(staff: Staff) -> None:
    client = signed_in(staff("ada@invented.example", ("house", Role.KEY_WORKER)))
    client.get(reverse("who-looked"))
    lead = signed_in(staff("lead@invented.example", ("house", Role.DP_LEAD)))
    assert "was not allowed" in lead.get(reverse("who-looked")).content.decode()


def test_what_was_done_has_words_for_what_can_be_done_only(db: None) -> None:
    kept = {sign_ins.SIGNED_IN, sign_ins.SIGNED_OUT, sign_ins.WRONG, sign_ins.PASSKEY_ADDED, sign_ins.PASSKEY_REMOVED}
    kept |= {sign_ins.LINKED, sign_ins.UNLINKED, sign_ins.ENDED, single_sign_on.REFUSED}
    assert set(trail.DONE) <= {*declared(), *kept}


def test_the_administrator_sees_workers_counts_and_the_state(staff: Staff) -> None:
    staff("vera@invented.example", ("van", Role.OUTREACH_WORKER), name="Vera Van")
    client = signed_in(staff("admin@invented.example", ("house", Role.SYSTEM_ADMIN)))
    text = client.get(reverse("installation")).content.decode()
    assert "Vera Van" in text
    assert "Outreach worker" in text
    assert "Nothing is wrong." in text


def give(client: Client, **changes: str):
    agency = queries.agency_called("van")
    assert agency is not None
    given = {
        "email": "new@invented.example",
        "name": "Nina New",
        "agency": str(agency.id),
        "role": "outreach_worker",
        "password": PASSWORD,
    }
    return client.post(reverse("installation"), {**given, **changes})


def test_the_administrator_gives_and_ends_roles(staff: Staff) -> None:
    client = signed_in(staff("admin@invented.example", ("house", Role.SYSTEM_ADMIN)))
    assert give(client).status_code == 302
    given = Membership.objects.get(worker__email="new@invented.example")
    assert client.post(reverse("end-role", args=[given.id])).status_code == 302
    given.refresh_from_db()
    assert given.until is not None
    assert given.until < date.today()
    assert client.post(reverse("close-account", args=[given.worker_id])).status_code == 302
    assert Worker.objects.get(pk=given.worker_id).is_active is False
    assert client.post(reverse("end-role", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "not an address"}, "Enter a valid email address"),
        ({"role": ""}, "Choose a role"),
        ({"role": "contributor"}, "no one there can be a contributor"),
        ({"password": "short"}, "Use at least 14 characters"),
        ({"name": ""}, "Enter a name"),
    ],
)
def test_a_faulty_role_is_explained_and_nothing_is_made(staff: Staff, changes: dict[str, str], words: str) -> None:
    client = signed_in(staff("admin@invented.example", ("house", Role.SYSTEM_ADMIN)))
    answer = give(client, **changes)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Membership.objects.filter(worker__email="new@invented.example").exists()


def test_the_administrator_of_one_partnership_reaches_no_other(staff: Staff) -> None:
    client = signed_in(staff("admin@invented.example", ("house", Role.SYSTEM_ADMIN)))
    other = Partnership.objects.create(slug="other", name="Other", area="Elsewhere", is_invented=True)
    agency = other.agency_set.create(slug="far", name="Far", kind="generic", prefix="FA")
    stranger = Worker.objects.create(email="far@invented.example", name="Fay Far")
    row = Membership.objects.create(worker=stranger, agency=agency, role="manager", since=date(2007, 1, 1))
    assert "Fay Far" not in client.get(reverse("installation")).content.decode()
    assert client.post(reverse("end-role", args=[row.id])).status_code == 404
    assert client.post(reverse("close-account", args=[stranger.pk])).status_code == 404


def test_faults_say_the_same_to_everyone(staff: Staff) -> None:
    client = signed_in(staff("ada@invented.example", ("house", Role.KEY_WORKER)))
    assert client.get("/nothing-here/").content == Client().get("/nothing-here/").content
    assert Client().get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


# --- the demo ---------------------------------------------------------------------------------------------------


@pytest.fixture
def demo(settings, staff: Staff):
    """The installation as a demo on this machine."""
    settings.DEMO, settings.IS_LOCAL = True, True
    _read_urls_anew()
    yield staff("ada@invented.example", ("house", Role.KEY_WORKER))
    settings.DEMO = False
    _read_urls_anew()


def _read_urls_anew() -> None:
    importlib.reload(alongside.config.urls)
    clear_url_caches()
    shell._target.cache_clear()


def test_without_the_demo_its_entrance_does_not_exist(staff: Staff) -> None:
    worker = staff("ada@invented.example", ("house", Role.KEY_WORKER))
    persona = str(Membership.objects.get(worker=worker).id)
    assert Client().get("/demo/").status_code == 404
    assert Client().get("/gallery/").status_code == 404
    assert Client().post("/demo/", {"persona": persona}).status_code == 404


def test_in_the_demo_a_persona_enters_with_one_button(demo: Worker) -> None:
    client = Client()
    assert "Ada Invented" in client.get("/demo/").content.decode()
    persona = str(Membership.objects.get(worker=demo).id)
    assert client.post("/demo/", {"persona": persona}).headers["Location"] == reverse("home")
    assert "House, key worker" in client.get(reverse("home")).content.decode()
    assert client.post("/demo/", {"persona": str(uuid4())}).status_code == 404


def test_the_demo_shows_the_pieces_that_pages_are_made_of(demo: Worker) -> None:
    client = Client()
    assert "Every piece a page is made of" in client.get("/gallery/").content.decode()
    assert client.post("/gallery/").status_code == 404


def test_the_entrance_shuts_beside_a_partnership_that_is_not_invented(demo: Worker) -> None:
    Partnership.objects.create(slug="real", name="Real", area="Somewhere", is_invented=False)
    persona = str(Membership.objects.get(worker=demo).id)
    assert Client().get("/demo/").status_code == 404
    assert Client().get("/gallery/").status_code == 404
    assert Client().post("/demo/", {"persona": persona}).status_code == 404


def test_the_entrance_shuts_when_the_demo_ends_or_is_not_local(demo: Worker, settings) -> None:
    client = Client()
    client.post("/demo/", {"persona": str(Membership.objects.get(worker=demo).id)})
    settings.IS_LOCAL = False
    assert Client().get("/demo/").status_code == 404
    assert client.get(reverse("home")).headers["Location"] == reverse("mfa_index")
    settings.IS_LOCAL, settings.DEMO = True, False
    assert Client().get("/demo/").status_code == 404
    assert client.get(reverse("home")).headers["Location"] == reverse("mfa_index")
