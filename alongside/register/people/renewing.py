"""New keys for an agency's blind indexes, every index computed anew in batches. For the operator at the machine.

While it lasts, nobody of the agency looks up or takes in (the key process gives the new keys to the operator alone), so
nothing is missed and no woman comes in twice; names are read as ever. One that broke off is run again.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.foundation.vault.keys import key_service
from alongside.foundation.vault.seal import blind_index
from alongside.register.agencies import queries as agencies
from alongside.register.people.known import SEALED_FIELDS, content_of, from_texts, unseal_texts
from alongside.register.people.lookup import keys as lookup_keys
from alongside.register.people.lookup.parts import parts_of
from alongside.register.people.models import Identity
from alongside.register.people.queries.vault import unsealed

BATCH = 500
ON_ITS_WAY = timedelta(minutes=10)  # a batch made ready under the old key may have been written since
FIELDS = ("reference_index", "content_index", "match_keys")


def renew_indexes(agency: UUID, say: Callable[[int], None] = lambda done: None) -> int:
    """How many identities of `agency` have new indexes. Raises KeysLocked where its key is shut."""
    operator = replace(agencies.operator(), agency=agency, reach="agency")
    keys, began = key_service(), timezone.now()
    keys.ask("renew", holder=str(agency))
    done = _all(operator, None, say)
    keys.ask("renewed", holder=str(agency))
    _all(operator, began - ON_ITS_WAY, lambda _: None)
    return done


def _all(operator: Actor, since: datetime | None, say: Callable[[int], None]) -> int:
    done, after = 0, UUID(int=0)
    while True:
        with acting_as(operator):
            written: list[UUID] = _renew(operator, after=after, since=since)
        if not written:
            return done
        done, after = done + len(written), written[-1]
        say(done)


@action("people.renew_indexes")
def _renew(actor: Actor, *, after: UUID, since: datetime | None) -> list[UUID]:
    """The next batch by id; which identities it was."""
    rows: QuerySet[Identity] = Identity.objects.unscoped("the agency's own vault").filter(
        agency_id=actor.agency, pk__gt=after, data_key__isnull=False
    )
    if since is not None:
        rows = rows.filter(recorded_at__gte=since)
    found = list(rows.order_by("pk").values_list("pk", "data_key", "seen_from", *SEALED_FIELDS)[:BATCH])
    carried = _carried(actor, rows.filter(pk__in=[row[0] for row in found]))
    Identity.objects.unscoped("the agency's own vault").bulk_update(_computed(actor, found, carried), FIELDS, 100)
    return [row[0] for row in found]


def _carried(actor: Actor, rows: QuerySet[Identity]) -> dict[UUID, str]:
    """A correction is found by the reference of the version before it, though it does not say it again."""
    assert actor.agency is not None
    silent = dict(
        rows.filter(reference=None).exclude(reference_index=None).order_by("pk").values_list("pk", "record_id")
    )
    saying = Identity.objects.unscoped("the agency's own vault").filter(
        agency_id=actor.agency, record_id__in=silent.values(), reference__isnull=False
    )
    told = list(saying.order_by("version").values_list("pk", "data_key", "reference", "record_id"))
    opened = unsealed(actor.agency, ("reference",), [(pk, key, (reference,)) for pk, key, reference, _ in told])
    of_record = {row[3]: known.reference for row, known in zip(told, opened, strict=True)}
    return {pk: of_record[record] for pk, record in silent.items() if record in of_record}


def _computed(actor: Actor, found: list[tuple[Any, ...]], carried: dict[UUID, str]) -> list[Identity]:
    assert actor.agency is not None
    keys = key_service()
    reference, content = keys.index_key(actor.agency, "reference"), keys.index_key(actor.agency, "content")
    hashed = lookup_keys.hasher(keys.index_key(actor.agency, lookup_keys.FIELD))
    data_keys = keys.unwrap(actor.agency, [bytes(row[1]) for row in found])
    computed = []
    for data_key, (pk, _, seen_from, *sealed) in zip(data_keys, found, strict=True):
        texts = unseal_texts(data_key, pk, dict(zip(SEALED_FIELDS, sealed, strict=True)))
        said = texts.get("reference") or carried.get(pk, "")
        computed.append(
            Identity(
                pk=pk,
                reference_index=blind_index(reference, said) if said else None,
                content_index=blind_index(content, content_of(texts)),
                match_keys=lookup_keys.match_keys(parts_of(from_texts(texts), seen_from), hashed),
            )
        )
    return computed
