"""Who is ready to move and cannot, house by house: how many, how long, why. No name."""

from dataclasses import dataclass

from django.utils import timezone

from alongside.casework.accommodation.codes import BlockedBy
from alongside.casework.accommodation.models import Blocked
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check


@dataclass(frozen=True, slots=True)
class StuckRow:
    """One house. `longest`: whole days that the one who waits longest has been ready; `why`: the commonest reason."""

    house: str
    women: int
    longest: int
    why: str


def stuck(actor: Actor) -> list[StuckRow]:
    """The own agency's houses, for the co-ordinator all; the one with the longest wait first."""
    check(actor, "accommodation.see_figures")
    now, told = timezone.now(), dict[str, list[tuple[int, str]]]()
    rows = Blocked.objects.visible_to(actor).filter(begins__lte=now, ends=None).order_by("begins", "id")
    if actor.reach != "coordinator":
        rows = rows.filter(agency_id=actor.agency)
    for house, begins, reason in rows.values_list("unit__name", "begins", "reason"):
        told.setdefault(house, []).append(((now - begins).days, BlockedBy(reason).words))
    found = []
    for house, each in told.items():
        reasons = [words for _, words in each]
        found.append(StuckRow(house, len(each), each[0][0], max(dict.fromkeys(reasons), key=reasons.count)))
    return sorted(found, key=lambda row: -row.longest)
