"""The last two quarters were counted: each agency's return and the partnership's, all from one snapshot."""

from collections.abc import Callable
from uuid import UUID

from django.utils import timezone

from alongside.insight.monitoring.actions import Wanted, make_returns
from alongside.insight.monitoring.figures import quarter, quarter_before
from alongside.register.agencies.codes import AgencyKind
from alongside.register.agencies.facts import agencies
from alongside.register.people.facts import counting_job

COUNTED = (AgencyKind.SPECIALIST, AgencyKind.GENERIC)


def tell(partnership: UUID, say: Callable[[str], None]) -> None:
    say("Counting the quarter’s returns …")
    today = timezone.localdate()
    periods = (quarter_before(quarter_before(today).since), quarter_before(today), quarter(today))
    whose = [each.id for each in agencies(partnership) if each.kind in COUNTED and each.setting != "none"]
    wanted = [Wanted("quarterly", agency, period) for period in periods for agency in (*whose, None)]
    wanted += [Wanted("five_outcomes", None, period) for period in periods]
    wanted += [Wanted(framework, None, periods[1]) for framework in ("needs", "scheme", "court", "exit")]
    make_returns(counting_job(partnership), wanted)
