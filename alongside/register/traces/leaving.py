"""An agency that left: what it held emptied, its key destroyed. The steps around it: `office/departing.py`."""

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound, Subject
from alongside.register.agencies.departing import has_left
from alongside.register.traces import reaching
from alongside.register.traces.jobs import ask_for_forgetting

__all__ = ["empty_what_it_held"]


def empty_what_it_held(actor: Actor, *, with_key: bool = True) -> int:
    """Empty everything sealed of the job's own agency, which has left; when this commits, its key is destroyed.

    As the job `people.acting.sharing_job` of that agency. How many records it had. `with_key`: False where the key is
    known to be gone. Raises NotFound for an agency that has not left.
    """
    subject = Subject("Agency", actor.agency, actor.partnership, actor.agency)
    emptied: int = _empty(actor, with_key=with_key, subject=subject)
    return emptied


@action("traces.empty_agency")
def _empty(actor: Actor, *, with_key: bool) -> int:
    if actor.agency is None or not has_left(actor.agency):
        raise NotFound("Agency")
    records = reaching.empty_what_left()
    if with_key:
        ask_for_forgetting(actor.agency)
    return records
