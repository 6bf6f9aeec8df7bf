"""Erasing a woman's record: keys destroyed, indexes and links gone, a nameless stub left for the counts. Seals kept."""

from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound, Subject
from alongside.foundation.trail import queries as trail
from alongside.register.traces import reaching
from alongside.register.traces.jobs import ask_for_destroying
from alongside.register.traces.mentions import erase_mentions

__all__ = ["NothingSealed", "erase_record", "keep_head"]


class NothingSealed(Exception):
    """There is no seal yet that could be kept."""

    words = "The trail has no seal yet. The first is made within a minute."


def erase_record(actor: Actor, record: UUID) -> int:
    """Erase a record of the actor's own agency for good. There is no way back; ask twice before calling it.

    In the actor's transaction: everything sealed about her is emptied in every room, her names, blind indexes and links
    are deleted, texts that hang on no record but speak of her by name are emptied, the files of the agency's lists that
    went in are forgotten, and one trail row is left. The record stays
    as a removed stub with days and codes. When that commits, a job has the key process destroy every data key that held
    anything of hers, so that no copy of the database opens either; the ledger of the key process remembers their ids.

    `actor`: the data protection lead of the agency that holds it (permission `traces.erase`). Legal hold, review and
    who agreed are the caller's to check before. Returns how many data keys will be destroyed. Raises Denied, and
    NotFound for a record that is absent or another agency's. Erasing a stub again finds nothing more to do: 0.
    """
    erased: int = _erase(actor, subject=Subject("Record", record, actor.partnership, actor.agency), record=record)
    return erased


@action("traces.erase")
def _erase(actor: Actor, *, record: UUID) -> int:
    if actor.agency is None or not reaching.is_held(record):
        raise NotFound("Record")
    mentions = erase_mentions(actor.agency, record)
    keys = reaching.erase(record)
    if mentions:
        keys.setdefault(actor.agency, []).extend(mentions)
    for holder, ids in keys.items():
        ask_for_destroying(holder, record, ids)
    return len({id for ids in keys.values() for id in ids})


@action("traces.keep_head")
def keep_head(actor: Actor) -> None:
    """Keep the newest seal for the actor's agency: from now on the trail behind it can't be changed unseen."""
    newest = trail.last_seal()
    if newest is None:
        raise NothingSealed
    trail.keep_head(actor, newest, timezone.now())
