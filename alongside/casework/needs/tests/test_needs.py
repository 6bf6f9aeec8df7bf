"""What is known of her on a day: what may be written, by whom, what stands, what she and counting are told."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from alongside.casework.needs import facts, queries, rules
from alongside.casework.needs.actions import Entry, take_in_answers, write_down
from alongside.casework.needs.codes import QUESTIONS, Answer, Subject
from alongside.casework.needs.her_copy import told as told_to_her
from alongside.casework.needs.models import CourtAnswer, HealthAnswer
from alongside.casework.needs.rules import NotAnAnswer
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.register.people.actions import give_grant, withdraw_grant
from alongside.register.people.codes import FieldGroup, Purpose
from alongside.register.people.facts import counting_job
from tests.world import World

DAY = date(2026, 3, 2)
YES, NO = Answer.YES, Answer.NO


def write(world: World, who: str, woman: UUID, told: rules.Told, on: date | None = DAY) -> None:
    actor = world.actor(who)
    with acting_as(actor):
        write_down(actor, woman, told=told, on=on)


def stands(world: World, who: str, woman: UUID) -> dict[Subject, tuple[Answer, date]]:
    actor = world.actor(who)
    with acting_as(actor):
        return {each.subject: (each.answer, each.on) for each in queries.answers(actor, woman)}


@pytest.fixture
def her(world: World) -> UUID:
    return world.records["van", 1]


def test_each_answer_stands_with_its_day(world: World, her: UUID) -> None:
    write(world, "key_worker", her, {Subject.CRACK: YES, Subject.SUPPORT: Answer.HIGH})
    write(world, "key_worker", her, {Subject.CRACK: NO}, DAY + timedelta(days=40))
    actor = world.actor("key_worker")
    with acting_as(actor):
        known = {each.question.subject: each for each in queries.known(actor, her)}
    assert (known[Subject.CRACK].row.answer, known[Subject.CRACK].times) == (NO, 2)  # type: ignore[union-attr]
    assert known[Subject.HEROIN].row is None
    assert set(known) == set(Subject)


def test_another_answer_for_the_same_day_takes_the_first_back(world: World, her: UUID) -> None:
    write(world, "key_worker", her, {Subject.HIV: YES})
    write(world, "key_worker", her, {Subject.HIV: Answer.NOT_SAID})
    assert stands(world, "key_worker", her) == {Subject.HIV: (Answer.NOT_SAID, DAY)}
    write(world, "key_worker", her, {Subject.HIV: None})
    assert stands(world, "key_worker", her) == {}
    actor = world.actor("key_worker")
    with acting_as(actor):
        kept = HealthAnswer.objects.visible_to(actor).filter(taken_back_by=actor.user).count()
    assert kept == 2  # nothing was deleted, and who took back is kept


def test_two_that_stand_for_one_day_are_refused_by_the_database(world: World, her: UUID) -> None:
    write(world, "key_worker", her, {Subject.ARREST: YES})
    again = (
        'INSERT INTO needs_courtanswer (id, partnership_id, agency_id, record_id, subject, answer, "on")'
        ' SELECT gen_random_uuid(), partnership_id, agency_id, record_id, subject, answer, "on" FROM needs_courtanswer'
    )
    refused = pytest.raises(IntegrityError, match="courtanswer_once_a_day")
    with acting_as(world.actor("key_worker")), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(again)


@pytest.mark.parametrize(
    ("told", "on", "words"),
    [
        ({}, DAY, rules.NOTHING),
        ({Subject.HIV: YES}, date(2100, 1, 1), rules.FUTURE),
        ({Subject.HIV: Answer.HIGH}, DAY, "is no answer"),
        ({Subject.ARREST: NO}, DAY, "is no answer"),
    ],
)
def test_what_can_not_be_is_refused_in_words(world: World, her: UUID, told: rules.Told, on: date, words: str) -> None:
    with pytest.raises(NotAnAnswer) as fault:
        write(world, "key_worker", her, told, on)
    assert words in fault.value.words
    assert stands(world, "key_worker", her) == {}


def test_a_role_writes_and_reads_the_kinds_that_it_sees(world: World, her: UUID) -> None:
    """An outreach worker is not told of her health; the key worker is."""
    write(world, "key_worker", her, {Subject.HIV: YES, Subject.ARREST: YES})
    assert set(stands(world, "outreach_worker", her)) == {Subject.ARREST}
    with pytest.raises(Denied):
        write(world, "outreach_worker", her, {Subject.HIV: NO})
    assert stands(world, "key_worker", her)[Subject.HIV] == (YES, DAY)


def test_other_agency_gets_404(world: World, her: UUID) -> None:
    with pytest.raises(NotFound):
        write(world, "hostel_worker", her, {Subject.SUPPORT: Answer.LOW})
    assert stands(world, "hostel_worker", her) == {}


def test_a_book_taken_in_twice_changes_nothing(world: World, her: UUID) -> None:
    actor = world.actor("key_worker")
    rows = [Entry(her, Subject.ARREST, YES, DAY + timedelta(days=days)) for days in range(5)]
    rows += [Entry(her, Subject.SUPPORT, Answer.LOW, DAY)]
    with acting_as(actor):
        assert take_in_answers(actor, entries=[*rows, rows[0]]) == 6
        assert take_in_answers(actor, entries=rows) == 0
        with pytest.raises(NotFound):
            take_in_answers(actor, entries=[Entry(world.records["house", 2], Subject.SUPPORT, Answer.LOW, DAY)])
        with pytest.raises(NotAnAnswer):
            take_in_answers(actor, entries=[Entry(her, Subject.SUPPORT, YES, DAY)])
    assert len(stands(world, "key_worker", her)) == 2


def test_counting_reads_codes_and_days_and_no_more(world: World, her: UUID) -> None:
    write(world, "key_worker", her, {Subject.HIV: YES, Subject.SUPPORT: Answer.HIGH})
    write(world, "key_worker", her, {Subject.HIV: NO})
    job = counting_job(world.partnership.id)
    with acting_as(job):
        found = {(row.record, row.subject, row.answer, row.on) for row in facts.answers(job)}
        with connection.cursor() as cursor, pytest.raises(DatabaseError, match="denied"), transaction.atomic():
            cursor.execute("SELECT recorded_by FROM needs_healthanswer")
    assert found == {(her, "hiv", "no", DAY), (her, "support", "high", DAY)}
    worker = world.actor("key_worker")
    with acting_as(worker), pytest.raises(Denied):
        list(facts.answers(worker))


def test_it_is_in_her_copy(world: World, her: UUID) -> None:
    write(world, "key_worker", her, {Subject.HIV: Answer.NOT_SAID})
    actor = world.actor("key_worker")
    with acting_as(actor):
        assert told_to_her(actor, her).rows == (("2 March 2026", "Has HIV", "She chose not to say"),)


def test_every_question_is_kept_somewhere() -> None:
    assert set(QUESTIONS) == set(Subject)
    assert all(
        Answer.NOT_SAID in each.answers for each in QUESTIONS.values() if YES in each.answers and not each.is_moment
    )


# --- the page


def test_it_works(world: World, her: UUID, sign_in) -> None:  # type: ignore[no-untyped-def]
    client = sign_in("key_worker")
    address = reverse("needs:of-her", args=[her])
    assert address in client.get(reverse("people:record", args=[her])).content.decode()
    shown = client.get(address).content.decode()
    assert shown.count("We did not ask") > 15
    answer = client.post(address, {"crack": "yes", "hearing": "came"}, follow=True)
    assert answer.status_code == 200
    today = timezone.localdate()
    assert stands(world, "key_worker", her) == {Subject.CRACK: (YES, today), Subject.HEARING: (Answer.CAME, today)}
    client.post(address, {"crack": "taken_back"})
    assert set(stands(world, "key_worker", her)) == {Subject.HEARING}


def test_what_is_wrong_is_said_on_the_page(world: World, her: UUID, sign_in) -> None:  # type: ignore[no-untyped-def]
    client = sign_in("key_worker")
    address = reverse("needs:of-her", args=[her])
    nothing = client.post(address, {})
    assert (nothing.status_code, rules.NOTHING in nothing.content.decode()) == (422, True)
    ahead = client.post(address, {"crack": "yes", "on_day": "1", "on_month": "1", "on_year": "2100"})
    assert (ahead.status_code, "today or before" in ahead.content.decode()) == (422, True)


def test_the_page_asks_an_outreach_worker_nothing_of_health(world: World, her: UUID, sign_in) -> None:  # type: ignore[no-untyped-def]
    shown = sign_in("outreach_worker").get(reverse("needs:of-her", args=[her])).content.decode()
    assert "Has HIV" not in shown
    assert "How much support she needs" in shown


def test_get_changes_nothing(world: World, her: UUID, sign_in) -> None:  # type: ignore[no-untyped-def]
    sign_in("key_worker").get(reverse("needs:of-her", args=[her]))
    assert stands(world, "key_worker", her) == {}


def test_withdrawn_consent_hides_her(world: World, her: UUID) -> None:
    """What another agency may read goes with the grant, row by row of the database too."""
    write(world, "key_worker", her, {Subject.ARREST: YES, Subject.SUPPORT: Answer.LOW})
    actor, other = world.actor("key_worker"), world.actor("hostel_worker")
    with acting_as(actor):
        grant = give_grant(
            actor,
            her,
            to_agency=world.agencies["house"].id,
            groups=[FieldGroup.COURT],
            purpose=Purpose.COURT,
            asked_on=timezone.localdate(),
            until=timezone.localdate() + timedelta(days=30),
            how_asked="On her own",
        )

    def seen() -> int:
        with acting_as(other):
            return CourtAnswer.objects.visible_to(other).count()

    assert seen() == 1
    with acting_as(actor):
        withdraw_grant(actor, grant)
    assert seen() == 0
