"""Her page, the agency's list, a new record, a correction: own agency only, and no name where none belongs."""

import re
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.foundation.gate.level import acting_as
from alongside.register.people.actions import correct_identity, make_record
from alongside.register.people.known import Known
from alongside.register.people.queries import her_page, listed
from tests.world import SEEN, SignIn, World, canaries

OUTSIDERS = ("commissioner", "contributor", "coordinator", "system_admin")


def address(route: str, record: UUID) -> str:
    return reverse(f"people:{route}", args=[record])


def own(world: World, woman: int = 3) -> UUID:
    return world.records["van", woman]


def without_token(answer: HttpResponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def title(html: str) -> str:
    found = re.search(r"<title>(.*?)</title>", html)
    assert found
    return found[1]


# --- her page


def test_it_works(sign_in: SignIn, world: World) -> None:
    html = sign_in("key_worker").get(address("record", own(world))).content.decode()
    for told in canaries("riverside", "van", 3).values():
        assert told in html


def test_no_name_in_the_title_or_the_address(sign_in: SignIn, world: World) -> None:
    html = sign_in("key_worker").get(address("record", own(world))).content.decode()
    assert re.fullmatch(r"Record NV-\w{4}-\w{4} – Alongside", title(html))


@pytest.mark.parametrize("route", ["record", "correct"])
def test_other_agency_gets_404(sign_in: SignIn, world: World, route: str) -> None:
    client = sign_in("hostel_worker")
    forbidden, absent = client.get(address(route, own(world))), client.get(address(route, uuid4()))
    assert forbidden.status_code == absent.status_code == 404
    assert without_token(forbidden) == without_token(absent)


@pytest.mark.parametrize("route", ["record", "correct"])
@pytest.mark.parametrize("persona", OUTSIDERS)
def test_commissioner_gets_403_or_404(sign_in: SignIn, world: World, persona: str, route: str) -> None:
    assert sign_in(persona).get(address(route, own(world))).status_code in (403, 404)


def test_signed_out_gets_nothing(world: World) -> None:
    assert Client().get(address("record", own(world))).status_code in (302, 404)


@pytest.mark.parametrize("name", ["records", "look-up", "new", "record", "correct"])
def test_get_changes_nothing(sign_in: SignIn, world: World, name: str) -> None:
    client = sign_in("outreach_worker")
    where = address(name, own(world)) if name in ("record", "correct") else reverse(f"people:{name}")
    client.get(where)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(where).status_code == 200
    written = [each["sql"] for each in captured if re.match(r"\s*(INSERT|UPDATE|DELETE)", each["sql"])]
    assert not [sql for sql in written if "people_" in sql]


@pytest.mark.parametrize("name", ["records", "new", "record", "correct"])
def test_at_most_twelve_queries_beside_the_frame(sign_in: SignIn, world: World, name: str) -> None:
    client = sign_in("outreach_worker")
    where = address(name, own(world)) if name in ("record", "correct") else reverse(f"people:{name}")
    client.get(where)
    with CaptureQueriesContext(connection) as captured:
        client.get(where)
    asked = [each["sql"] for each in captured if re.search(r"people_|trail_", each["sql"])]
    assert len(asked) <= 12


# --- the list


def test_the_list_is_the_agency_s_own(sign_in: SignIn, world: World) -> None:
    html = sign_in("hostel_worker").get(reverse("people:records")).content.decode()
    assert canaries("riverside", "house", 2)["name"] in html
    assert canaries("riverside", "van", 2)["name"] not in html


@pytest.mark.parametrize("persona", OUTSIDERS)
def test_the_list_is_for_caseworkers(sign_in: SignIn, persona: str) -> None:
    assert sign_in(persona).get(reverse("people:records")).status_code in (403, 404)


def test_the_list_comes_in_pages_most_lately_seen_first(world: World) -> None:
    actor = world.actor("outreach_worker")
    with acting_as(actor):
        made = make_record(actor, known=Known(names=("Latest",)), seen_on=SEEN.replace(year=2027))
        unseen = make_record(actor, known=Known(names=("Unseen",)))
        first, total = listed(actor, 1, 3)
        last, _ = listed(actor, 4, 3)
    assert total == 10
    assert first[0].id == made
    assert last[-1].id == unseen


@pytest.mark.parametrize("page", ["99", "x", "0", "-1", "9999999999999"])
def test_a_page_that_is_none_is_no_fault(sign_in: SignIn, page: str) -> None:
    assert sign_in("manager").get(reverse("people:records"), {"page": page}).status_code in (200, 404)


def test_twenty_rows_are_small(sign_in: SignIn, world: World) -> None:
    actor = world.actor("outreach_worker")
    with acting_as(actor):
        for number in range(12):
            make_record(actor, known=Known(names=(f"Woman {number}",)), seen_on=SEEN)
    assert len(sign_in("outreach_worker").get(reverse("people:records")).content) <= 15_000


# --- a new record and a correction


def new(client: Client, **typed: str) -> UUID:
    answer = client.post(reverse("people:new"), typed)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return UUID(answer["Location"].strip("/").split("/")[-1])


def test_a_nickname_is_enough(sign_in: SignIn, world: World) -> None:
    client = sign_in("outreach_worker")
    html = client.get(address("record", new(client, called="Duchess"))).content.decode()
    assert "Duchess" in html
    assert "Last name" in html


def test_nothing_at_all_is_not(sign_in: SignIn) -> None:
    answer = sign_in("outreach_worker").post(reverse("people:new"), {"born_why": "not_asked"})
    assert answer.status_code == 422
    assert title(answer.content.decode()).startswith("Error: ")


def test_two_women_of_one_nickname_are_two_records(sign_in: SignIn) -> None:
    client = sign_in("outreach_worker")
    assert new(client, called="Kay") != new(client, called="Kay")


def test_a_woman_known_elsewhere_is_made_as_a_stranger_is(sign_in: SignIn) -> None:
    client = sign_in("outreach_worker")
    theirs = canaries("riverside", "house", 2)
    stranger = theirs["name"].replace("ho", "xy", 1)
    pages = []
    for name in (theirs["name"], stranger):
        html = client.get(address("record", new(client, called=name))).content.decode()
        plain = re.sub(r'NV-\w{4}-\w{4}|[0-9a-f]{8}-[0-9a-f-]{27}|value="\w{60,}"', "", html.replace(name, ""))
        pages.append(plain)
    assert pages[0] == pages[1]


def test_everything_told_is_kept(sign_in: SignIn, world: World) -> None:
    client = sign_in("outreach_worker")
    made = new(
        client,
        called="Duchess",
        other_names="Dee, Little D",
        last_name="Omar",
        born_month="3",
        born_year="1994",
        area="Quayside",
        ethnicity="Black Caribbean",
        marks="rose, left hand\nscar",
        phone="07700 900000",
        note="Likes tea",
    )
    actor = world.actor("outreach_worker")
    with acting_as(actor):
        known = her_page(actor, made).known
    assert known.names == ("Duchess", "Dee", "Little D")
    assert known.marks == ("rose@left hand", "scar")
    assert known.born is not None
    assert (str(known.born.earliest), str(known.born.latest)) == ("1994-03-01", "1994-03-31")


@pytest.mark.parametrize(
    ("why", "words"),
    [("not_asked", "We did not ask"), ("not_said", "She chose not to say"), ("not_known", "She does not know")],
)
def test_why_a_field_is_empty_is_kept_apart(sign_in: SignIn, why: str, words: str) -> None:
    client = sign_in("outreach_worker")
    html = client.get(address("record", new(client, called="Duchess", last_name_why=why))).content.decode()
    assert words in html


def test_a_correction_keeps_what_stood_before(sign_in: SignIn, world: World) -> None:
    client = sign_in("key_worker")
    where = address("correct", own(world))
    started = client.get(where).content.decode()
    assert canaries("riverside", "van", 3)["name"] in started
    assert client.post(where, {"called": "Corrected", "last_name": "Omar"}).status_code == 302
    html = client.get(address("record", own(world))).content.decode()
    assert "Corrected" in html
    assert "Version 2, as it stands" in html
    assert "Version 1" in html


def test_a_correction_without_a_change_changes_no_fact(world: World) -> None:
    from alongside.register.people.forms.record import RecordForm, started_from

    actor = world.actor("key_worker")
    with acting_as(actor):
        known = her_page(actor, own(world)).known
    shown = started_from(known, SEEN)
    sent = {name: value for name, value in shown.items() if isinstance(value, str)}
    form = RecordForm(sent)
    assert form.is_valid(), form.errors
    assert form.known(SEEN, known.reference) == known


def test_another_agency_corrects_nothing(sign_in: SignIn, world: World) -> None:
    assert sign_in("hostel_worker").post(address("correct", own(world)), {"called": "No"}).status_code == 404


def test_a_corrected_record_is_still_found_by_its_list(world: World) -> None:
    """The agency's own reference stays, so that the next list changes this record and makes no second one."""
    actor = world.actor("key_worker")
    with acting_as(actor):
        before = her_page(actor, own(world)).known
        correct_identity(actor, own(world), known=Known(reference=before.reference, names=("Corrected",)))
        after = her_page(actor, own(world))
    assert after.known.reference == before.reference
    assert [version.number for version in after.versions] == [2, 1]
