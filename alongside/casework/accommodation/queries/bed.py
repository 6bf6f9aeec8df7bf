"""One bed: what has it now, and who may be given it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from alongside.casework.accommodation.codes import UseKind, VoidReason
from alongside.casework.accommodation.models import Bed, BedUse, Blocked, Unit
from alongside.casework.accommodation.queries.board import bed_name
from alongside.casework.accommodation.queries.houses import order_of, own_unit
from alongside.casework.accommodation.queries.lists import not_listed, standing
from alongside.casework.accommodation.queries.naming import UNKNOWN, called_by
from alongside.casework.accommodation.rules import LONDON, why_here
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check, load
from alongside.register.agencies.queries import names_of

MOST = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who may have this bed. `moves_from`: the stay that would end."""

    record: UUID
    who: str
    why: str
    moves_from: UUID | None = None


@dataclass(frozen=True, slots=True)
class BedPage:
    """`use` None: free. `held_until` in London's time."""

    id: UUID
    name: str
    unit: UUID
    unit_name: str
    use: UUID | None
    use_kind: str
    use_words: str
    who: str
    record: UUID | None
    may_give: bool
    candidates: tuple[Candidate, ...]


def bed_page(actor: Actor, bed: UUID, chosen: UUID | None = None) -> BedPage:
    """A bed of the actor's agency. Free or held, with those it may be given to: her for whom it is held, one `chosen`
    elsewhere, the first of its list, and women of other houses who are ready to come. Raises NotFound."""
    row: Bed = load(actor, Bed, bed)
    check(actor, "accommodation.give_bed", row.as_subject())
    use = _now(actor, bed)
    held_for = use.record_id if use and use.kind == UseKind.HOLD else None
    may_give = use is None or use.kind == UseKind.HOLD
    unit = own_unit(actor, row.unit_id)
    found = _candidates(actor, row, unit, held_for, chosen) if may_give else []
    wanted = [record for record, _, _ in found]
    called = called_by(actor, [*wanted, use.record_id if use else None])
    return BedPage(
        row.pk,
        bed_name(row),
        row.unit_id,
        unit.name,
        use.pk if use else None,
        use.kind if use else "",
        _words(use),
        called.get(use.record_id, UNKNOWN) if use and use.record_id else "",
        use.record_id if use else None,
        may_give,
        tuple(Candidate(record, called[record], why, stay) for record, why, stay in found if record in called),
    )


def why_taken(actor: Actor, bed: UUID) -> str:
    """What has the bed now and who gave it, for one who came second. Her code or name is not in it."""
    use = _now(actor, bed)
    if use is None:
        return "The bed was taken in that time. Choose another bed or another time."
    by = names_of([use.recorded_by] if use.recorded_by else []).get(use.recorded_by, "")  # type: ignore[arg-type]
    who = f" by {by}" if by else ""
    since = _at(use.begins)
    if use.kind == UseKind.VOID:
        return f"This bed is not in use since {since}: {VoidReason(use.void_reason).words.lower()}."
    if use.kind == UseKind.HOLD:
        return f"This bed was held for another woman{who} and is kept for her until {_at(use.ends)}."  # type: ignore[arg-type]
    return f"This bed was given to another woman{who}; her stay began {since}. Choose another bed."


def _now(actor: Actor, bed: UUID) -> BedUse | None:
    now = timezone.now()
    standing_now = Q(begins__lte=now) & (Q(ends=None) | Q(ends__gt=now))
    uses = BedUse.objects.visible_to(actor).filter(standing_now, bed_id=bed)
    found: BedUse | None = uses.order_by("begins", "id").first()
    return found


def _candidates(
    actor: Actor, bed: Bed, unit: Unit, held_for: UUID | None, chosen: UUID | None
) -> list[tuple[UUID, str, UUID | None]]:
    order = order_of(actor, [bed.unit_id])[bed.unit_id]
    ordered, records = standing(actor, bed.unit_id, order, 0, MOST)
    today = timezone.localdate()
    found: dict[UUID, str] = {}
    if held_for:
        found[held_for] = "The bed is held for her."
    if chosen:
        found.setdefault(chosen, "You chose her on her own page.")
    for place in range(len(ordered)):
        found.setdefault(records[ordered[place].id], why_here(place, ordered, order, today))
    for took in not_listed(actor, unit)[:MOST]:
        found.setdefault(took.record, f"Accepted by referral {took.row.number}, not on the list yet.")
    ready = Blocked.objects.visible_to(actor).filter(agency_id=bed.agency_id, ends=None, to_step=unit.step)
    for record in (
        ready.exclude(unit_id=bed.unit_id).order_by("begins", "id").values_list("record_id", flat=True)[:MOST]
    ):
        found.setdefault(record, "Ready to move here from another of our houses.")
    stays = BedUse.objects.visible_to(actor).filter(kind=UseKind.STAY, ends=None, record_id__in=list(found))
    elsewhere = dict(stays.exclude(bed_id=bed.pk).order_by("id").values_list("record_id", "pk"))
    return [(record, why, elsewhere.get(record)) for record, why in found.items()]


def _words(use: BedUse | None) -> str:
    if use is None:
        return "Free"
    if use.kind == UseKind.VOID:
        until = f", until {_at(use.ends)}" if use.ends else ""
        return f"Not in use since {_at(use.begins)}{until}: {VoidReason(use.void_reason).words.lower()}"
    if use.kind == UseKind.HOLD:
        return f"Held until {_at(use.ends)}"  # type: ignore[arg-type]
    return f"Her stay began {_at(use.begins)}"


def _at(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B %Y, %H:%M}"
