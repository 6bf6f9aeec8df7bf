"""What other places would do: asked by the co-ordinator, answered from the partnership's own events, given by her."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from alongside.casework.accommodation.codes import Step
from alongside.casework.accommodation.facts import happened
from alongside.casework.accommodation.fitting import RUNS, SEED, Change, NotEnough, compared, fitted, opened
from alongside.casework.accommodation.models import WhatIf
from alongside.casework.accommodation.rules import Refusal
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action

LEARNS_FROM = timedelta(days=730)


class TooLittleToLearn(Refusal):
    words = "Too few stays have ended in these two years to learn from. Ask again when more have."


class NoSuchStep(Refusal):
    words = "There is no house of this step in the partnership yet, so there is nothing to learn from."


@action("accommodation.ask_what_if")
def ask_what_if(actor: Actor, *, more: dict[Step, int], quicker: int = 0, runs: int = RUNS) -> UUID:
    """Simulate a year as it is and with the change, and keep both. Raises TooLittleToLearn, NoSuchStep."""
    until = timezone.localdate()
    since = until - LEARNS_FROM
    try:
        fits = fitted(happened(actor), since, until)
    except NotEnough:
        raise TooLittleToLearn from None
    wanted = {str(step): number for step, number in more.items() if number}
    try:
        opens = {step: opened(fits, step) for step in wanted if step not in fits}
    except ValueError:
        raise NoSuchStep from None
    found = compared(fits, Change(wanted, quicker), runs)
    kept = WhatIf(
        partnership_id=actor.partnership,  # type: ignore[misc]  # an action without a partnership is refused before
        asked={"more": wanted, "quicker": quicker},
        answer={
            "now": found.now,
            "then": found.then,
            "difference": found.difference,
            "since": since.isoformat(),
            "until": until.isoformat(),
            "ended": sum(fit.ended for fit in fits.values()),
            "places": {step: fit.places for step, fit in fits.items()},
            "opens": sorted(opens),
            "runs": runs,
            "seed": SEED,
        },
        made_by=actor.user,
    )
    kept.save()
    return kept.pk


@action("accommodation.give_what_if", WhatIf)
def give_what_if(actor: Actor, *, whatif: WhatIf) -> None:
    """Let commissioners and managers read it; a second time changes nothing."""
    if whatif.given_at is None:
        whatif.given_at, whatif.given_by = timezone.now(), actor.user
        whatif.save(update_fields=["given_at", "given_by"])
