"""The named jobs of linking, and taking turns."""

from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.register.agencies.models import Partnership


def linkage_job(partnership: UUID) -> Actor:
    """Compares the records of one partnership: the one job that reads names of several agencies."""
    return Actor(partnership=partnership, job="linkage", reach="linker", purpose="counting")


def settlement_job(partnership: UUID) -> Actor:
    """Draws what follows from decisions and acceptances; sees no name."""
    return Actor(partnership=partnership, job="settlement", reach="coordinator", purpose="counting")


def counting_job(partnership: UUID) -> Actor:
    """Reads groups and pairs for counting; sees no name."""
    return Actor(partnership=partnership, job="counting", reach="coordinator", purpose="counting")


def checking_job(partnership: UUID, agency: UUID) -> Actor:
    """Looks for an agency's own names in what it wrote itself, before that goes out (`facts.names_in`)."""
    return Actor(partnership=partnership, agency=agency, job="checking", reach="agency", purpose="names in a release")


def sharing_job(partnership: UUID, agency: UUID) -> Actor:
    """Opens a record of `agency` by law, once a room above has decided that it may be (`actions.open_by_law`)."""
    return Actor(partnership=partnership, agency=agency, job="sharing", reach="agency", purpose="sharing by law")


def at_work(actor: Actor) -> tuple[UUID, UUID, UUID]:
    """Partnership, agency and worker of an actor who is a worker acting for an agency."""
    assert actor.partnership is not None
    assert actor.agency is not None
    assert actor.user is not None
    return actor.partnership, actor.agency, actor.user


def take_turn(partnership: UUID) -> None:
    """Until the transaction ends, nobody else regroups this partnership. Other writing goes on beside it."""
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership)
