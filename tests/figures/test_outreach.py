"""F7: two outreach teams in one year met 212 women and 142 women, 37 of those new; in all 200 to 250 are believed.

From recorded contacts, by the product's own return and picture, in the demo's other town. The year: the 364 days until
yesterday. Nobody in the story knows that there are 230 women, 131 of them met by both teams.
"""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import transaction

from alongside.casework.contacts import facts
from alongside.config.demo.chapters import two_teams
from alongside.foundation.gate.level import acting_as
from alongside.insight.monitoring import queries as returns
from alongside.insight.monitoring.queries import Line
from alongside.insight.population import lines as picture_lines
from alongside.insight.population import queries as pictures
from alongside.register.agencies import queries as agencies
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Agency, Partnership
from alongside.register.people.facts import counting_job


@dataclass
class Told:
    """By team: the lines of its return, and the women of its contacts; and the lines of the town's picture."""

    returns: dict[str, dict[str, Line]]
    women: dict[str, set[UUID]]
    picture: dict[str, picture_lines.Line]


@pytest.fixture(scope="module")
def told(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Told:
    """Built once, read as workers read it, and undone."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:  # type: ignore[attr-defined]
        patch.setattr(settings, "SNAPSHOTS", str(Path(tmp_path_factory.mktemp("snapshots"))))
        try:
            two_teams.tell(UUID(int=0), lambda words: None)
            return _read(Partnership.objects.get(slug=two_teams.SLUG).id)
        finally:
            transaction.set_rollback(True)


def _read(home: UUID) -> Told:
    found, year = Told({}, {}, {}), two_teams.last_year()
    teams = dict(Agency.objects.filter(partnership=home).values_list("id", "slug"))
    for held in agencies.memberships_in_force(home):
        actor = agencies.actor_of_membership(held.id)
        assert actor is not None
        with acting_as(actor):
            if held.role == Role.COORDINATOR:
                sheet = pictures.picture(actor)
                assert sheet is not None
                found.picture = {line.key: line for line in sheet.counted.lines}
            else:
                (row,) = [
                    each for each in returns.returns(actor) if each.whose.startswith("Hillside") and each.period == year
                ]
                whole = returns.return_sheet(actor, row.id)
                found.returns[teams[held.agency]] = {line.definition.key: line for _, line in whole.lines()}
    job = counting_job(home)
    with acting_as(job):
        for each in facts.contacts(job, year.since, year.until):
            if each.record and each.outcome != "not_seen":
                found.women.setdefault(teams[each.agency], set()).add(each.record)
    return found


def count(told: Told, team: str, key: str) -> tuple[int, int | None]:
    figure = told.returns[team][key].figure
    return figure.count, figure.of


def test_what_each_team_recorded(told: Told) -> None:
    """Women with a record, met or seen by the team in the year: from its contacts, before anything is counted."""
    assert {team: len(women) for team, women in told.women.items()} == {"hillside-night": 212, "hillside-dawn": 142}


def test_f7_in_the_return_of_each_team(told: Told) -> None:
    """“Women met”: with whom a worker talked in the year, out of the women known. “New”: no record before the year."""
    assert count(told, "hillside-dawn", "met") == (142, 142)
    assert count(told, "hillside-dawn", "new") == (37, 142)
    assert count(told, "hillside-night", "met") == (212, 212)


def test_f7_the_picture_tells_200_to_250_in_all(told: Told) -> None:
    """“All women, met or not”, at the end of the year: estimated from the overlap of both lists, with its interval."""
    found = told.picture["all_links"]
    assert found.count is not None
    assert found.low is not None
    assert found.high is not None
    assert 200 <= found.count <= 250
    assert found.low <= two_teams.ALL <= found.high
    known = told.picture["women"]
    assert 200 <= known.count <= two_teams.ALL  # nobody counts a woman twice because two teams met her
    assert told.picture["records"].count == 212 + 142
