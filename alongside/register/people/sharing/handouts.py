"""Numbered prints and exports, so that they can be called back when she changes her mind."""

from collections.abc import Collection
from uuid import UUID, uuid4

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound, Subject
from alongside.register.people.acting import at_work
from alongside.register.people.codes import CODE_LETTERS, FieldGroup, HandoutKind
from alongside.register.people.models import Grant, Handout, RecallDone, Record
from alongside.register.people.policy import in_force, to_us


def hand_out(actor: Actor, record_id: UUID, kind: HandoutKind, groups: Collection[FieldGroup] = ()) -> str:
    """Number one print or export about a woman whom the actor may see; the number goes on the paper or into the file.

    Raises NotFound for a record that is neither her agency's nor shared with it.
    """
    subject = Subject("Record", record_id, actor.partnership, actor.agency)
    number: str = _hand_out(actor, record=record_id, kind=kind, groups=groups, subject=subject)
    return number


@action("people.hand_out")
def _hand_out(actor: Actor, *, record: UUID, kind: HandoutKind, groups: Collection[FieldGroup]) -> str:
    own = Record.objects.visible_to(actor).filter(pk=record, removed_at=None)
    if not (own.exists() or Grant.objects.visible_to(actor).filter(to_us(actor), in_force(), record=record).exists()):
        raise NotFound("Record")
    partnership, agency, by = at_work(actor)
    row = uuid4()
    number = "".join(CODE_LETTERS[row.int >> shift & 31] for shift in range(0, 40, 5))
    Handout.objects.bulk_create(
        [
            Handout(
                id=row,
                partnership_id=partnership,
                agency_id=agency,
                record_id=record,
                number=f"{number[:4]}-{number[4:]}",
                kind=kind,
                groups=[group.value for group in FieldGroup if group in groups],
                made_by=by,
            )
        ]
    )
    return f"{number[:4]}-{number[4:]}"


@action("people.hand_out", Handout)
def destroyed(actor: Actor, *, handout: Handout) -> None:
    """The paper was shredded, or the file deleted."""
    held = Handout.objects.visible_to(actor).filter(pk=handout.pk, destroyed_at=None)
    held.update(destroyed_at=timezone.now(), destroyed_by=actor.user)


@action("people.stop_using", Grant)
def stopped_using(actor: Actor, *, grant: Grant) -> None:
    """The receiver of a grant that has ended says that it stopped using what it got, and called back its copies."""
    is_ours = grant.to_agency_id == actor.agency and grant.agency_id != actor.agency
    if not is_ours or (grant.withdrawn_at is None and grant.until_at > timezone.now()):
        raise NotFound("Grant")
    partnership, agency, by = at_work(actor)
    RecallDone.objects.bulk_create(
        [RecallDone(partnership_id=partnership, agency_id=agency, grant=grant, done_by=by)],
        ignore_conflicts=True,
    )
