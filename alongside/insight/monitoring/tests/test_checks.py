"""What a return is looked through for: missing, implausible, late, silent, changed; each with what to do."""

import re
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from alongside.casework.contacts import actions as contacts
from alongside.foundation.gate.level import acting_as
from alongside.insight.monitoring import queries
from alongside.insight.monitoring.checks import Check
from alongside.insight.monitoring.definitions import BadDefinition, catalogue
from alongside.insight.monitoring.engine import DuckBase, Scope, count
from alongside.insight.monitoring.figures import Period
from alongside.insight.monitoring.shape import KINDS, Fact
from alongside.insight.monitoring.snapshots import write
from alongside.insight.monitoring.tests.test_returns import _own_folders, made, signed_in, world
from alongside.register.people.facts import counting_job
from alongside.register.rights import facts
from alongside.register.rights.actions import hers
from alongside.register.rights.codes import Kind, Way
from tests.world import World, as_persona

__all__ = ["_own_folders", "world"]
KNOWN = catalogue()
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))
AGENCY = str(UUID(int=5))


def told(tmp_path: Path, facts: list[Fact]) -> dict[str, tuple[int, int | None]]:
    """Check -> its count and denominator, of the quarter."""
    folder = tmp_path / str(uuid4())
    write(folder, facts)
    frame = KNOWN.frameworks["quarterly"]
    found = count(folder, KNOWN, KNOWN.counted_for(frame), Scope(), QUARTER)
    answers = {}
    for key in frame.checks:
        check = KNOWN.checks[key]
        figure = found[check.figure]
        of = found[check.beside].count if check.beside else figure.of
        answers[key] = (figure.count, of) if check.tells(figure.count, of) else (-1, of)
    return answers


def met(woman: int, on: date = QUARTER.since, **codes: str | tuple[str, ...]) -> Fact:
    whole: dict[str, str | tuple[str, ...]] = {"outcome": "met", "staying": "own", "topics": ("chat",), **codes}
    return Fact("contact", on, AGENCY, woman, codes=whole)


def known(*women: int) -> list[Fact]:
    return [Fact("record", date(2024, 1, 1), AGENCY, each, codes={"setting": "street"}) for each in women]


def test_what_is_in_order_tells_nothing(tmp_path: Path) -> None:
    facts = [*known(*range(1, 30)), *(met(each) for each in range(1, 30)), Fact("complaint", date(2026, 2, 1), AGENCY)]
    facts.append(Fact("shift", date(2026, 8, 1), AGENCY, amount=720, codes={"kind": "van"}))
    found = told(tmp_path, facts)
    assert {count for count, _ in found.values()} == {-1}, found
    assert found["place_missing"] == (-1, 29)
    assert found["long_shifts"] == (-1, 1)


def test_missing_is_told_above_its_threshold(tmp_path: Path) -> None:
    rest = [*known(*range(1, 12)), *(met(each) for each in range(3, 12))]
    one = [*rest, met(1), met(2, staying="")]
    assert told(tmp_path, one)["place_missing"] == (-1, 11), "1 of 11 is less than one in ten"
    assert told(tmp_path, [*rest, met(1, staying=""), met(2, staying="")])["place_missing"] == (2, 11)
    assert told(tmp_path, [*rest, met(1, topics=()), met(2, topics=())])["topic_missing"] == (2, 11)


def test_met_after_she_died_is_told(tmp_path: Path) -> None:
    died = Fact("stay", date(2026, 1, 1), AGENCY, 1, date(2026, 6, 1), codes={"step": "first_stage", "reason": "died"})
    assert told(tmp_path, [*known(1, 2), died, met(1), met(2)])["after_death"] == (1, 2)
    later = Fact("stay", date(2026, 1, 1), AGENCY, 1, date(2026, 8, 1), codes={"step": "first_stage", "reason": "died"})
    assert told(tmp_path, [*known(1, 2), later, met(1), met(2)])["after_death"][0] == -1


def test_more_than_once_a_day_is_told(tmp_path: Path) -> None:
    daily = [met(1, QUARTER.since + timedelta(days=each)) for each in range(92)]
    assert told(tmp_path, [*known(1), *daily])["too_often"][0] == -1
    assert told(tmp_path, [*known(1), *daily, met(1)])["too_often"] == (1, 1)


def test_in_a_house_and_outside_is_told(tmp_path: Path) -> None:
    stay = Fact("stay", date(2026, 8, 1), AGENCY, 1, codes={"step": "first_stage"})
    facts = [*known(1), stay, met(1, date(2026, 9, 1), staying="outside")]
    assert told(tmp_path, facts)["housed_outside"] == (1, 1)
    assert told(tmp_path, [*facts, met(1, date(2026, 9, 2), staying="specialist")])["housed_outside"][0] == -1


def test_a_shift_of_a_night_and_a_day_is_told(tmp_path: Path) -> None:
    shifts = [Fact("shift", date(2026, 8, 1), AGENCY, amount=each, codes={"kind": "van"}) for each in (300, 720, 721)]
    assert told(tmp_path, shifts)["long_shifts"] == (1, 3)


def test_late_answers_are_told(tmp_path: Path) -> None:
    def sent(late: str) -> Fact:
        return Fact("referral", date(2026, 8, 1), AGENCY, 1, codes={"stage": "sent", "late": late})

    assert told(tmp_path, [sent("yes"), *[sent("no")] * 9])["late_answers"][0] == -1
    assert told(tmp_path, [sent("yes"), *[sent("no")] * 8])["late_answers"] == (1, 9)


def test_a_year_without_a_complaint_is_told_where_there_were_women(tmp_path: Path) -> None:
    twenty = [*known(*range(1, 21)), *(met(each) for each in range(1, 21))]
    assert told(tmp_path, twenty)["no_complaints"] == (0, 20)
    assert told(tmp_path, twenty[:-1])["no_complaints"] == (-1, 19)
    for on, said in ((date(2025, 10, 1), -1), (date(2025, 9, 30), 0)):
        assert told(tmp_path, [*twenty, Fact("complaint", on, AGENCY)])["no_complaints"][0] == said, on


def test_every_check_says_why_and_what_to_do() -> None:
    assert {each.kind for each in KNOWN.checks.values()} == {"missing", "implausible", "late", "silent"}
    for each in KNOWN.checks.values():
        assert each.why.endswith("."), each.key
        assert len(each.todo) > 20, each.key


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "odd"}, "It can be: missing"),
        ({"figure": "nothing"}, "no definition has"),
        ({"beside": "nothing"}, "no definition has"),
        ({"figure": "known"}, "has no denominator"),
        ({"kind": "silent", "figure": "known"}, "needs beside"),
        ({"percent": 100}, "between 0 and 99"),
        ({"colour": "red"}, "has no “colour”"),
    ],
)
def test_a_bad_check_is_refused_in_words(tmp_path: Path, changes: dict[str, object], words: str) -> None:
    row = {
        "key": "mine", "kind": "missing", "figure": "met", "why": "W.", "todo": "T.", "owner": "O", "version": 1,
        **changes,
    }  # fmt: skip
    said = "".join(f"{name} = {value!r}\n" for name, value in row.items())
    (tmp_path / "own.toml").write_text(f"[[check]]\n{said}since = 2026-01-01\n")
    with pytest.raises(BadDefinition) as fault:
        catalogue(tmp_path)
    assert words in fault.value.words


def test_a_snapshot_from_before_a_kind_was_told_is_still_counted(tmp_path: Path) -> None:
    write(tmp_path / "old", [*known(1), met(1)])
    (tmp_path / "old" / "complaint.parquet").unlink()
    with DuckBase(tmp_path / "old") as base:
        assert base.rows("SELECT count(*) FROM complaint") == [(0,)]
    figures = count(tmp_path / "old", KNOWN, ["met", "complaints_in_a_year"], Scope(), QUARTER)
    assert [each.count for each in figures.values()] == [1, 0]
    assert "complaint" in KINDS


def test_a_percentage_of_nobody_is_not_told() -> None:
    none = Check("k", "missing", "met", "W.", "T.", "O", 1, date(2026, 1, 1), percent=10)
    assert not none.tells(0, 0)
    assert (none.tells(1, 10), none.tells(2, 10)) == (False, True)


# --- through the product


pages = pytest.mark.django_db


def complained(world: World, kind: Kind = Kind.COMPLAINT) -> None:
    with as_persona(world, "key_worker") as actor:
        hers.receive(
            actor, world.records["van", 1], kind=kind, way=Way.WRITING, received_on=timezone.localdate(), said="No."
        )


@pages
def test_the_counting_job_reads_of_complaints_the_day_alone(world: World) -> None:
    """Of other requests nothing, even past the gate; and nobody else counts them."""
    complained(world, Kind.ACCESS)
    complained(world)
    job = counting_job(world.partnership.id)
    with acting_as(job):
        found = facts.complaints(job)
    assert [(each.agency, each.on) for each in found] == [(world.agencies["van"].id, timezone.localdate())]


@pages
def test_the_return_says_what_to_do_and_leads_there(world: World) -> None:
    with as_persona(world, "key_worker") as actor:
        contacts.record_contact(actor, id=uuid4(), occurred_at=timezone.now(), record=world.records["van", 6])
    pk = made(world)
    text = signed_in(world, "manager").get(f"/returns/{pk}/").content.decode()
    assert "Missing: met, but where she stays was never written down" in text
    assert "1 of 4 (25%) women met" in text
    assert 'href="/to-mend/"' in text
    assert "Silence: complaints in a year" in text
    assert "beside 4 women met in a year" in text
    assert "Why it is checked" in text
    with as_persona(world, "manager") as actor:
        lines = {each.check.key: each for each in queries.return_sheet(actor, pk).checks}
    assert [key for key, each in lines.items() if each.tells] == ["place_missing", "topic_missing"]
    whole = signed_in(world, "coordinator").get(f"/returns/{made(world, agency=None)}/").content.decode()
    assert "Ask where she stays when you next meet her" in whole
    assert 'href="/to-mend/"' not in whole, "the women are their agency's to mend"


@pages
def test_what_changed_since_it_was_counted_last_has_its_denominator(world: World) -> None:
    first = made(world)
    assert (
        "not as when this period was counted last"
        not in signed_in(world, "manager").get(f"/returns/{first}/").content.decode()
    )
    with as_persona(world, "key_worker") as actor:
        contacts.record_contact(
            actor, id=uuid4(), occurred_at=timezone.now(), record=world.records["van", 0], topics=("chat",)
        )
    text = signed_in(world, "manager").get(f"/returns/{made(world)}/").content.decode()
    assert "Changed: not as when this period was counted last" in text
    assert re.search(r"[12] of 23 \([49]%\) figures", text)
