"""Numbering what leaves about women, so that it can be called back."""

from collections.abc import Collection
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.register.people.actions import hand_out_all
from alongside.register.people.codes import FieldGroup, HandoutKind


@action("accommodation.export")
def number_copy(actor: Actor, *, records: Collection[UUID], groups: Collection[FieldGroup]) -> str:
    """One number for a file, kept with each woman in it. A file about nobody has none, and is in the trail."""
    return hand_out_all(actor, records, HandoutKind.EXPORT, groups)
