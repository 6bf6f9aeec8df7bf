"""Numbering what leaves with names in it, so that it can be called back."""

from collections.abc import Collection
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.register.people.actions import hand_out
from alongside.register.people.codes import FieldGroup, HandoutKind


@action("accommodation.export")
def number_copies(actor: Actor, *, records: Collection[UUID]) -> dict[UUID, str]:
    """A number for each woman whose name goes into a file. Without one the file is kept in the trail all the same."""
    groups = (FieldGroup.IDENTITY, FieldGroup.WHEREABOUTS)
    return {record: hand_out(actor, record, HandoutKind.EXPORT, groups) for record in sorted(records)}
