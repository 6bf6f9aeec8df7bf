"""From the wish that a return goes out to its outcome: kept, checked by a job, and never half a release."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.foundation.gate.rows import writing
from alongside.insight.monitoring import jobs, preparing, queries, released, releasing
from alongside.insight.monitoring.definitions import BadDefinition
from alongside.insight.monitoring.figures import Period
from alongside.insight.monitoring.models import Preparation
from alongside.insight.monitoring.preparing import NOT_CHECKED, preparation, prepare_release
from alongside.insight.monitoring.releasing import ReleaseRefused, give_release
from alongside.insight.monitoring.tests.test_releases import YEAR, _own_folders, give, made, prepared, signed_in, world
from alongside.register.people.facts import counting_job
from tests.world import World, as_persona

__all__ = ["_own_folders", "world"]
pytestmark = pytest.mark.django_db
QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31))


def asked(world: World, pk: UUID) -> UUID:
    with as_persona(world, "coordinator") as actor:
        wish: UUID = jobs.ask_for_release(actor, pk)
    return wish


def checked(world: World, wish: UUID) -> None:
    jobs.check_wish(str(world.partnership.id), str(wish))


def releases(world: World) -> int:
    with as_persona(world, "coordinator") as actor:
        return len(released.releases(actor))


def test_it_is_being_checked_and_then_its_outcome_stands_there(world: World) -> None:
    pk, client = made(world, agency=None), signed_in(world, "coordinator")
    address = f"/returns/{pk}/"
    assert "Prepare this for release" in client.get(address).content.decode()
    page = client.post(f"{address}prepare/", follow=True).content.decode()
    assert "Being checked since" in page
    assert releases(world) == 0, "a wish is no release"
    with as_persona(world, "coordinator") as actor:
        (wish,) = Preparation.objects.visible_to(actor).values_list("id", flat=True)
    checked(world, wish)
    page = client.get(address).content.decode()
    assert "See the release of this return" in page
    assert "Prepare this" not in page
    assert releases(world) == 1
    with as_persona(world, "coordinator") as actor:
        row = preparation(actor, pk)
        assert row is not None
        sheet = released.release_sheet(actor, row.release)  # type: ignore[arg-type]
    assert not sheet.may_give, "who asked prepared it, whoever checked"


def test_the_request_runs_no_solver(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "judged", lambda *_: pytest.fail("the solver ran in the web request"))
    pk = made(world, agency=None)
    assert signed_in(world, "coordinator").post(f"/returns/{pk}/prepare/").status_code == 302
    with pytest.raises(BaseException, match="the solver ran"), as_persona(world, "coordinator") as actor:
        prepare_release(actor, pk)


def test_asked_twice_it_is_one_wish_checked_once(world: World) -> None:
    pk = made(world, agency=None)
    first = asked(world, pk)
    assert asked(world, pk) == first
    checked(world, first)
    checked(world, first)
    assert releases(world) == 1
    with pytest.raises(ReleaseRefused, match="prepared for release already"):
        asked(world, pk)


def test_while_a_list_goes_in_the_wish_is_kept_and_waits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check asks for the end of imports and counts before it reads anything."""
    waited = list[str]()

    def wait(partnership: UUID, work: str) -> None:
        waited.append(work)
        assert releases(world) == 0

    pk = made(world, agency=None)
    monkeypatch.setattr(preparing, "wait_for_the_end_of", wait)
    monkeypatch.setattr(releasing, "goes_on", lambda *_: True)
    wish = asked(world, pk)
    assert releases(world) == 0
    checked(world, wish)
    assert waited == ["lists", "counting"]
    assert releases(world) == 1


def test_a_check_that_dies_leaves_no_release_and_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    pk = made(world, agency=None)
    wish = asked(world, pk)
    with monkeypatch.context() as planted:
        planted.setattr(preparing, "judged", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            checked(world, wish)
    assert releases(world) == 0
    assert NOT_CHECKED.split(",")[0] in signed_in(world, "coordinator").get(f"/returns/{pk}/").content.decode()
    checked(world, asked(world, pk))
    assert releases(world) == 1


def test_another_that_went_out_meanwhile_is_not_passed_over(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Judged beside what had gone out when the check began: the outcome says to check again."""
    waits, pk = prepared(world, "five_outcomes"), made(world, agency=None)
    wish, judged = asked(world, pk), preparing.judged

    def meanwhile(*of: object) -> str:
        give(world, waits)
        return judged(*of)  # type: ignore[arg-type]

    with monkeypatch.context() as planted:
        planted.setattr(preparing, "judged", meanwhile)
        checked(world, wish)
    with as_persona(world, "coordinator") as actor:
        row = preparation(actor, pk)
        assert row is not None
        assert (row.release, row.why_not) == (None, preparing.PREPARE_AGAIN)


def test_days_that_overlap_those_of_a_release_are_refused(world: World) -> None:
    """Before, after, inside and around are ranges that the attacker knows how to compare; a part is not."""
    give(world, prepared(world, period=QUARTER))
    for period in (Period(date(2026, 9, 1), date(2026, 10, 31)), Period(date(2026, 12, 1), date(2027, 1, 31))):
        with pytest.raises(ReleaseRefused, match=r"in the middle of the days of a release.*1 October 2026"):
            asked(world, made(world, agency=None, period=period))
    for period in (YEAR, Period(date(2026, 11, 1), date(2026, 11, 30)), Period(date(2027, 1, 1), date(2027, 3, 31))):
        asked(world, made(world, agency=None, period=period))
    asked(world, made(world, agency=None, framework="exit", period=Period(date(2026, 9, 1), date(2026, 10, 31))))


def test_a_definition_that_broke_since_is_told_in_its_words(world: World, settings: object) -> None:
    wish = asked(world, made(world, agency=None))
    folder = settings.DEFINITIONS  # type: ignore[attr-defined]
    folder.mkdir()
    (folder / "own.toml").write_text("[[definition]\n")
    checked(world, wish)
    (folder / "own.toml").unlink()
    assert releases(world) == 0
    with as_persona(world, "coordinator") as actor:
        assert "own.toml: can't be read" in Preparation.objects.visible_to(actor).get(pk=wish).why_not


def test_who_may_ask_and_who_may_check(world: World) -> None:
    pk = made(world, agency=None)
    for persona in ("manager", "key_worker", "commissioner"):
        with as_persona(world, persona) as actor, pytest.raises((Denied, NotFound)):
            jobs.ask_for_release(actor, pk)
    wish = asked(world, pk)
    with as_persona(world, "coordinator") as actor:
        with pytest.raises(Denied):
            preparing._settle(actor, wish, going={}, follows=0, why_not="")
        with pytest.raises(ReleaseRefused, match="whole partnership"):
            jobs.ask_for_release(actor, made(world))
    with as_persona(world, "manager") as actor:
        assert preparation(actor, pk) is None
        with pytest.raises((Denied, NotFound)):
            give_release(actor, uuid4())


def test_the_database_keeps_one_check_at_a_time(world: World) -> None:
    pk = made(world, agency=None)
    asked(world, pk)
    job = counting_job(world.partnership.id)
    token = writing.set("test")
    try:
        with acting_as(job), pytest.raises(IntegrityError, match="one_check_at_a_time"), transaction.atomic():
            Preparation(partnership_id=world.partnership.id, of_return_id=pk, asked_by=uuid4()).save(force_insert=True)
    finally:
        writing.reset(token)


# --- bad input on the way to a return


def wanted(since: str, until: str, **more: str) -> dict[str, str]:
    return {"framework": "quarterly", "since": since, "until": until, **more}


def test_days_that_cut_across_another_return_are_asked_about(world: World) -> None:
    """Within, around and apart are counted; a part is asked about first, and counted when it is meant."""
    made(world, period=QUARTER)
    client = signed_in(world, "manager")
    answer = client.post("/returns/count/", wanted("2026-11-01", "2027-01-31"))
    assert answer.status_code == 422
    assert "cut across those of a return that was counted already, 1 October 2026 to 31 December 2026" in (
        answer.content.decode()
    )
    assert "count them all the same" in answer.content.decode()
    meant = wanted("2026-11-01", "2027-01-31", all_the_same="on")
    assert client.post("/returns/count/", meant).status_code == 302
    for since, until in (("2026-10-01", "2026-11-15"), ("2026-01-01", "2026-12-31"), ("2026-07-01", "2026-09-30")):
        assert client.post("/returns/count/", wanted(since, until)).status_code == 302, since
    other = {**wanted("2026-11-01", "2027-01-31"), "framework": "exit"}
    assert client.post("/returns/count/", other).status_code == 302, "another kind"


def test_another_agency_s_return_is_not_cut_across(world: World) -> None:
    made(world, agency="house", period=QUARTER)
    made(world, agency=None, period=QUARTER)
    answer = signed_in(world, "manager").post("/returns/count/", wanted("2026-11-01", "2027-01-31"))
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[definition]\n", "own.toml: can&#39;t be read"),
        ("{row}fact = 'weather'\n", "mine: counts “weather”, which no room tells"),
        ("{row}all_of = ['mine']\n", "mine: goes round in a circle: mine → mine"),
    ],
)
def test_a_bad_definition_is_told_and_the_rest_can_be_read(
    world: World, settings: object, text: str, words: str
) -> None:
    row = "[[definition]]\nkey = 'mine'\nname = 'M'\nsentence = 'S.'\nowner = 'O'\nversion = 1\nsince = 2026-01-01\n"
    pk = made(world, period=QUARTER)
    folder = settings.DEFINITIONS  # type: ignore[attr-defined]
    folder.mkdir()
    (folder / "own.toml").write_text(text.replace("{row}", row))
    client = signed_in(world, "manager")
    index = client.get("/returns/").content.decode()
    assert words in index
    assert "Nothing can be counted before" in index
    answer = client.post("/returns/count/", wanted("2026-07-01", "2026-09-30"))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert client.get(f"/returns/{pk}/").status_code == 200
    with pytest.raises(BadDefinition):
        made(world)
    with as_persona(world, "manager") as actor:
        assert [row.period for row in queries.returns(actor)] == [QUARTER]
