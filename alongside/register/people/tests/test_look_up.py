"""Looking up before making a record: own agency only, kind to spelling, and silent about everybody else."""

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied
from alongside.register.people import queries
from alongside.register.people.actions import make_record, take_back
from alongside.register.people.known import Age, Known
from alongside.register.people.queries import Asked, likely, look_up, vault
from tests.world import SEEN, SignIn, World, canaries

FRAGMENT = {"HTTP_X_FRAGMENT": "1"}


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def asked(**known: object) -> Asked:
    return Asked(Known(**known), SEEN)  # type: ignore[arg-type]


def add(world: World, **known: object) -> object:
    actor = world.actor("outreach_worker")
    with acting_as(actor):
        return make_record(actor, known=Known(**known), seen_on=SEEN)  # type: ignore[arg-type]


def found(world: World, persona: str = "outreach_worker", **known: object) -> list[queries.Likely]:
    actor = world.actor(persona)
    with acting_as(actor):
        return look_up(actor, asked(**known))


def test_her_own_name_finds_her_first(world: World) -> None:
    first = found(world, names=(canaries("riverside", "van", 3)["name"],))[0]
    assert first.record.id == world.records["van", 3]


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("Liz", "Elizabeth"),
        ("lizzie", "Elizabeth"),
        ("Kaylee", "Kayleigh"),
        ("tanesha", "Tanisha"),
        ("Emm", "Emma"),
        ("Jen Wright", "Jenny"),
        ("DUCHESS", "Duchess"),
    ],
)
def test_a_nickname_a_sound_a_slip_or_a_beginning_finds_her(world: World, typed: str, held: str) -> None:
    made = add(world, names=(held,), last_names=("Wright",) if held == "Jenny" else ())
    assert made in [each.record.id for each in found(world, names=(typed,))]


def test_a_corner_and_an_age_alone_bring_up_who_is_seen_there(world: World) -> None:
    made = add(world, names=("Duchess",), area="Quayside", age=Age(30, 30, SEEN))
    add(world, names=("Birdie",), area="Quayside", age=Age(58, 58, SEEN))
    likely = found(world, area="quayside", age=Age(29, 32, SEEN))
    assert likely[0].record.id == made


def test_a_phone_written_otherwise_finds_her(world: World) -> None:
    made = add(world, names=("Duchess",), phones=("07700 900123",))
    assert found(world, phones=("+44 7700 900123",))[0].record.id == made


def test_the_better_match_is_likelier_and_all_leave_room_for_someone_new(world: World) -> None:
    add(world, names=("Roxanne",), area="Quayside", age=Age(30, 30, SEEN))
    made = add(world, names=("Roxanne",), last_names=("Hartwell",), area="Quayside", age=Age(24, 24, SEEN))
    likely = found(world, names=("Roxanne",), last_names=("Hartwell",), area="Quayside", age=Age(24, 24, SEEN))
    assert likely[0].record.id == made
    shares = [each.probability for each in likely]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) < 1


def test_of_equally_likely_ones_the_name_that_begins_as_typed_is_first(world: World) -> None:
    for name in ("Bex", "Rebecca", "Becky", "Bex"):
        add(world, names=(name,))
    assert found(world, names=("reb",))[0].known.names == ("Rebecca",)


def test_reasons_are_sentences_about_her_own_agency_s_record(world: World) -> None:
    add(world, names=("Roxanne",), marks=("rose@left hand",))
    why = found(world, names=("Roxanne",), marks=("rose@left hand",))[0].why
    told = " ".join((*why.speaks_for, *why.speaks_against))
    assert "first or street name" in told
    assert ": Roxanne" in told
    assert ": rose, left hand" in told


def test_at_most_five_are_shown(world: World) -> None:
    for _ in range(7):
        add(world, names=("Roxanne",))
    assert len(found(world, names=("Roxanne",))) == 5


def test_nobody_of_another_agency_is_ever_found(world: World) -> None:
    theirs = canaries("riverside", "house", 2)
    likely = found(world, names=(theirs["name"],), last_names=(theirs["last"],), area=theirs["area"])
    assert {each.record.agency for each in likely} <= {world.agencies["van"].id}
    assert not any(theirs["name"] in each.known.names for each in likely)


def test_a_removed_record_is_not_found(world: World) -> None:
    name = canaries("riverside", "van", 3)["name"]
    actor = world.job("intake", "van")
    with acting_as(actor):
        take_back(actor, source=UUID(int=1))
    assert not [each for each in found(world, names=(name,)) if name in each.known.names]


def test_one_trail_row_says_how_many_and_never_what_was_typed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[object] = []
    monkeypatch.setattr(likely, "leave", lambda *args, **facts: left.append((args[1:], facts)))
    monkeypatch.setattr(vault, "leave", lambda *args, **facts: left.append((args[1:], facts)))
    likely_ones = found(world, names=("Zzyzx", canaries("riverside", "van", 1)["name"]), area="Quayside")
    assert likely_ones
    assert len(left) == 1
    assert "people.look_up" in str(left)
    assert "zzyzx" not in str(left).lower()
    assert "quayside" not in str(left).lower()


@pytest.mark.parametrize("persona", ["commissioner", "contributor", "coordinator", "dp_lead", "system_admin"])
def test_who_does_no_casework_looks_nobody_up(world: World, persona: str) -> None:
    with pytest.raises(Denied):
        found(world, persona, names=("Roxanne",))


# --- the page


def post(client: Client, **typed: str) -> str:
    return client.post(reverse("people:look-up"), typed, **FRAGMENT).content.decode()  # type: ignore[arg-type]


def test_it_works(sign_in: SignIn, world: World) -> None:
    client = sign_in("outreach_worker")
    page = client.get(reverse("people:look-up"))
    assert page.status_code == 200
    name = canaries("riverside", "van", 1)["name"]
    answer = client.post(reverse("people:look-up"), {"words": name[:7]}, **FRAGMENT)  # type: ignore[arg-type]
    assert answer.headers["X-Fragment"] == "1"
    assert name in answer.content.decode()


def test_it_works_without_scripts(sign_in: SignIn) -> None:
    page = sign_in("outreach_worker").post(reverse("people:look-up"), {"words": "Nobody"})
    assert "<html" in page.content.decode()
    assert "Make a new record" in page.content.decode()


def test_other_agency_s_woman_and_a_stranger_look_the_same(sign_in: SignIn) -> None:
    client = sign_in("outreach_worker")
    theirs = canaries("riverside", "house", 2)["name"]
    stranger = theirs.replace("ho", "xy", 1)
    known_elsewhere, unknown = post(client, words=theirs), post(client, words=stranger)
    assert len(known_elsewhere) == len(unknown)
    assert TOKEN.sub("", known_elsewhere).replace(theirs, "") == TOKEN.sub("", unknown).replace(stranger, "")


@pytest.mark.parametrize("persona", ["commissioner", "contributor", "coordinator"])
def test_commissioner_gets_403_or_404(sign_in: SignIn, persona: str) -> None:
    client = sign_in(persona)
    assert client.get(reverse("people:look-up")).status_code in (403, 404)
    assert client.post(reverse("people:look-up"), {"words": "Kay"}).status_code in (403, 404)


def test_what_was_typed_goes_on_to_the_new_record(sign_in: SignIn) -> None:
    client = sign_in("outreach_worker")
    results = post(client, words="Duchess", area="Quayside", age="late 20s")
    assert 'name="words" value="Duchess"' in results
    form = client.post(reverse("people:new"), {"from_look_up": "1", "words": "Duchess", "area": "Quayside"})
    assert 'value="Duchess"' in form.content.decode()
    assert 'value="Quayside"' in form.content.decode()


def test_an_age_half_typed_is_no_fault(sign_in: SignIn) -> None:
    assert "There is a problem" not in post(sign_in("outreach_worker"), words="Kay", age="ab")


def test_nothing_typed_asks_nothing(sign_in: SignIn) -> None:
    assert "record" not in post(sign_in("outreach_worker"), words="  ").lower()


def test_at_most_twelve_queries(sign_in: SignIn) -> None:
    client = sign_in("outreach_worker")
    post(client, words="Kay")
    with CaptureQueriesContext(connection) as captured:
        post(client, words="Zqr", area="Quayside")
    of_tests = ("SAVEPOINT", "RELEASE", "SELECT current_setting")  # their outer transaction nests the request's own
    assert len([each for each in captured if not each["sql"].startswith(of_tests)]) <= 12
