"""Making a key, told this once, and ending one."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.tokens import Token
from alongside.register.programs.codes import Lasts, Reads
from alongside.register.programs.models import ProgramKey


@action("programs.keep")
def make_key(actor: Actor, *, name: str, reads: Sequence[Reads], lasts: Lasts) -> Token:
    """A key of the actor's agency for one program. The secret is told this once."""
    assert actor.agency is not None
    token = Token.fresh(actor.agency, uuid4())
    ProgramKey.objects.create(
        id=token.id,
        partnership_id=actor.partnership,
        agency_id=actor.agency,
        name=name,
        reads=sorted({each.value for each in reads}),
        digest=token.digest(),
        until=timezone.localdate() + timedelta(days=int(lasts)),
        made_by=actor.user,
    )
    return token


@action("programs.end", ProgramKey)
def end_key(actor: Actor, *, programkey: ProgramKey) -> None:
    """Nothing is given for it from now on. A second time changes nothing."""
    if programkey.ended_at is None:
        programkey.ended_at, programkey.ended_by = timezone.now(), actor.user
        programkey.save(update_fields=["ended_at", "ended_by"])


@action("programs.end_all")
def end_all_keys(actor: Actor, *, by: UUID) -> int:
    """Every key of the job's own agency ends: it leaves. How many. Call with the agency as `subject`."""
    held = ProgramKey.objects.visible_to(actor).filter(agency_id=actor.agency, ended_at=None)
    ended: int = held.update(ended_at=timezone.now(), ended_by=by)
    return ended
