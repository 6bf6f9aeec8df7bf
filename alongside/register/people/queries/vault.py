"""The one door to the vault."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import F

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.bulk import AnyOf
from alongside.foundation.gate.permissions import Subject, decide
from alongside.foundation.gate.questions import Question
from alongside.foundation.trail.writing import leave
from alongside.foundation.vault.keys import key_service
from alongside.register.people.codes import FieldGroup
from alongside.register.people.first_line import in_force, to_us
from alongside.register.people.known import GROUPS, SEALED_FIELDS, Known, masked, unseal_known
from alongside.register.people.matrix import sees_own, sees_shared
from alongside.register.people.models import Grant, Identity

_current = Question(
    lambda actor, ids: (
        Identity.objects.visible_to(actor)
        .filter(AnyOf(F("record_id"), ids), is_current=True)
        .order_by("agency_id", "id")
    )
)


def names(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Known]:
    """What the holding agency knows these women by: the actor's, or one that shares it with hers. One trail row.

    Records the actor may not read the names of are left out, as absent ones are. Of what is shared she gets the kinds
    of facts that were agreed and that her role sees.
    """
    return names_in(actor, _current(actor, ids=list(ids)))


def names_in(actor: Actor, rows: Sequence[Identity]) -> dict[UUID, Known]:
    """As `names`, of current rows that this same page was shown."""
    allowed = []
    rule = ""
    for row in rows:
        subject = Subject("Record", row.record_id, row.partnership_id, row.agency_id)
        ours = row.agency_id == actor.agency or actor.job
        # A row of another agency is here by a grant in force: the rule of rows let it through.
        verdict = decide(actor, "people.read_names" if ours else "people.read_shared", subject)
        if verdict.allowed:
            rule = verdict.rule
            allowed.append(row)
    opened = {row.record_id: known for row, known in open_vault(allowed)}
    if not actor.job:
        opened |= _masked(actor, allowed, opened)
    leave(
        actor,
        "people.read_names",
        allowed=bool(opened),
        rule=rule or "no record in reach",
        kind="Record",
        subjects=list(opened) if len(opened) <= 200 else (),
        count=len(opened),
        field_groups=[FieldGroup.IDENTITY],
    )
    return opened


def _masked(actor: Actor, rows: Sequence[Identity], opened: dict[UUID, Known]) -> dict[UUID, Known]:
    """What has to be left out: of own records what her role does not see, of others what was not agreed as well."""
    own = groups_own(actor)
    part = [row for row in rows if row.agency_id != actor.agency or own < {*GROUPS.values()}]
    given = groups_shared(actor, [row.record_id for row in part]) if part else {}
    return {
        row.record_id: masked(
            opened[row.record_id], given.get(row.record_id, set()) | (own if row.agency_id == actor.agency else set())
        )
        for row in part
    }


def groups_own(actor: Actor) -> set[FieldGroup]:
    """The kinds of facts that her role sees of her own agency's women, of those that the vault holds."""
    return {group for group in GROUPS.values() if sees_own(actor.roles, group)}


def groups_shared(actor: Actor, records: Sequence[UUID]) -> dict[UUID, set[FieldGroup]]:
    """The kinds of facts that grants in force give the actor of other agencies' records, and that her role sees."""
    found: dict[UUID, set[FieldGroup]] = {}
    grants = Grant.objects.visible_to(actor).filter(to_us(actor), in_force(), record_id__in=records).order_by("id")
    for record, worker, forum, groups in grants.values_list("record_id", "to_worker_id", "to_forum_id", "groups"):
        seen = {each for each in map(FieldGroup, groups) if worker or forum or sees_shared(actor.roles, each)}
        found[record] = found.get(record, set()) | seen
    return found


def open_vault(rows: Iterable[Identity]) -> list[tuple[Identity, Known]]:
    """Rows with what they hold. For queries of this room that decide and leave their own trail row."""
    by_agency: dict[UUID, list[Identity]] = {}
    for row in rows:
        by_agency.setdefault(row.agency_id, []).append(row)
    opened: list[tuple[Identity, Known]] = []
    for agency, held in by_agency.items():
        sealed = [(row.pk, row.data_key, [getattr(row, name) for name in SEALED_FIELDS]) for row in held]
        opened += zip(held, unsealed(agency, SEALED_FIELDS, sealed), strict=True)
    return opened


def unsealed(
    agency: UUID, fields: Sequence[str], rows: Sequence[tuple[UUID, bytes | memoryview | None, Sequence[bytes | None]]]
) -> list[Known]:
    """What identities of one agency hold in some of their `fields`. A row: identity, its data key, sealed values."""
    data_keys = key_service().unwrap(agency, [bytes(data_key or b"") for _, data_key, _ in rows])
    return [
        unseal_known(data_key, identity, dict(zip(fields, values, strict=True)))
        for data_key, (identity, _, values) in zip(data_keys, rows, strict=True)
    ]
