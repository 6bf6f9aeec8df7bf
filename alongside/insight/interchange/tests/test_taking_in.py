"""Lists go in whole, once, and out again; the five extracts to the last row."""

from collections.abc import Callable
from uuid import UUID

import pytest

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.insight.interchange.actions import (
    NotNow,
    choose_columns,
    correct_row,
    hand_in,
    leave_out,
    let_go_in,
    undo,
)
from alongside.insight.interchange.codes import ListState, RowState
from alongside.insight.interchange.models import FilePart, HandedIn, RememberedMapping, StagedRow
from alongside.insight.interchange.tests.conftest import EXTRACTS
from alongside.insight.interchange.understanding import ColumnKind
from alongside.register.people.models import Identity, Record
from alongside.register.people.queries.vault import names
from tests.world import World

RunJob = Callable[..., None]
# file: (rows, ready, repeats, unreadable, lines set aside)
EXPECTED = {
    "outreach_van_contacts.csv": (194, 194, 0, 0, 5),
    "bridge_casework_clients.xlsx": (148, 147, 0, 1, 5),
    "dropin_register.csv": (94, 93, 1, 0, 1),
    "hostel_residents.xlsx": (34, 34, 0, 0, 1),
    "CUSTODY_LIST_2007.txt": (68, 68, 0, 0, 1),
}
PLAIN = b"Ref,Name,Age,DOB\n1,Ash,30,\n2,Bee,41,\n3,Cat,nonsense,\n4,Dot,22,\n5,Eve,19,\n,,,\n6,Fay,25,\n"


def give(actor: Actor, content: bytes) -> UUID:
    with acting_as(actor):
        return hand_in(actor, content=content).id


def let_in(actor: Actor, run_job: RunJob, agency: str, list_id: UUID, *, with_gaps: bool = False) -> None:
    with acting_as(actor):
        let_go_in(actor, list_id, with_gaps=with_gaps)
    run_job(agency, list_id)


def the_list(world: World, agency: str, list_id: UUID) -> HandedIn:
    job = world.job("intake", agency)
    with acting_as(job):
        return HandedIn.objects.visible_to(job).get(pk=list_id)


def records(world: World, agency: str) -> int:
    job = world.job("intake", agency)
    with acting_as(job):
        return Record.objects.visible_to(job).filter(removed_at=None).count()


@pytest.mark.parametrize("name", EXPECTED)
def test_every_extract_goes_in_to_the_last_row(world: World, run_job: RunJob, name: str) -> None:
    rows, ready, repeats, unreadable, kept = EXPECTED[name]
    actor = world.actor("key_worker")
    list_id = give(actor, (EXTRACTS / name).read_bytes())
    counts = the_list(world, "van", list_id).counts
    assert (counts["rows"], counts["ready"], counts["repeats"]) == (rows, ready, repeats)
    assert (counts["unreadable"], sum(counts["kept"].values())) == (unreadable, kept)
    assert records(world, "van") == 0
    let_in(actor, run_job, "van", list_id)
    assert records(world, "van") == ready
    row = the_list(world, "van", list_id)
    assert (row.state, row.counts["taken"]) == (ListState.TAKEN, {"new": ready, "changed": 0, "same": 0})


def test_the_same_file_twice_changes_nothing(world: World, run_job: RunJob) -> None:
    actor = world.actor("manager")
    first = give(actor, PLAIN)
    let_in(actor, run_job, "van", first)
    with acting_as(actor):
        again = hand_in(actor, content=PLAIN)
    assert (again.id, again.is_new) == (first, False)


def test_undo_takes_the_whole_list_back_and_forgets_the_file(world: World, run_job: RunJob) -> None:
    actor = world.actor("manager")
    list_id = give(actor, PLAIN)
    let_in(actor, run_job, "van", list_id)
    assert records(world, "van") == 5
    with acting_as(actor):
        undo(actor, list_id)
    run_job("van", list_id, back=True)
    assert records(world, "van") == 0
    row = the_list(world, "van", list_id)
    assert (row.state, row.data_key, row.reading, row.file_name) == (ListState.UNDONE, None, None, None)
    with acting_as(actor):
        assert hand_in(actor, content=PLAIN).is_new, "an undone list may come in again"


def test_a_changed_list_brings_back_what_stood_before_when_undone(world: World, run_job: RunJob) -> None:
    actor = world.actor("manager")
    let_in(actor, run_job, "van", give(actor, PLAIN))
    later = give(actor, PLAIN.replace(b"Ash,30", b"Ash,33").replace(b"6,Fay,25,\n", b"7,Gwen,29,\n"))
    told = the_list(world, "van", later).counts["difference"]
    del told["earlier_at"]
    assert told == {"new": 1, "changed": 1, "same": 4, "gone": 1}
    let_in(actor, run_job, "van", later)
    assert records(world, "van") == 6, "a row that is gone from the list is not taken away"
    assert the_list(world, "van", later).counts["taken"] == {"new": 1, "changed": 1, "same": 3}
    with acting_as(actor):
        undo(actor, later)
    run_job("van", later, back=True)
    assert records(world, "van") == 5
    with acting_as(actor):
        held = Identity.objects.visible_to(actor).filter(is_current=True).values_list("record_id", flat=True)
        ages = {known.names[0]: known.age.low for known in names(actor, list(held)).values() if known.age}
    assert ages["Ash"] == 30


def test_a_sudden_change_is_warned_of(world: World, run_job: RunJob) -> None:
    from alongside.insight.interchange.storing import open_list

    actor = world.actor("manager")
    rows = "".join(f"{n},Name{n},{n}/03/2007\n" for n in range(1, 13))
    let_in(actor, run_job, "van", give(actor, f"Ref,Name,Date seen\n{rows}".encode()))
    moved = "".join(f"{n},Name{n},03/{n:02d}/2007\n" for n in range(1, 13))
    row = the_list(world, "van", give(actor, f"Ref,Name,Date seen\n{moved}".encode()))
    assert any("Day and month of the date seen changed places" in words for words in open_list(row).kept.warnings)


def test_rows_that_need_a_person_wait_for_her(world: World, run_job: RunJob) -> None:
    actor = world.actor("outreach_worker")
    list_id = give(actor, PLAIN.replace(b"2,Bee,41,", b"2,,,"))
    assert the_list(world, "van", list_id).counts["unreadable"] == 1
    let_in(actor, run_job, "van", list_id)
    assert records(world, "van") == 4
    with acting_as(actor):
        waiting = list(StagedRow.objects.visible_to(actor).filter(handed_in=list_id))
        assert [(row.number, row.state) for row in waiting] == [(3, RowState.UNREADABLE), (4, RowState.PROBLEM)]
        assert correct_row(actor, list_id, row=waiting[0].pk, cells=["2", "", "", ""])
        assert not correct_row(actor, list_id, row=waiting[0].pk, cells=["2", "Bee", "41", ""])
        leave_out(actor, list_id, row=waiting[1].pk)
    let_in(actor, run_job, "van", list_id, with_gaps=True)
    assert records(world, "van") == 5


def test_a_row_with_a_gap_goes_in_when_she_agrees(world: World, run_job: RunJob) -> None:
    actor = world.actor("outreach_worker")
    list_id = give(actor, PLAIN)
    let_in(actor, run_job, "van", list_id, with_gaps=True)
    assert records(world, "van") == 6


def test_columns_are_changed_and_remembered(world: World, run_job: RunJob) -> None:
    actor = world.actor("manager")
    list_id = give(actor, PLAIN)
    with acting_as(actor):
        choose_columns(actor, list_id, chosen={2: ColumnKind.IGNORE})
    assert the_list(world, "van", list_id).counts["problems"] == 0
    let_in(actor, run_job, "van", list_id)
    later = the_list(world, "van", give(actor, PLAIN + b"9,Gwen,old,\n"))
    assert (later.counts["problems"], later.counts["ready"]) == (0, 7)


def test_a_job_that_died_goes_on_where_it_stopped(
    world: World, run_job: RunJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alongside.insight.interchange import storing, taking

    monkeypatch.setattr(storing, "AT_ONCE", 2)
    actor = world.actor("manager")
    list_id = give(actor, PLAIN)
    with acting_as(actor):  # the five rows that are ready
        assert FilePart.objects.visible_to(actor).filter(reading=1).count() == 3
    calls = []

    def dies(done: int, of: int) -> None:
        calls.append(done)
        raise RuntimeError("the machine went away")

    with acting_as(actor):
        let_go_in(actor, list_id)
    with pytest.raises(RuntimeError):
        taking.take_all_in(world.job("intake", "van"), list_id, dies)
    stopped = the_list(world, "van", list_id)
    assert (stopped.state, stopped.position, calls) == (ListState.STOPPED, 2, [2])
    let_in(actor, run_job, "van", list_id)
    assert the_list(world, "van", list_id).counts["taken"] == {"new": 5, "changed": 0, "same": 0}
    assert records(world, "van") == 5


def test_nothing_is_done_twice_or_at_the_wrong_time(world: World, run_job: RunJob) -> None:
    actor = world.actor("manager")
    list_id = give(actor, PLAIN)
    with acting_as(actor):
        let_go_in(actor, list_id)
        with pytest.raises(NotNow):
            let_go_in(actor, list_id)
        with pytest.raises(NotNow):
            choose_columns(actor, list_id, chosen={})


def test_a_contributor_hands_in_and_reads_nothing_back(world: World, run_job: RunJob) -> None:
    actor = world.actor("contributor")
    list_id = give(actor, PLAIN)
    with acting_as(actor):
        assert FilePart.objects.visible_to(actor).count() == 2  # the file, and its rows that wait to go in
        assert StagedRow.objects.visible_to(actor).count() == 1
    let_in(actor, run_job, "custody", list_id, with_gaps=True)
    assert records(world, "custody") == 6
    with acting_as(actor):
        # The second line alone: whatever the gate says, the database shows her nothing.
        assert FilePart.objects.unscoped("row-level security alone").count() == 0
        assert StagedRow.objects.unscoped("row-level security alone").count() == 0
        assert HandedIn.objects.visible_to(actor).get().counts["taken"]["new"] == 6
        undo(actor, list_id)
    run_job("custody", list_id, back=True)
    assert records(world, "custody") == 0


def test_nobody_sees_another_agency_s_lists(world: World) -> None:
    give(world.actor("manager"), PLAIN)
    for persona in ("hostel_worker", "contributor", "commissioner", "coordinator", "dp_lead", "system_admin"):
        other = world.actor(persona)
        with acting_as(other):
            for model in (HandedIn, FilePart, StagedRow):
                assert not model.objects.visible_to(other).exists(), persona


def test_what_came_from_the_file_is_sealed(world: World, run_job: RunJob) -> None:
    actor, job = world.actor("manager"), world.job("intake", "van")
    content = PLAIN.replace(b"Ash", b"Zanthippa").replace(b"nonsense", b"Quillon")
    with acting_as(actor):
        list_id = hand_in(actor, content=content, file_name="Zanthippa.csv").id
        choose_columns(actor, list_id, chosen={0: ColumnKind.REFERENCE})
    with acting_as(job):
        for model in (HandedIn, FilePart, StagedRow, RememberedMapping):
            rows = list(model.objects.visible_to(job).values())
            assert rows, model
            values = [value for row in rows for value in row.values()]
            held = b" ".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in values)
            assert not any(token in held for token in (b"Zanthippa", b"Quillon", b"DOB")), model


def test_rows_go_in_as_the_columns_were_chosen_last(world: World, run_job: RunJob) -> None:
    actor, job = world.actor("manager"), world.job("intake", "van")
    list_id = give(actor, b"Ref,Name,Where\n1,Ash,Quayside\n2,Bee,Northgate\n")
    with acting_as(actor):
        choose_columns(actor, list_id, chosen={2: ColumnKind.IGNORE})
    let_in(actor, run_job, "van", list_id)
    with acting_as(job):
        held = Identity.objects.visible_to(job)
        assert held.count() == 2
        assert not held.exclude(area=None).exists()


def test_taking_back_gives_each_record_what_stood_before(world: World, run_job: RunJob) -> None:
    actor, job = world.actor("manager"), world.job("intake", "van")
    head = b"Ref,Date seen,Name\n"
    first = give(actor, head + b"1,03/02/2025,Ash\n2,04/02/2025,Bee\n")
    let_in(actor, run_job, "van", first)
    second = give(actor, head + b"1,05/03/2025,Ashley\n2,04/02/2025,Bee\n3,06/03/2025,Cat\n")
    let_in(actor, run_job, "van", second)

    def days() -> list[tuple[str, str]]:
        with acting_as(job):
            rows = Record.objects.visible_to(job).filter(removed_at=None).order_by("first_seen_on")
            return [(str(row.first_seen_on), str(row.last_seen_on)) for row in rows]

    before = [("2025-02-03", "2025-02-03"), ("2025-02-04", "2025-02-04")]
    assert days() == [("2025-02-03", "2025-03-05"), before[1], ("2025-03-06", "2025-03-06")]
    with acting_as(actor):
        undo(actor, second)
    run_job("van", second, back=True)
    assert days() == before
    with acting_as(job):
        current = Identity.objects.visible_to(job).filter(is_current=True, record__removed_at=None)
        assert sorted(current.values_list("version", flat=True)) == [1, 1]
        assert not current.exclude(source=first).exists()
