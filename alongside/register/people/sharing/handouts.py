"""Numbered prints and exports, so that they can be called back when she changes her mind."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.permissions import NotFound, Subject
from alongside.register.people.acting import at_work
from alongside.register.people.codes import FieldGroup, HandoutKind, copy_number
from alongside.register.people.first_line import in_force, to_us
from alongside.register.people.models import Grant, Handout, RecallDone, Record


def hand_out(actor: Actor, record_id: UUID, kind: HandoutKind, groups: Collection[FieldGroup] = ()) -> str:
    """Number one print or export about a woman whom the actor may see; the number goes on the paper or into the file.

    Raises NotFound for a record that is neither her agency's nor shared with it.
    """
    subject = Subject("Record", record_id, actor.partnership, actor.agency)
    number: str = _hand_out(actor, records=[record_id], kind=kind, groups=groups, subject=subject)
    return number


def hand_out_all(
    actor: Actor, records: Collection[UUID], kind: HandoutKind, groups: Collection[FieldGroup] = ()
) -> str:
    """The same for a list on which several women stand: one number, kept with each of them. No number for nobody."""
    chosen = sorted(set(records))
    subject = Subject("Agency", None, actor.partnership, actor.agency)
    return _hand_out(actor, records=chosen, kind=kind, groups=groups, subject=subject) if chosen else ""


@action("people.hand_out")
def _hand_out(actor: Actor, *, records: Sequence[UUID], kind: HandoutKind, groups: Collection[FieldGroup]) -> str:
    own = Record.objects.visible_to(actor).filter(pk__in=records, removed_at=None).order_by("pk")
    given = Grant.objects.visible_to(actor).filter(to_us(actor), in_force(), record__in=records).order_by("pk")
    if set(records) - {*own.values_list("pk", flat=True), *given.values_list("record_id", flat=True)}:
        raise NotFound("Record")
    partnership, agency, by = at_work(actor)
    number = copy_number()
    home = {"partnership_id": partnership, "agency_id": agency, "made_by": by}
    facts = {"number": number, "kind": kind, "groups": [group.value for group in FieldGroup if group in groups]}
    Handout.objects.bulk_create([Handout(record_id=record, **home, **facts) for record in records])
    return number


@action("people.hand_out", Handout)
def destroyed(actor: Actor, *, handout: Handout) -> None:
    """The paper was shredded, or the file deleted."""
    held = Handout.objects.visible_to(actor).filter(pk=handout.pk, destroyed_at=None)
    held.update(destroyed_at=timezone.now(), destroyed_by=actor.user)


@action("people.stop_using", Grant)
def stopped_using(actor: Actor, *, grant: Grant) -> None:
    """The receiver of a grant that has ended says that it stopped using what it got, and called back its copies."""
    # To a forum: it is seen after its end only by an agency that sat there and holds a copy (`to_call_back`).
    is_ours = (grant.to_agency_id == actor.agency or grant.to_forum_id) and grant.agency_id != actor.agency
    if not is_ours or (grant.withdrawn_at is None and grant.until_at > timezone.now()):
        raise NotFound("Grant")
    partnership, agency, by = at_work(actor)
    RecallDone.objects.bulk_create(
        [RecallDone(partnership_id=partnership, agency_id=agency, grant=grant, done_by=by)],
        ignore_conflicts=True,
    )
