"""From facts to lines: what is counted, out of what, and when nothing is said."""

from datetime import date
from uuid import UUID

import pytest

from alongside.insight.population.counting import agency_names, counted
from alongside.insight.population.definitions import DEFINITIONS
from alongside.insight.population.lines import Counted
from alongside.insight.population.refusals import NotCompared
from alongside.insight.population.tests.picture_world import FIRST, Facts, days, facts
from alongside.register.agencies.facts import AgencyFact
from alongside.register.people.facts import DecidedFact

YEAR = (date(2025, 1, 1), date(2025, 12, 31))
LISTS = {"Van": range(40), "House": range(0, 60, 2), "Custody": range(0, 90, 3)}
SETTINGS = {"Van": "street", "House": "accommodation", "Custody": "justice"}


@pytest.fixture(scope="module")
def found() -> Counted:
    return counted(facts(LISTS, SETTINGS), *YEAR, draws=10)


def known() -> dict[int, set[str]]:
    """Woman -> agencies that know her."""
    women: dict[int, set[str]] = {}
    for name, listed in LISTS.items():
        for woman in listed:
            women.setdefault(woman, set()).add(name)
    return women


def test_clear_evidence_gives_the_true_numbers(found):
    women = known()
    assert found.one("women").count == pytest.approx(len(women), abs=1)
    assert found.one("records").count == sum(map(len, LISTS.values()))
    for line in found.of("by_agency"):
        assert line.count == pytest.approx(len(LISTS[line.about[0]]), abs=1)
    for line in found.of("overlap"):
        assert line.count == pytest.approx(sum(each == set(line.about) for each in women.values()), abs=1)
    assert found.one("shared").count == pytest.approx(sum(len(each) > 1 for each in women.values()), abs=1)
    assert found.one("street_only").count == pytest.approx(sum(each == {"Van"} for each in women.values()), abs=1)
    assert found.one("justice_only").count == pytest.approx(sum(each == {"Custody"} for each in women.values()), abs=1)


def test_every_line_has_a_definition_and_a_denominator_that_fits(found):
    women, records = found.one("women").count, found.one("records").count
    for line in found.lines:
        definition = DEFINITIONS[line.key]
        expected = {"all records": records, "women known to the agencies": women}.get(definition.denominator)
        assert line.of == expected, line.key
        assert line.low is None or line.low <= line.count <= line.high


def test_the_same_facts_and_seed_give_the_same_picture():
    given = facts(LISTS, SETTINGS)
    assert counted(given, *YEAR, draws=3) == counted(given, *YEAR, draws=3)


def test_it_is_kept_and_read_back_unchanged(found):
    assert Counted.from_json(found.to_json()) == found


def test_both_estimates_stand_side_by_side_with_their_words(found):
    evidence, links = found.one("all_evidence"), found.one("all_links")
    assert evidence.count >= found.one("women").count
    assert evidence.low >= found.one("women").low
    assert links.count >= links.low
    assert any("No two records were joined" in words for words in evidence.words)
    assert all(line.words[-1].startswith("It assumes") for line in (evidence, links))


class TestNew:
    def test_both_ends_of_the_period_belong_to_it(self):
        first = {0: FIRST, 1: FIRST + days(1), 2: FIRST + days(2), 3: FIRST - days(1)}
        given = facts({"A": range(4), "B": range(4, 8)}, first=first | dict.fromkeys(range(4, 8)))
        assert counted(given, FIRST, FIRST + days(1), draws=5).one("new").count == 2

    def test_a_woman_seen_earlier_by_another_agency_is_not_new(self):
        given = facts({"A": range(30), "B": range(30)})
        early = [row for row in given.records if row.agency == given.agencies[0].id]
        rows = [
            type(row)(row.id, row.agency, row.setting, FIRST - days(400) if row in early else FIRST, FIRST, row.person)
            for row in given.records
        ]
        assert counted(Facts(rows, given.agencies, given.evidence), *YEAR, draws=5).one("new").count == 0

    def test_a_woman_without_a_day_is_not_counted_as_new(self):
        given = facts({"A": range(10)}, first=dict.fromkeys(range(10)))
        assert counted(given, date.min, date.max, draws=5).one("new").count == 0


class TestDecisions:
    def pair(self, given):
        """The two records of woman 0."""
        person = next(row.person for row in given.records if sum(r.person == row.person for r in given.records) == 2)
        return [row.id for row in given.records if row.person == person]

    def test_not_the_same_parts_what_evidence_joins(self):
        given = facts({"A": range(12), "B": range(11, 25)})
        a, b = self.pair(given)
        joined = counted(given, *YEAR, draws=20).one("shared").count
        parted = counted(Facts(*_three(given), [DecidedFact(a, b, False)]), *YEAR, draws=20).one("shared").count
        assert (joined, parted) == (1, 0)

    def test_the_same_joins_what_evidence_parts(self):
        given = facts({"A": range(12), "B": range(12, 24)}, sure=4)
        a = next(row.id for row in given.records if row.agency == given.agencies[0].id)
        b = next(row.id for row in given.records if row.agency == given.agencies[1].id)
        joined = counted(Facts(*_three(given), [DecidedFact(b, a, True)]), *YEAR, draws=20)
        assert joined.one("shared").count == 1
        assert joined.one("women").count == 23

    def test_one_about_a_record_taken_back_changes_nothing(self):
        given = facts({"A": range(5), "B": range(5)})
        about = [DecidedFact(UUID(int=1), given.records[0].id, False)]
        assert counted(Facts(*_three(given), about), *YEAR, draws=3) == counted(given, *YEAR, draws=3)


def _three(given):
    return given.records, given.agencies, given.evidence


class TestPlainWordsInsteadOfNonsense:
    def test_no_record(self):
        found = counted(facts({"A": [], "B": []}), *YEAR)
        assert found.one("records").count == found.one("women").count == 0
        assert found.notes == ("No agency has a record yet, so there is nothing to count.",)

    def test_one_record(self):
        found = counted(facts({"A": [1]}, linked=False), *YEAR)
        assert found.one("women").count == 1
        assert found.one("women").low is None
        assert found.one("all_evidence").count is found.one("all_links").count is None

    def test_one_agency(self):
        found = counted(facts({"A": range(30)}), *YEAR, draws=5)
        assert found.one("women").count == 30
        assert found.one("all_evidence").words == ("An estimate needs at least two lists that each hold someone.",)

    def test_agencies_that_share_nobody(self):
        found = counted(facts({"A": range(30), "B": range(30, 60)}), *YEAR, draws=5)
        assert found.one("shared").count == 0
        assert found.one("all_evidence").count is found.one("all_links").count is None

    def test_records_that_were_not_compared(self):
        with pytest.raises(NotCompared, match="not been compared yet"):
            counted(facts({"A": range(3)}, linked=False), *YEAR)

    def test_records_that_came_after_the_comparing(self):
        given, later = facts({"A": range(30)}), facts({"A": range(31)})
        with pytest.raises(NotCompared, match="Compare them again"):
            counted(Facts(later.records, later.agencies, given.evidence), *YEAR)

    def test_an_estimate_below_the_known_is_not_shown(self, monkeypatch):
        from alongside.insight.population import counting

        real = counting.estimate_without_links

        def low(evidence):
            found = real(evidence)
            return counting.replace(found, interval=counting.replace(found.interval, estimate=1.0))

        monkeypatch.setattr(counting, "estimate_without_links", low)
        line = counted(facts(LISTS), *YEAR, draws=3).one("all_evidence")
        assert line.count is None
        assert "below the number of women who are known" in line.words[0]


def test_nought_is_structural_only_where_no_agency_of_the_kind_exists(found):
    assert not found.one("justice_only").structural
    without = counted(facts({"Van": range(9), "House": range(9)}, {"Van": "street"}), *YEAR, draws=3)
    assert without.one("justice_only").structural
    assert not without.one("street_only").structural
    assert without.one("justice_only").count == without.one("street_only").count == 0


def test_two_agencies_of_one_name_are_told_apart():
    agencies = [AgencyFact(UUID(int=n), "Drop-in", "dropin", "generic") for n in (1, 2)]
    assert list(agency_names(Facts([], agencies, None)).values()) == ["Drop-in", "Drop-in (2)"]
