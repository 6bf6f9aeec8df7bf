"""F1, F2, F4 to F6, F8 to F10 and F14 come out of recorded events through the product's own returns.

Each test states date, denominator and definition; the numbers are those of the published reports.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from alongside.casework.needs.actions import Entry, take_in_answers
from alongside.casework.needs.codes import Answer, Subject
from alongside.config.demo.chapters import needs
from alongside.config.demo.chapters.beds import two_years_of_beds
from alongside.config.demo.chapters.needs import Town, key_worker_at, outcomes_of_the_scheme, town
from alongside.config.demo.personas import agency_of, persona, set_up_partnership
from alongside.config.demo.two_years import FIRST_MONTHS, LENGTH
from alongside.foundation.gate.level import acting_as
from alongside.insight.monitoring.definitions import catalogue
from tests.figures.counting import counted, undone

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def millside(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    with undone(django_db_blocker, tmp_path_factory.mktemp("millside")):
        yield town()


# --- F4 to F6: needs at a date -------------------------------------------------------------------------------


def test_f4_age_of_the_women_of_a_year(millside: Town) -> None:
    """The year that ended yesterday. Of: the 181 women met in it. Age band as the agency last wrote it down."""
    found = counted(millside.partnership, "needs", millside.since, millside.until, millside.agency)
    bands = ("age_under_20", "age_20s", "age_30s", "age_40s", "age_50_on")
    assert found.of(*bands) == {181}
    assert found.percent(*bands) == (3, 35, 40, 18, 4)


def test_f4_drugs_alcohol_and_blood_borne_viruses(millside: Town) -> None:
    """The same year and women, by the latest answer by its end; what is not known stands apart and adds up."""
    found = counted(millside.partnership, "needs", millside.since, millside.until, millside.agency)
    drugs = ("uses_crack", "uses_heroin", "drinks_daily", "injects", "on_script")
    viruses = ("has_hiv", "has_hep_c", "has_hep_b", "has_hiv_and_hep_c")
    assert found.of(*drugs, *viruses) == {181}
    assert found.percent(*drugs) == (86, 40, 37, 28, 15)
    assert found.percent(*viruses) == (5, 11, 2, 3)
    assert found.count("uses_crack_not_known", "uses_heroin_not_known", "has_hep_b_not_known") == (11, 21, 107)
    assert found.count("uses_crack")[0] + 14 + found.count("uses_crack_not_known")[0] == 181


def test_f5_support_level(millside: Town) -> None:
    """The same year and women. The report printed 31 % and 14 %; 55 of 181 is 30 %."""
    found = counted(millside.partnership, "needs", millside.since, millside.until, millside.agency)
    levels = ("support_high", "support_medium", "support_low")
    assert found.of(*levels) == {181}
    assert found.count(*levels) == (55, 26, 100)
    assert found.percent(*levels) == (30, 14, 55)


def test_f6_where_women_stay(millside: Town) -> None:
    """The last answer of the same year. Of: women met in it whose answer is known; nine chose not to say."""
    found = counted(millside.partnership, "needs", millside.since, millside.until, millside.agency)
    places = ("own_place", "no_fixed_abode", "specialist_place", "friends_family", "other_hostel")
    assert found.count("place_known") == (160,)
    assert found.of(*places) == {160}
    assert found.percent(*places) == (25, 25, 20, 14, 5)
    assert sum(found.count(*places, "elsewhere_place")) == 160


def test_a_figure_moves_when_an_answer_is_left_out(millside: Town) -> None:
    """They are counted: a year earlier, when nobody had answered, none of them is there."""
    before = millside.since - DAY
    found = counted(millside.partnership, "needs", before - 364 * DAY, before, millside.agency)
    assert found.count("met", "support_high", "uses_crack") == (0, 0, 0)


# --- F8 and F9: police and court -----------------------------------------------------------------------------


def test_f8_arrests_and_how_often_the_same_women(millside: Town) -> None:
    """Arrests of the year that ended yesterday, one a day. Of: women arrested at least once in it."""
    found = counted(millside.partnership, "court", millside.since, millside.until, millside.agency)
    assert found.count("arrests", "arrested") == (401, 101)
    often = ("arrested_once", "arrested_twice", "arrested_10_on", "seen_by_court_scheme")
    assert found.of(*often) == {101}
    assert found.percent(*often[:3]) == (46, 25, 10)
    assert found.count("seen_by_court_scheme") == (71,)


def test_f9_one_court_day(millside: Town) -> None:
    """One day. Of: women summonsed to a hearing on it."""
    day = millside.until - 10 * DAY
    found = counted(millside.partnership, "court", day, day, millside.agency)
    assert (found.count("came_to_hearing"), found.of("came_to_hearing")) == ((3,), {13})


# --- F10: exit -----------------------------------------------------------------------------------------------


def test_f10_exit_strictly_by_the_year_in_which_it_was_reached(millside: Town) -> None:
    """Women who on a year's last day were known to be drug free and sex work free for six months, and not the year
    before. Two in the year that ended yesterday, three in the one before; of those nothing is known since, and unknown
    is not exit."""
    year = 365 * DAY
    this = counted(millside.partnership, "exit", millside.since, millside.until)
    before = counted(millside.partnership, "exit", millside.since - year, millside.until - year)
    assert (this.count("exit_strict_new"), before.count("exit_strict_new")) == ((2,), (3,))
    assert this.count("exit_strict") == (2,)


def test_a_woman_of_whom_anything_else_is_known_has_not_reached_it(millside: Town) -> None:
    """One day of use within the six months, and she is not counted; the looser rule looks at sex work alone."""
    women = _exited(millside, 1, Subject.DRUGS, Subject.SEX_WORK)
    before = counted(millside.partnership, "exit", millside.since, millside.until)
    with acting_as(millside.worker):
        used = [Entry(women[0], Subject.DRUGS, Answer.YES, millside.until - 40 * DAY)]
        take_in_answers(millside.worker, entries=used)
    after = counted(millside.partnership, "exit", millside.since, millside.until)
    keys = ("exit_strict", "exit_six", "exit_loose")
    assert [a - b for a, b in zip(before.count(*keys), after.count(*keys), strict=True)] == [1, 0, 0]


def _exited(place: Town, number: int, *subjects: Subject, days: tuple[int, ...] = (210, 15)) -> list[UUID]:
    """So many more women of a town, free of these on these days before its last."""
    women = list(needs.women_of(place, number))
    with acting_as(place.worker):
        rows = [
            Entry(woman, subject, Answer.NO, place.until - back * DAY)
            for woman in women
            for subject in subjects
            for back in days
        ]
        take_in_answers(place.worker, entries=rows)
    return women


# --- F14: areas, each by its own definition --------------------------------------------------------------------

# area -> its own definition, the answers that its women gave (days before the period's end), and how many reached it
AREAS: dict[str, tuple[str, tuple[Subject, ...], tuple[int, ...], int]] = {
    "east": ("exit_strict_new", (Subject.DRUGS, Subject.SEX_WORK), (210, 15), 6),
    "north": ("exit_six_new", (Subject.SEX_WORK,), (210, 15), 8),
    "south": ("exit_strict_new", (Subject.DRUGS, Subject.SEX_WORK), (400, 30), 5),
    "west": ("exit_loose_new", (Subject.SEX_WORK,), (40,), 21),
}


@pytest.mark.django_db
def test_f14_exit_over_two_years_by_area_and_its_own_definition(tmp_path, settings) -> None:  # type: ignore[no-untyped-def]
    """The two years until yesterday. Of: women known to each area. Each figure goes with the sentence of its rule, and
    by the strict rule the area that reported 21 has none."""
    settings.SNAPSHOTS, settings.DEFINITIONS = tmp_path / "snapshots", tmp_path / "definitions"
    found, said = {}, {}
    for slug, (rule, subjects, days, number) in AREAS.items():
        place = needs.set_up_town(f"area-{slug}", f"{slug.title()} Area", slug[:2].upper())
        _exited(place, number, *subjects, days=days)
        figures = counted(place.partnership, "exit", place.until - 729 * DAY, place.until)
        found[slug] = figures.count(rule, "exit_strict_new")
        said[slug] = catalogue().definitions[rule].sentence
    assert {slug: count for slug, (count, _) in found.items()} == {"east": 6, "north": 8, "south": 5, "west": 21}
    assert found["west"][1] == found["north"][1] == 0
    assert len(set(said.values())) == 3
    assert "drug free and sex work free for six months" in said["east"]
    assert "no involvement known in three months" in said["west"]


@pytest.mark.django_db
def test_f14_exit_over_one_year(tmp_path, settings) -> None:  # type: ignore[no-untyped-def]
    """The year until yesterday, strictly. Of: women known to the area."""
    settings.SNAPSHOTS, settings.DEFINITIONS = tmp_path / "snapshots", tmp_path / "definitions"
    place = needs.set_up_town("area-fifth", "Fifth Area", "FI")
    _exited(place, 3, Subject.DRUGS, Subject.SEX_WORK)
    figures = counted(place.partnership, "exit", place.since, place.until)
    assert (figures.count("exit_strict_new"), figures.of("exit_strict_new")) == ((3,), {3})


# --- F1 and F2: a referral scheme ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scheme(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[UUID]:
    with undone(django_db_blocker, tmp_path_factory.mktemp("scheme")):
        partnership = set_up_partnership()
        manager, worker = persona(partnership, "lantern", "manager"), persona(partnership, "lantern", "hostel_worker")
        two_years_of_beds(manager, worker)
        outcomes_of_the_scheme(key_worker_at(agency_of("lantern").id, "Kezia Boateng", "kezia@riverside.example"))
        yield partnership


def test_f1_where_the_women_of_the_scheme_stand(scheme: UUID) -> None:
    """At the end of its sixth month. Of: women who were ever on the house's list by then, each in one line."""
    opened = timezone.localdate() - LENGTH * DAY
    found = counted(scheme, "scheme", opened, opened + FIRST_MONTHS * DAY, agency_of("lantern").id)
    lines = ("listed_waiting", "entered", "left_for_elsewhere", "died")
    assert found.count("listed", "listed_referred", "listed_met") == (54, 44, 10)
    assert found.count(*lines) == (8, 28, 16, 2)
    assert sum(found.count(*lines)) == 54


def test_f2_three_months_after_she_first_came(scheme: UUID) -> None:
    """By the day on which 91 days had passed for all 28. Of: women of whom they had passed. The other lines: outcomes
    recorded by then, of women known; a woman may stand in several."""
    opened = timezone.localdate() - LENGTH * DAY
    found = counted(scheme, "scheme", opened, opened + (FIRST_MONTHS + 92) * DAY, agency_of("lantern").id)
    lines = ("after_in_house", "after_second_stage", "after_own_second_stage", "after_treatment")
    assert found.of(*lines, "after_hospital") == {28}
    assert found.count(*lines) == (5, 19, 13, 3)
    assert found.count("after_hospital") == (5,)
    assert found.count("into_detox", "detox_then_rehab", "into_stabilisation") == (2, 1, 1)
    assert found.count("works_with_drug_agency", "helped_with_court") == (2, 3)
    assert found.count("ready_to_volunteer", "family_again") == (1, 7)
