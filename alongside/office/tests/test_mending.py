"""What a return will need, mended by a tap; and what waits on the first page of those who answer for figures."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from alongside.casework.accommodation.actions import add_beds, block_move, give_bed, set_up_unit
from alongside.casework.accommodation.codes import BedKind, BlockedBy, Step
from alongside.casework.contacts import actions as contacts
from alongside.casework.contacts.actions import fill_in
from alongside.casework.contacts.codes import Staying, Topic
from alongside.casework.contacts.queries import gaps
from alongside.casework.contacts.rules.standards import ShiftPlan
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.insight.commissioning import actions, due
from alongside.insight.commissioning.actions import Agreed
from alongside.insight.commissioning.codes import Aim, Measure
from alongside.insight.commissioning.tests.worlds import (
    YEAR,
    counted,
    own_folders,
    page,
    released,
    service,
    signed_in,
    world,
)  # fmt: skip
from alongside.insight.monitoring.figures import quarter, quarter_before
from alongside.office import desk
from tests.world import World, as_persona, canaries

__all__ = ["own_folders", "world"]
pytestmark = pytest.mark.django_db
ALL_TOLD = {"staying": "own", "topics": ("safety",)}


def met(world: World, woman: int, **told: object) -> UUID:
    with as_persona(world, "key_worker") as actor:
        made = contacts.record_contact(
            actor, id=uuid4(), occurred_at=timezone.now(), record=world.records["van", woman], **told
        )
        return made.id  # type: ignore[no-any-return]


def missing(world: World, persona: str = "key_worker") -> list[tuple[bool, bool]]:
    with as_persona(world, persona) as actor:
        return [(each.staying, each.topics) for each in gaps(actor, quarter(timezone.localdate()).since, 50)[0]]


def test_it_works(world: World) -> None:
    """A tap each; her name stands there, and she leaves the list."""
    pk = met(world, 20)
    name = canaries("riverside", "van", 20)["name"]
    client = signed_in(world, "key_worker")
    text = client.get("/to-mend/").content.decode()
    assert name in text
    assert "Where does she stay?" in text
    assert "What was spoken about?" in text
    assert "1 woman: a tap each to mend" in client.get("/").content.decode()
    assert client.post(f"/to-mend/{pk}/", {"staying": "friends"}).status_code == 302
    assert missing(world) == [(False, True)]
    client.post(f"/to-mend/{pk}/", {"topic": "money"})
    assert "Nothing is missing" in client.get("/to-mend/").content.decode()
    assert "to mend" not in client.get("/").content.decode().lower().replace("to-mend", "").replace(">to mend<", "")


def test_one_woman_stands_once_and_what_any_contact_says_counts(world: World) -> None:
    met(world, 20)
    met(world, 20)
    assert missing(world) == [(True, True)]
    met(world, 20, staying="own")
    assert missing(world) == [(False, True)]
    met(world, 21, staying="not_said", topics=("chat",))
    assert missing(world) == [(False, True)]


def test_what_was_told_is_never_overwritten(world: World) -> None:
    pk = met(world, 20, staying="own")
    with as_persona(world, "key_worker") as actor:
        assert not fill_in(actor, pk, staying=Staying.OUTSIDE)
        assert fill_in(actor, pk, topic=Topic.MONEY)
        assert not fill_in(actor, pk, topic=Topic.HEALTH)
    with as_persona(world, "key_worker") as actor:
        contacts.undo_contact(actor, met(world, 22))
    assert missing(world) == []


def test_other_agency_gets_404(world: World) -> None:
    pk = met(world, 20)
    assert missing(world, "hostel_worker") == []
    assert signed_in(world, "hostel_worker").post(f"/to-mend/{pk}/", {"staying": "own"}).status_code == 404
    with as_persona(world, "hostel_worker") as actor, pytest.raises(NotFound):
        fill_in(actor, pk, staying=Staying.OWN)
    with as_persona(world, "coordinator") as actor, pytest.raises(Denied):
        gaps(actor, quarter(timezone.localdate()).since, 5)
    assert signed_in(world, "key_worker").post(f"/to-mend/{pk}/", {"staying": "nonsense"}).status_code == 404


# --- the first page of those who answer for figures


def words(world: World, persona: str) -> list[str]:
    with as_persona(world, persona) as actor:
        return [f"{each.words}: {each.about}" for each in due.due(actor)]


def test_a_manager_sees_what_is_due(world: World) -> None:
    assert [each.split(":")[0] for each in words(world, "manager")] == ["The quarter’s return is due"]
    counted(world, period=quarter_before(timezone.localdate()))
    assert words(world, "manager") == []
    release = released(world)
    with as_persona(world, "commissioner") as actor:
        actions.ask(actor, release=release, key="met", words="Why?")
    assert [each.split(":")[0] for each in words(world, "manager")] == ["1 question about figures waits for an answer"]
    assert "for an answer" in page(world, "manager", "/")


def test_what_is_missing_stands_with_its_denominator_and_its_work_list(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    met(world, 20)
    met(world, 21)
    this = quarter(timezone.localdate())
    monkeypatch.setattr(due, "quarter_before", lambda _: this)
    counted(world, period=this)
    (line, *_) = words(world, "manager")
    assert line.startswith("Missing: 2 of 17 (12%) women met: Met, but where she stays was never written down")
    assert "Ask where she stays" in line
    assert 'href="/to-mend/"' in page(world, "manager", "/")
    counted(world, None, period=this)
    with as_persona(world, "coordinator") as actor:
        assert {each.route for each in due.due(actor)} == {"returns:return"}


def test_a_year_without_a_complaint_stands_there(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for woman in range(15, 25):
        met(world, woman, **ALL_TOLD)
    this = quarter(timezone.localdate())
    monkeypatch.setattr(due, "quarter_before", lambda _: this)
    counted(world, period=this)
    (line,) = words(world, "manager")
    assert line.startswith("Silence: none, beside 25 women met in a year")


def test_a_manager_sees_who_is_stuck_and_which_shift_would_break_a_standard(world: World) -> None:
    """By house, with days and the reason; no name. Whoever works there without answering for it has it not."""
    assert stuck_words(world, "manager") == []
    starts = timezone.now() + timedelta(days=3)
    with as_persona(world, "manager") as actor:
        unit = set_up_unit(actor, name="Brook House", step=Step.FIRST_STAGE, leads_to=[Step.SECOND_STAGE])
        beds = add_beds(actor, unit, number=2, kind=BedKind.BED, opened_on=date(2024, 1, 1))
    with as_persona(world, "key_worker") as actor:
        since = timezone.now() - timedelta(days=40)
        for woman, bed in enumerate(beds):
            stay = give_bed(actor, bed, record=world.records["van", woman], begins=since)
            block_move(
                actor,
                stay,
                to_step=Step.SECOND_STAGE,
                reason=BlockedBy.NO_PLACE,
                begins=since + timedelta(days=10 + woman),
            )
        contacts.plan_shift(actor, plan=ShiftPlan(starts, starts + timedelta(hours=5)))
    first, second = stuck_words(world, "manager")
    assert first == (
        "Brook House: 2 women ready to move, and nowhere to go: The longest 30 days. Most often: no place is free"
    )
    assert second.startswith("1 shift would break a standard: First on ")
    assert "Fewer than two of the staff" in second
    assert stuck_words(world, "key_worker") == []
    assert stuck_words(world, "coordinator") == [first]
    assert "Brook House: 2 women" in page(world, "manager", "/")
    assert canaries("riverside", "van", 0)["name"] not in page(world, "manager", "/")


def stuck_words(world: World, persona: str) -> list[str]:
    with as_persona(world, persona) as actor:
        return [f"{each.words}: {each.about}" for each in desk.stuck(actor)]


def test_a_commissioner_sees_what_went_out_how_plans_go_and_what_she_asked(world: World) -> None:
    assert words(world, "commissioner") == []
    release = released(world)
    with as_persona(world, "coordinator") as actor:
        plan = actions.set_plan(actor, agreed=Agreed("The year", "quarterly", YEAR), service=None)
        actions.set_target(actor, plan, key="met", aim=Aim.AT_LEAST, measure=Measure.COUNT, value=15)
    with as_persona(world, "commissioner") as actor:
        actions.ask(actor, release=release, key="met", words="Why?")
    told = words(world, "commissioner")
    assert [each.split(":")[0] for each in told] == ["Release 1", "The year", "1 question of yours is open"]
    assert "1 of 1 targets reached or on course" in told[1]
    assert "Release 1" in page(world, "commissioner", "/")


def test_others_have_nothing_due(world: World) -> None:
    service(world, "van")
    for persona in ("key_worker", "contributor", "dp_lead", "system_admin"):
        assert words(world, persona) == []
