"""Possible same women, pair by pair; decisions; asking her: for those entitled, and for the others nothing."""

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.foundation.gate.level import acting_as
from alongside.register.people.actions import take_back
from alongside.register.people.codes import Judgement
from alongside.register.people.linking import decide
from alongside.register.people.models import Acceptance, Decision
from alongside.register.people.tests.linking_world import EVIDENCE, decisions, edge, grouping, keep, pair_of
from tests.world import build, canaries, enter

pytestmark = pytest.mark.django_db
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE)", re.IGNORECASE)
NOT_HERS = re.compile("trail_trailrow|usersessions_|django_session")  # who looked, and that she is signed in
FRAME = re.compile(
    r"^(SAVEPOINT|RELEASE|SELECT set_config|SELECT current_setting)|FROM \"(django_session|agencies_worker|"
    r"agencies_membership|usersessions_usersession)\"|usersessions_"
)
OUTSIDERS = ["commissioner", "contributor", "dp_lead", "system_admin"]


@pytest.fixture
def world(db):
    world = build(women=6)
    of = world.records
    together = [
        edge(of["van", 0], of["house", 0], 0.97),
        edge(of["van", 2], of["house", 2], 0.5),
        edge(of["van", 4], of["house", 4], 0.2),
        edge(of["van", 0], of["custody", 0], 0.3),
        edge(of["custody", 0], of["custody", 3], 0.3),
        edge(of["van", 1], of["van", 2], 0.4),
    ]
    keep(
        world,
        together,
        {"van": [edge(of["van", 1], of["van", 2], 0.25), edge(of["van", 2], of["van", 3], 0.15)]},
    )
    return world


@pytest.fixture
def visit(world, client, settings):
    """Sign a persona in; the second factor has its own tests."""
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if ".accounts." not in each]

    def as_persona(persona):
        return enter(client, world.workers[persona])

    return as_persona


def between(world):
    return pair_of(world.actor("coordinator"), world.records["van", 0], world.records["house", 0])


def within(world):
    return pair_of(world.actor("key_worker"), world.records["van", 1], world.records["van", 2])


def names_in(world, text):
    """Canaries of any agency's women that stand in a page."""
    tokens = {token for slug, woman in world.records for token in canaries("riverside", slug, woman).values()}
    return sorted(token for token in tokens if token.lower() in text.lower())


def pages(world):
    with acting_as(world.actor("coordinator")):
        decide(world.actor("coordinator"), between(world), judgement=Judgement.SAME, reason="The same mark")
    return [
        reverse("people:review"),
        reverse("people:review") + "?show=between",
        reverse("people:pair", args=[between(world)]),
        reverse("people:decisions"),
        reverse("people:comparing"),
    ]


def test_it_works_for_the_coordinator(visit, world):
    client = visit("coordinator")
    page = client.get(reverse("people:review"))
    assert page.status_code == 200
    assert "0 of 5 looked at" in page.text
    page = client.get(reverse("people:pair", args=[between(world)]))
    assert page.status_code == 200
    for words in (
        *EVIDENCE["for"],
        *EVIDENCE["against"],
        "about 97 in 100",
        "Night Van",
        "Green House",
        "NV-",
        "GH-",
        "4 March 2026",
    ):
        assert words in page.text
    assert "They stand in one group." in page.text
    assert "about 3 in 10" in page.text  # the custody list's record is a rival


def test_the_coordinator_never_sees_a_name(visit, world):
    client = visit("coordinator")
    for address in pages(world):
        page = client.get(address)
        assert page.status_code == 200
        assert names_in(world, page.text + str(page.headers)) == []


def test_a_caseworker_sees_the_names_of_her_own_records_only(visit, world):
    client = visit("key_worker")
    page = client.get(reverse("people:pair", args=[within(world)]))
    assert canaries("riverside", "van", 1)["name"] in page.text
    seen = names_in(world, page.text)
    own = {token for woman in (1, 2) for token in canaries("riverside", "van", woman).values()}
    assert set(seen) <= own
    assert "Green House" not in page.text
    assert "GH-" not in page.text


def test_a_caseworkers_queue_holds_her_own_agencys_pairs_alone(visit, world):
    page = visit("outreach_worker").get(reverse("people:review"))
    assert "0 of 2 looked at" in page.text
    assert "Green House" not in page.text
    assert "Compare all records again" not in page.text


@pytest.mark.parametrize("persona", ["key_worker", "hostel_worker"])
def test_other_agency_gets_404(visit, world, persona):
    client = visit(persona)
    absent = client.get(reverse("people:pair", args=["00000000-0000-4000-8000-000000000000"]))
    addresses = [reverse("people:pair", args=[between(world)])]
    if persona == "hostel_worker":
        addresses.append(reverse("people:pair", args=[within(world)]))
        addresses.append(reverse("people:accept", args=[world.records["van", 0]]))
    for address in addresses:
        page = client.get(address)
        assert page.status_code == 404
        assert page.content == absent.content


@pytest.mark.parametrize("persona", OUTSIDERS)
def test_those_without_the_right_get_403(visit, world, persona):
    addresses = pages(world)
    client = visit(persona)
    bodies = set()
    for address in [*addresses, reverse("people:accept", args=[world.records["van", 0]])]:
        page = client.get(address)
        assert page.status_code == 403
        bodies.add(page.content)
    assert len(bodies) == 1


def test_strangers_are_asked_to_sign_in(client, world):
    for address in pages(world):
        assert client.get(address).headers["Location"] == reverse("account_login")


def test_get_changes_nothing(visit, world):
    addresses = pages(world)
    before = grouping(world)
    for persona in ("coordinator", "key_worker"):
        client = visit(persona)
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            changed = [
                each["sql"] for each in asked if WRITES.match(each["sql"].strip()) and not NOT_HERS.search(each["sql"])
            ]
            assert changed == []
    assert grouping(world) == before


@pytest.mark.parametrize("route", ["people:decide", "people:undo", "people:withdraw-acceptance"])
def test_changes_come_by_post_only(visit, world, route):
    assert visit("key_worker").get(reverse(route, args=[between(world)])).status_code == 405


@pytest.mark.parametrize("persona", ["coordinator", "key_worker"])
def test_few_queries_a_page(visit, world, persona):
    """At most 12, besides those that say who is signed in and for whom she acts."""
    addresses = (
        pages(world)[:4]
        if persona == "coordinator"
        else [
            reverse("people:review"),
            reverse("people:pair", args=[within(world)]),
            reverse("people:decisions"),
            reverse("people:accept", args=[world.records["van", 0]]),
        ]
    )
    client = visit(persona)
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        own = [each["sql"] for each in asked if not FRAME.search(each["sql"])]
        assert len(own) <= 12, "\n".join(each[:150] for each in own)


def test_after_an_answer_the_next_pair_comes_with_an_undo(visit, world):
    client = visit("coordinator")
    before = grouping(world)
    first = between(world)
    answer = client.post(
        reverse("people:decide", args=[first]), {"judgement": "not_same", "reason": "Seen side by side"}
    )
    assert answer.status_code == 302
    assert str(first) not in answer["Location"].split("?")[0]
    page = client.get(answer["Location"])
    assert "Not the same woman" in page.text
    assert grouping(world) != before
    done = re.search(r'action="([^"]*/undo/)"', page.text)
    assert done is not None
    assert client.post(done[1]).status_code == 302
    assert grouping(world) == before
    assert client.post(done[1]).status_code == 302  # a second time changes nothing
    assert decisions(world.actor("coordinator")) == 2
    assert "0 of 5 looked at" in client.get(reverse("people:review")).text


def test_the_queue_is_worked_through_to_its_end(visit, world):
    client = visit("coordinator")
    address = reverse("people:pair", args=[between(world)])
    for _ in range(5):
        pair = address.split("?")[0].rstrip("/").rsplit("/", 1)[1]
        address = client.post(reverse("people:decide", args=[pair]), {"judgement": "not_sure"})["Location"]
    assert address.startswith(reverse("people:review"))
    page = client.get(address)
    assert "5 of 5 looked at" in page.text
    assert "Everything here has been looked at" in page.text


def test_a_list_that_was_taken_back_waits_for_nobody(visit, world):
    pair = between(world)
    job = world.job("intake", "house")
    with acting_as(job):
        take_back(job, source=UUID(int=1))
    client = visit("coordinator")
    assert "0 of 2 looked at" in client.get(reverse("people:review")).text
    assert client.get(reverse("people:pair", args=[pair])).status_code == 404


def test_filters_show_one_kind(visit, world):
    client = visit("coordinator")
    assert "0 of 4 looked at" in client.get(reverse("people:review"), {"show": "between"}).text
    inside = client.get(reverse("people:review"), {"show": "within"}).text
    assert "0 of 1 looked at" in inside
    assert "Custody List" in inside


def test_a_contradiction_is_told_in_words(visit, world):
    client, coordinator = visit("coordinator"), world.actor("coordinator")
    of = world.records
    keep(
        world,
        [
            edge(of["van", 0], of["house", 0], 0.9),
            edge(of["house", 0], of["custody", 0], 0.5),
            edge(of["van", 0], of["custody", 0], 0.5),
        ],
    )
    for one, other, judgement in (("van", "house", "same"), ("van", "custody", "not_same")):
        pair = pair_of(coordinator, of[one, 0], of[other, 0])
        assert client.post(reverse("people:decide", args=[pair]), {"judgement": judgement}).status_code == 302
    page = client.post(
        reverse("people:decide", args=[pair_of(coordinator, of["house", 0], of["custody", 0])]),
        {"judgement": "same", "reason": "kept words"},
    )
    assert page.status_code == 409
    assert "are not the same woman" in page.text
    assert "There is a problem" in page.text
    assert "kept words" in page.text


@pytest.mark.parametrize("judgement", ["", "withdrawn", "perhaps"])
def test_only_three_answers_are_taken(visit, world, judgement):
    page = visit("coordinator").post(reverse("people:decide", args=[between(world)]), {"judgement": judgement})
    assert page.status_code == 422
    with acting_as(world.actor("coordinator")):
        assert not Decision.objects.visible_to(world.actor("coordinator")).exists()


def test_decisions_tell_who_when_and_why(visit, world):
    client = visit("coordinator")
    client.post(reverse("people:decide", args=[between(world)]), {"judgement": "same", "reason": "The same mark"})
    page = client.get(reverse("people:decisions"))
    for words in (
        "Partnership co-ordinator Example",
        "The same mark",
        "The same woman",
        "Stands",
        "about 97 in 100",
    ):
        assert words in page.text


FOUR = (
    {"question": "basis", "basis": "she_agreed"},
    {"question": "how_asked", "how_asked": "Over tea, she read the sheet"},
    {"question": "asked_on", "asked_on_day": "4", "asked_on_month": "3", "asked_on_year": "2026"},
    {"question": "months", "months": "6"},
)


def test_asking_her_is_one_question_a_page(visit, world, time_machine):
    time_machine.move_to("2026-03-10 10:00")
    client = visit("key_worker")
    record = world.records["van", 0]
    address = reverse("people:accept", args=[record])
    assert "No service depends on her answer" in client.get(address).text
    sent = {}
    for place, answer in enumerate(FOUR):
        page = client.post(address, sent | {"question": answer["question"]})
        assert page.status_code == 422  # nothing chosen
        assert page.text.count("There is a problem") == 1
        assert f"question {place + 1} of 4" in page.text
        sent |= answer
        page = client.post(address, sent)
    assert page.status_code == 302
    worker = world.actor("key_worker")
    with acting_as(worker):
        row = Acceptance.objects.visible_to(worker).get()
    assert (row.basis, str(row.asked_on), str(row.until)) == ("she_agreed", "2026-03-04", "2026-09-04")
    assert "Agreed now" in client.get(address).text
    assert client.post(reverse("people:withdraw-acceptance", args=[record])).status_code == 302
    assert "Agreed now" not in client.get(address).text


def test_asking_reads_the_same_whether_or_not_somebody_else_knows_her(visit, world):
    client = visit("key_worker")
    pages = [client.get(reverse("people:accept", args=[world.records["van", woman]])).text for woman in (0, 1)]
    drawn = re.compile(r"NV-\w{4}-\w{4}|[0-9a-f]{8}-[0-9a-f-]{27}|value=\"\w{64}\"")
    assert drawn.sub("", pages[0]) == drawn.sub("", pages[1])
