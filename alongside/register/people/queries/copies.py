"""Whether what stands in a numbered copy may still be read by the worker who made it."""

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.register.people.acting import at_work, sharing_job
from alongside.register.people.codes import FieldGroup
from alongside.register.people.first_line import given, needs_reason
from alongside.register.people.models import Grant, Handout, Record


def may_still_read(actor: Actor, number: str) -> bool:
    """False when she is kept out of one of these women since, when a grant ended, when a record was erased or its woman
    has died. It tells neither which nor why.
    """
    partnership, agency, _ = at_work(actor)
    job = sharing_job(partnership, agency)
    with acting_as(job):
        copies = Handout.objects.visible_to(job).filter(number=number)
        in_it = set(copies.order_by("record_id").values_list("record_id", flat=True))
    with acting_as(actor):
        own = Record.objects.visible_to(actor).filter(pk__in=in_it, removed_at=None)
        own = own.exclude(pk__in=needs_reason(actor)).order_by("pk")
        left = in_it - set(own.values_list("pk", flat=True))
        if left:
            told = Grant.objects.visible_to(actor).filter(record_id__in=left).order_by("record_id")
            told = told.filter(record_id__in=given(actor, FieldGroup.IDENTITY))
            left -= set(told.values_list("record_id", flat=True))
    return not left
