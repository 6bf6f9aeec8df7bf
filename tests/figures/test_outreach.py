"""F7: two outreach teams in one year met 212 women and 142 women, 37 of those new; in all 200 to 250 are believed.

Denominator: women with a record, met or seen by the team between the day a year before yesterday and yesterday. New:
no contact with the team before that year. From recorded contacts, by the facts that counting reads.
"""

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from alongside.casework.contacts import facts
from alongside.config.demo.chapters import two_teams
from alongside.foundation.gate.level import acting_as
from alongside.register.agencies.models import Agency, Partnership
from alongside.register.people.facts import counting_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> dict[str, list[facts.ContactFact]]:
    two_teams.tell(UUID(int=0), lambda words: None)
    home = Partnership.objects.get(slug=two_teams.SLUG)
    teams = dict(Agency.objects.filter(partnership=home).values_list("id", "slug"))
    job = counting_job(home.id)
    by_team: dict[str, list[facts.ContactFact]] = defaultdict(list)
    with acting_as(job):
        for each in facts.contacts(job, date(2000, 1, 1), timezone.localdate()):
            by_team[teams[each.agency]].append(each)
    return by_team


def women(rows: list[facts.ContactFact], since: date, until: date) -> set[UUID]:
    return {row.record for row in rows if row.record and row.outcome != "not_seen" and since <= row.on <= until}


def test_f7_comes_out_of_recorded_contacts(told: dict[str, list[facts.ContactFact]]) -> None:
    until = timezone.localdate() - timedelta(days=1)
    since = until - timedelta(days=363)
    night, dawn = told["hillside-night"], told["hillside-dawn"]
    assert len(women(night, since, until)) == 212
    assert len(women(dawn, since, until)) == 142
    before = women(dawn, date(2000, 1, 1), since - timedelta(days=1))
    assert len(women(dawn, since, until) - before) == 37


def test_f7_the_two_lists_together_tell_200_to_250() -> None:
    """Chapman's estimator from the true overlap, which linkage has to find: the story is made so that it is there."""
    first, second, both = two_teams.FIRST, two_teams.SECOND, two_teams.BOTH
    assert 200 <= (first + 1) * (second + 1) / (both + 1) - 1 <= 250
