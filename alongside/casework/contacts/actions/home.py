"""Where a new row belongs."""

from typing import Any

from alongside.foundation.gate.actor import Actor


def home(actor: Actor) -> dict[str, Any]:
    """The partnership and agency for which the actor acts."""
    return {"partnership_id": actor.partnership, "agency_id": actor.agency}
