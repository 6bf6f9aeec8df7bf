"""Releases: small numbers stay unknown to whoever holds one agency's counts, and two people let them go out."""

import csv
import io
import json
import os
import random
from collections.abc import Callable
from datetime import date
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.casework.contacts import actions as contacts
from alongside.config import postgres
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.foundation.gate.rows import writing
from alongside.foundation.gate.turns import COUNTING, LISTS, goes_on, under_way
from alongside.insight.monitoring import actions, released, releasing
from alongside.insight.monitoring.attacker import Published, bounds, broken
from alongside.insight.monitoring.definitions import catalogue
from alongside.insight.monitoring.figures import Figure, Period, quarter
from alongside.insight.monitoring.jobs import check_wish
from alongside.insight.monitoring.models import Given, Preparation
from alongside.insight.monitoring.outside import FEW, shown, span, spans
from alongside.insight.monitoring.preparing import prepare_release
from alongside.insight.monitoring.releasing import ReleaseRefused, give_release
from alongside.insight.monitoring.tests.test_returns import YEAR, _own_folders, made, signed_in
from alongside.insight.monitoring.tests.test_returns import world as few
from alongside.register.people.facts import counting_job
from tests.world import World, as_persona, build

__all__ = ["_own_folders", "few"]
KNOWN = catalogue().definitions
QUARTERLY = catalogue().frameworks["quarterly"].keys()


# --- the rule


def test_small_counts_are_stars_and_others_rounded() -> None:
    met, known = KNOWN["met"], KNOWN["known"]
    assert [shown(Figure("met", 1, count, 60), met, known).count for count in (0, 1, 9, 10, 12, 13, 58)] == [
        "*", "*", "*", 10, 10, 15, 60,
    ]  # fmt: skip
    assert shown(Figure("met", 1, 30, 61), met, known).percent == 50
    assert shown(Figure("met", 1, 5, 61), met, known).percent is None
    assert shown(Figure("shifts", 1, 3, None), KNOWN["shifts"], None).count == 3


def test_what_a_cell_tells_holds_the_truth() -> None:
    for count in range(200):
        low, high = span(shown(Figure("met", 1, count, None), KNOWN["met"], None).count)
        assert low <= count <= high
        assert count > FEW or (low, high) == (0, FEW)


# --- the attacker (P19)


def test_she_solves_what_can_be_solved() -> None:
    told = {(0, "a"): (0, 9), (0, "b"): (10, 10), (0, "c"): (13, 13)}
    relation = ((((0, "c"), 1), ((0, "a"), -1), ((0, "b"), -1)), 0, 0)
    assert bounds(told, [relation], [(0, "a")]) == {(0, "a"): (3, 3)}
    with pytest.raises(ValueError, match="No counts fit"):
        bounds({(0, "a"): (0, 1), (0, "c"): (5, 5)}, [((((0, "a"), 1), ((0, "c"), -1)), 0, 0)], [(0, "a")])


Show = Callable[[dict[str, int]], dict[str, tuple[int, int]]]


def by_the_rule(true: dict[str, int]) -> dict[str, tuple[int, int]]:
    figures = {
        key: shown(Figure(key, 1, true[key], true[KNOWN[key].out_of] if KNOWN[key].out_of else None), KNOWN[key],
                   KNOWN.get(KNOWN[key].out_of))
        for key in QUARTERLY
    }  # fmt: skip
    return spans(figures, KNOWN)


def naive(true: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Under 5 as a star, everything else exact: what many returns do."""
    return {key: (1, 4) if 0 < true[key] < 5 else (true[key], true[key]) for key in QUARTERLY}


def year(seed: int, show: Show) -> list[Published]:
    """Four quarters of one invented partnership of three agencies, each woman with what was done with her."""
    chance = random.Random(seed)
    begun: dict[int, tuple[int, set[str]]] = {}
    for woman in range(chance.randint(30, 240)):
        agencies = {each for each in "abc" if chance.random() < 0.45} or {chance.choice("abc")}
        begun[woman] = (chance.choice((0, 0, 0, 1, 2, 3, 4)), agencies)
    releases = []
    for number in range(1, 5):
        period = Period(date(2026, 3 * number - 2, 1), quarter(date(2026, 3 * number, 1)).until)
        here = {woman: whose for woman, (first, whose) in begun.items() if first <= number}
        done = {woman: _done(chance, begun[woman][0] == number) for woman in here}
        true = _counts(done)
        own = {each: _counts({w: done[w] for w, whose in here.items() if each in whose}) for each in "abc"}
        releases.append(Published(period, show(true), true, own))
    return releases


def _done(chance: random.Random, is_new: bool) -> set[str]:
    met = chance.random() < 0.6
    found = {"known", *(["new"] if is_new else []), "active" if met or chance.random() < 0.3 else "not_seen"}
    if met:
        found.add("met")
        found |= {key for key in ("engaged", "at_dropin", "saw_health") if chance.random() < 0.15}
        if chance.random() < 0.7:
            found |= {"place_known", chance.choice(["no_safe_place", "own_place", "specialist_place", "elsewhere"])}
    return found | ({"given_naloxone"} if chance.random() < 0.05 else set())


def _counts(done: dict[int, set[str]]) -> dict[str, int]:
    found = {key: sum(key in each for each in done.values()) for key in QUARTERLY}
    return found | {"contacts": 3 * found["met"], "contacts_in_street": found["met"], "shifts": 12, "sessions": 9}


YEARS = int(os.environ.get("ALONGSIDE_YEARS", "12"))  # nightly: 500


def test_no_small_count_is_told_by_what_goes_out(capsys: pytest.CaptureFixture[str]) -> None:
    """Each quarter is judged with those that went out before it; one that would tell stays inside."""
    cells = refused = unjudged = 0
    for seed in range(YEARS):
        whole, out = year(seed, by_the_rule), list[Published]()
        for release in whole:
            told = broken([*out, release], KNOWN)
            refused += bool(told)
            out += [] if told else [release]
        assert broken(out, KNOWN) == [], seed
        unjudged += bool(broken(whole, KNOWN))
        cells += sum(1 <= each.true[key] <= 4 for each in out for key in QUARTERLY)
    assert cells > YEARS
    assert 0 < refused < YEARS
    with capsys.disabled():
        print(
            f"\n{YEARS} years: {cells} counts of 1 to 4 went out, none told; {refused} of {4 * YEARS} releases refused;"
            f" by rounding alone {unjudged} years were told"
        )


def test_the_naive_way_is_broken_in_most_years(capsys: pytest.CaptureFixture[str]) -> None:
    told = sum(bool(broken(year(seed, naive), KNOWN)) for seed in range(YEARS))
    with capsys.disabled():
        print(f"\nunder 5 hidden, the rest exact: broken in {told} of {YEARS} years")
    assert told > YEARS / 2


def test_a_hidden_count_between_shown_ones_is_told_and_refused() -> None:
    period = Period(date(2026, 1, 1), date(2026, 3, 31))
    told = {"known": (60, 60), "active": (57, 57), "not_seen": (0, 9)}
    found = broken([Published(period, told, {"known": 60, "active": 57, "not_seen": 3})], KNOWN)
    assert [(each.key, each.low, each.high) for each in found] == [("not_seen", 3, 3)]


def test_what_only_grows_tells_of_the_quarter_before() -> None:
    first = Published(Period(date(2026, 1, 1), date(2026, 3, 31)), {"known": (0, 9)}, {"known": 3})
    second = Published(Period(date(2026, 4, 1), date(2026, 6, 30)), {"known": (4, 4)}, {"known": 4})
    assert {each.release for each in broken([first, second], KNOWN)} == {0, 1}
    assert {each.release for each in broken([first], KNOWN)} == set()


def test_an_agency_knows_its_own() -> None:
    period = Period(date(2026, 1, 1), date(2026, 3, 31))
    told, true = {"met": (0, 7)}, {"met": 4}
    assert broken([Published(period, told, true, {"a": {"met": 1}})], KNOWN) == []
    assert [each.low for each in broken([Published(period, told, true, {"a": {"met": 4}})], KNOWN)] == [4]
    assert broken([Published(period, {"met": (0, FEW)}, true, {"a": {"met": 4}})], KNOWN) == []


def test_figures_that_do_not_fit_together_are_judged_apart() -> None:
    first = Published(Period(date(2026, 1, 1), date(2026, 3, 31)), {"known": (50, 50)}, {"known": 50})
    second = Published(Period(date(2026, 4, 1), date(2026, 6, 30)), {"known": (2, 3)}, {"known": 3})
    assert [each.release for each in broken([first, second], KNOWN)] == [1]


# --- preparing and giving

pages = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """48 women, 15 of them met once: none of the counts lies between 1 and 4."""
    found = build(women=48)
    with as_persona(found, "key_worker") as actor:
        for woman in range(15):
            contacts.record_contact(
                actor, id=uuid4(), occurred_at=timezone.now(), record=found.records["van", woman], staying="own",
                topics=("safety",),
            )  # fmt: skip
    return found


def prepared(world: World, framework: str = "quarterly", period: Period = YEAR) -> UUID:
    pk = made(world, agency=None, framework=framework, period=period)
    with as_persona(world, "coordinator") as actor:
        release: UUID = prepare_release(actor, pk)
    return release


def check_now(world: World, of_return: UUID) -> None:
    with as_persona(world, "coordinator") as actor:
        wish = Preparation.objects.visible_to(actor).get(of_return_id=of_return, checked_at=None).pk
    check_wish(str(world.partnership.id), str(wish))


def give(world: World, release: UUID, persona: str = "manager") -> int:
    with as_persona(world, persona) as actor:
        number: int = give_release(actor, release)
    return number


@pages
def test_one_prepares_and_another_lets_it_go_out(world: World) -> None:
    release = prepared(world)
    with as_persona(world, "commissioner") as actor:
        assert released.releases(actor) == []
        with pytest.raises(NotFound):
            released.release_sheet(actor, release)
    with pytest.raises(ReleaseRefused, match="can’t release it too"):
        give(world, release, "coordinator")
    assert give(world, release) == 1
    with as_persona(world, "commissioner") as actor:
        sheet = released.release_sheet(actor, release)
    counts = {each.key: each.count for _, lines in sheet.figures for each, _, _ in lines}
    assert (counts["met"], counts["engaged"]) == (15, "*")
    assert all(count == "*" or count == 0 or count % 5 == 0 for count in counts.values())


@pages
def test_it_goes_out_once_and_one_set_in_a_quarter(world: World) -> None:
    release = prepared(world)
    give(world, release)
    with pytest.raises(ReleaseRefused, match="already"):
        give(world, release)
    again = prepared(world)
    with pytest.raises(ReleaseRefused, match="in this quarter already"):
        give(world, again)


@pages
def test_what_was_prepared_before_another_went_out_is_prepared_again(world: World) -> None:
    first, second = prepared(world), prepared(world, "five_outcomes")
    give(world, first)
    with pytest.raises(ReleaseRefused, match="prepare it again"):
        give(world, second)
    third = prepared(world, "five_outcomes")
    assert give(world, third) == 2


@pages
@pytest.mark.parametrize(("work", "words"), [(LISTS, "being taken in"), (COUNTING, "being counted")])
def test_nothing_goes_out_in_the_middle_of_an_import_or_a_count(
    world: World, monkeypatch: pytest.MonkeyPatch, work: str, words: str
) -> None:
    """Nothing half done is kept, and when it is over all is as before."""
    waits = prepared(world)
    with monkeypatch.context() as planted:
        planted.setattr(releasing, "goes_on", lambda partnership, what: what == work)
        with pytest.raises(ReleaseRefused, match=words):
            give(world, waits)
    assert give(world, waits) == 1


@pages
def test_long_work_is_seen_from_another_connection() -> None:
    """While a list goes in, or returns are counted; not before, not afterwards, and not for another partnership."""
    here, there = uuid4(), uuid4()

    def free(partnership: UUID, work: str) -> bool:
        with postgres.address().connect() as other:
            asked = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 1))"
            return bool(other.execute(asked, [f"{work} {partnership}"]).fetchone()[0])  # type: ignore[index]

    for work, other_work in ((LISTS, COUNTING), (COUNTING, LISTS)):
        assert free(here, work)
        with under_way(here, work):
            assert (free(here, work), free(here, other_work), free(there, work)) == (False, True, True)
        assert free(here, work)
    with postgres.address().connect() as job:
        job.execute("SELECT pg_advisory_lock_shared(hashtextextended(%s, 1))", [f"{LISTS} {here}"])
        assert (goes_on(here, LISTS), goes_on(there, LISTS)) == (True, False)
        job.execute("SELECT pg_advisory_unlock_shared(hashtextextended(%s, 1))", [f"{LISTS} {here}"])
        assert not goes_on(here, LISTS)
        assert not free(here, LISTS), "what asked is not disturbed either until its transaction ends"


@pages
def test_a_count_says_that_it_goes_on(world: World) -> None:
    """Seen from another connection while figures are counted."""
    seen = []

    def look(*_: object) -> list[object]:
        with postgres.address().connect() as other:
            asked = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 1))"
            seen.append(other.execute(asked, [f"{COUNTING} {world.partnership.id}"]).fetchone())
        return []

    with patch.object(actions, "_counted", look):
        assert actions.make_returns(counting_job(world.partnership.id), []) == []
    assert seen == [(False,)]


@pages
def test_the_database_too_wants_two_people(world: World) -> None:
    release = prepared(world)
    with as_persona(world, "coordinator") as actor:
        row = Given(
            release_id=release, partnership_id=actor.partnership, framework="quarterly", quarter=date(2026, 10, 1),
            number=1, prepared_by=actor.user, given_by=actor.user,
        )  # fmt: skip
        token = writing.set("test")
        try:
            with pytest.raises(IntegrityError, match="release_by_two"), transaction.atomic():
                row.save(force_insert=True)
        finally:
            writing.reset(token)


@pages
def test_what_could_be_worked_out_is_refused_with_its_reason(few: World) -> None:
    """Of eight women one agency knows all: rounding hides nothing from it."""
    pk = made(few, agency=None)
    client = signed_in(few, "coordinator")
    assert "Being checked since" in client.post(f"/returns/{pk}/prepare/", follow=True).content.decode()
    check_now(few, pk)
    page = client.get(f"/returns/{pk}/").content.decode()
    assert "could be worked out" in page
    assert "It is about: Active" in page
    assert "Check it again" in page
    with as_persona(few, "coordinator") as actor:
        assert released.releases(actor) == []


@pages
def test_only_the_partnership_s_return_is_released_and_once(world: World) -> None:
    with as_persona(world, "coordinator") as actor, pytest.raises(ReleaseRefused, match="whole partnership"):
        prepare_release(actor, made(world))
    pk = made(world, agency=None)
    with as_persona(world, "coordinator") as actor:
        prepare_release(actor, pk)
        with pytest.raises(ReleaseRefused, match="prepared for release already"):
            prepare_release(actor, pk)


@pages
@pytest.mark.parametrize("persona", ["manager", "commissioner", "key_worker"])
def test_others_do_not_prepare(world: World, persona: str) -> None:
    pk = made(world, agency=None)
    actor = world.actor(persona)
    with acting_as(actor), pytest.raises((Denied, NotFound)):
        prepare_release(actor, pk)


@pages
def test_pages_files_and_metadata_say_the_same(world: World) -> None:
    release = prepared(world)
    manager = signed_in(world, "manager")
    assert "Waits for its release" in manager.get("/returns/releases/").content.decode()
    assert "Let this go out" in manager.get(f"/returns/releases/{release}/").content.decode()
    assert "went out" in manager.post(f"/returns/releases/{release}/give/", follow=True).content.decode()
    client = signed_in(world, "commissioner")
    assert "Women met" in client.get(f"/returns/releases/{release}/").content.decode()
    table = client.get(f"/returns/releases/{release}/csv/")
    rows = list(csv.DictReader(io.StringIO(table.content.decode())))
    described: dict[str, Any] = json.loads(client.get(f"/returns/releases/{release}/metadata/").content)
    assert [each["name"] for each in described["tableSchema"]["columns"]] == list(rows[0])
    assert described["url"] in table["Content-Disposition"]
    assert {row["figure"]: row["count"] for row in rows}["Women met"] == "15"
    assert len(rows) == len(QUARTERLY)
