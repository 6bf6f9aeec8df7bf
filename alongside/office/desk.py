"""What waits for a worker on her first page: work, by number and service, never a name."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from alongside.casework.accommodation import queries as accommodation
from alongside.casework.contacts import queries as contacts
from alongside.casework.referrals import queries
from alongside.casework.referrals.queries import ReferralRow
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.permissions import decide
from alongside.foundation.kit.show import day, plural
from alongside.insight.commissioning import due as commissioning
from alongside.insight.monitoring.figures import quarter
from alongside.register.agencies.staff import asked_of

SHOWN = 5
DAYS_AHEAD = 14


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do or to know: where it is done, and what it is."""

    words: str
    about: str
    href: str


def due(actor: Actor) -> list[Waiting]:
    """What went out, what was agreed, what is due to commissioners; and, each day, what a return will miss."""
    found = [Waiting(each.words, each.about, reverse(each.route, args=each.args)) for each in commissioning.due(actor)]
    if decide(actor, "contacts.see").allowed and not decide(actor, "commissioning.answer").allowed:
        _, missing = contacts.gaps(actor, quarter(timezone.localdate()).since, 0)
        if missing:
            words = plural(missing, "woman", "women")
            found.append(
                Waiting(f"{words}: a tap each to mend", "What the quarter’s return will need", reverse("to-mend"))
            )
    if decide(actor, "agencies.check_staff").allowed and any(each.is_due for each in asked_of(actor)):
        found.append(
            Waiting(
                "Say who still works here", "Once a quarter, so that nobody who left keeps an account", reverse("staff")
            )
        )
    return found


def stuck(actor: Actor) -> list[Waiting]:
    """For who answers for a service: women who are ready and can't move, shifts that would break a standard."""
    if not decide(actor, "commissioning.answer").allowed:
        return []
    found = []
    for row in accommodation.stuck(actor)[:SHOWN]:
        words = f"{row.house}: {plural(row.women, 'woman', 'women')} ready to move, and nowhere to go"
        about = f"The longest {plural(row.longest, 'day', 'days')}. Most often: {row.why[0].lower()}{row.why[1:]}"
        found.append(Waiting(words, about, reverse("accommodation:figures")))
    if decide(actor, "contacts.see").allowed and (shifts := contacts.shifts_to_mend(actor, DAYS_AHEAD)):
        first = timezone.localtime(shifts[0].starts).date()
        said = plural(len(shifts), "shift would break a standard", "shifts would break a standard")
        reasons = " ".join(each.broken for each in shifts[0].broken)
        found.append(Waiting(said, f"First on {day(first)}: {reasons}", reverse("contacts:rota")))
    return found


def waiting(actor: Actor) -> list[Waiting]:
    """Referrals to answer, longest waiting first; then what came of those that her agency sent."""
    if not decide(actor, "referrals.open").allowed:
        return []
    to_answer = [each.row for each in queries.inbox(actor).to_answer]
    told = queries.outcomes(actor)
    found = [_asks(row) for row in to_answer[:SHOWN]] + [_tells(row) for row in told[:SHOWN]]
    more = len(to_answer[SHOWN:]) + len(told[SHOWN:])
    if more:
        found.append(Waiting(f"{more} more", "Referrals to answer, or answers that came", reverse("referrals:index")))
    return found


def _asks(row: ReferralRow) -> Waiting:
    late = ", overdue" if row.is_overdue else ""
    words = f"Answer {row.number}: {row.service_name}"
    return Waiting(words, f"From {row.agency_name}, {plural(row.waiting or 0, 'day', 'days')}{late}", _at(row))


def _tells(row: ReferralRow) -> Waiting:
    reason = f": {row.reason}" if row.reason else ""
    return Waiting(
        f"{row.number}: {row.state.words.lower()}", f"{row.service_name}, {row.service_agency}{reason}", _at(row)
    )


def _at(row: ReferralRow) -> str:
    return reverse("referrals:referral", args=[row.id])
