"""How what the register itself holds about her is told to her, in the copy of what her agency holds."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.kit.show import day, moment
from alongside.foundation.vault.seal import Place
from alongside.register.people.codes import AcceptanceBasis, ExclusionReason, FieldGroup, HandoutKind, StandingKind
from alongside.register.people.models import Acceptance, Exclusion, Grant, Handout, Item, Lead, Standing
from alongside.register.people.queries.matters import matters
from alongside.register.people.remarks import remark
from alongside.register.rights import words
from alongside.register.rights.about_her import Section, holding, left_out
from alongside.register.rights.codes import Asker, Ground, Kind, Told
from alongside.register.rights.models import Disclosure, EmergencyLook, HerRequest, KeptOn, OutsideRequest
from alongside.register.rights.queries.outside import state_of

NOT_TOLD = (Told.NOT, Told.UNDECIDED)
Lines = tuple[tuple[str, ...], ...]

left_out("people.grouping", "Which records are counted as one woman: a guess by statistics that no worker sees.")
left_out("people.readreason", "Why a worker read on after her death: she cannot ask for it any more.")
left_out("rights.legalhold", "Who placed a hold may forbid telling her; the data protection lead answers for it.")


@holding("agreed", "people.grant")
def let_know(actor: Actor, record: UUID) -> Section:
    """Whom this agency let know, by her word or by law, from the first."""
    return Section("Whom we let know", ("Who", "What", "From", "Until", "Ended"), tuple(_grants(actor, record)))


@holding("forums", "people.item")
def brought(actor: Actor, record: UUID) -> Section:
    """The panels to which this agency brought her."""
    rows = Item.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency).select_related("forum")
    lines: Lines = tuple(
        (row.forum.name, _when(row.brought_at), day(row.meets_on), day(row.until), _when(row.ended_at))
        for row in rows.order_by("brought_at", "id")
    )
    return Section("Panels that talked about how to help you", ("Which", "From", "Meeting", "Until", "Ended"), lines)


@holding("may know of each other", "people.acceptance")
def may_know(actor: Actor, record: UUID) -> Section:
    rows = Acceptance.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency)
    lines: Lines = tuple(
        (
            day(row.asked_on),
            day(row.until),
            AcceptanceBasis(row.basis).words,
            remark(row.agency_id, Place("people_acceptance", row.pk, "how_asked"), row.how_asked),
            _when(row.withdrawn_at),
        )
        for row in rows.order_by("accepted_at", "id")
    )
    columns = ("Asked on", "Until", "Why", "How we asked", "Ended")
    return Section("That agencies you go to may know we work with you", columns, lines)


@holding("kept out", "people.exclusion")
def kept_out(actor: Actor, record: UUID) -> Section:
    """Whom she wants kept out. A worker who declared a conflict said so of herself, and is not named."""
    rows = Exclusion.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency)
    lines: Lines = tuple(
        (
            _whom(row),
            ExclusionReason(row.reason).words,
            _when(row.excluded_at),
            _when(row.lifted_at),
            ""
            if row.reason == ExclusionReason.CONFLICT
            else remark(row.agency_id, Place("people_exclusion", row.pk, "words"), row.words),
        )
        for row in rows.select_related("worker", "feared_agency").order_by("excluded_at", "id")
    )
    return Section("Whom we keep from seeing this", ("Who", "Why", "From", "Until", "What we wrote"), lines)


@holding("lead workers", "people.lead")
def led(actor: Actor, record: UUID) -> Section:
    rows = Lead.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency).select_related("worker")
    lines: Lines = tuple(
        (row.worker.name, _when(row.since_at), _when(row.ended_at)) for row in rows.order_by("since_at")
    )
    return Section("Your lead workers here", ("Who", "From", "Until"), lines)


@holding("noted", "people.standing")
def noted(actor: Actor, record: UUID) -> Section:
    rows = Standing.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency)
    lines: Lines = tuple(
        (
            StandingKind(row.kind).words,
            day(row.on),
            _when(row.noted_at),
            _when(row.lifted_at),
            remark(row.agency_id, Place("people_standing", row.pk, "words"), row.words),
        )
        for row in rows.order_by("noted_at", "id")
    )
    return Section("What we noted for everyone here", ("What", "Day", "Noted", "Taken back", "How we know"), lines)


@holding("private matters", "people.matter")
def private(actor: Actor, record: UUID) -> Section:
    """As far as the one who puts it together may read; of the rest that it is there and who has to add it."""
    lines: Lines = tuple(
        (
            row.group.words,
            day(row.written_on),
            "" if row.ended_on is None else day(row.ended_on),
            row.words or f"Not in this copy yet: {row.ask or 'a worker named for it'} adds it.",
            row.risk,
        )
        for row in matters(actor, record, with_ended=True)
        if row.is_own
    )
    return Section("What you told us in private", ("About", "Day", "Ended", "What we wrote", "To be safe"), lines)


@holding("copies", "people.handout")
def copies(actor: Actor, record: UUID) -> Section:
    rows = Handout.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency)
    lines: Lines = tuple(
        (row.number, HandoutKind(row.kind).words, _when(row.made_at), _when(row.destroyed_at))
        for row in rows.order_by("made_at", "id")
    )
    return Section("Prints and files with you in them", ("Number", "What", "Made", "Destroyed"), lines)


@holding("disclosures", "rights.disclosure")
def without_asking(actor: Actor, record: UUID) -> Section:
    """What was shared without her agreement, but for what she may not be told yet: whoever checks the copy notes it."""
    rows = Disclosure.objects.visible_to(actor).filter(
        record_id=record, agency_id=actor.agency, signed_at__isnull=False
    )
    told = rows.exclude(told__in=NOT_TOLD).select_related("to_agency").order_by("signed_at", "id")
    lines: Lines = tuple(
        (row.to_agency.name, Ground(row.ground).words, _groups(row.groups), _when(row.signed_at), day(row.until))
        for row in told
    )
    return Section("What we shared without asking you", ("With whom", "Why", "What", "From", "Until"), lines)


@holding("asked about her", "rights.outsiderequest")
def asked_about(actor: Actor, record: UUID) -> Section:
    rows = OutsideRequest.objects.visible_to(actor).filter(record_id=record)
    lines: Lines = tuple((day(row.received_on), Asker(row.asker).words, state_of(row)) for row in rows)
    return Section("Who asked about you", ("Day", "Who", "What became of it"), lines)


@holding("emergency looks", "rights.emergencylook")
def looks(actor: Actor, record: UUID) -> Section:
    rows = EmergencyLook.objects.visible_to(actor).filter(record_id=record, holder_id=actor.agency)
    lines: Lines = tuple(
        (_when(row.opened_at), row.agency.name, _when(row.until)) for row in rows.select_related("agency")
    )
    return Section("Looks in an emergency", ("When", "Agency", "Until"), lines)


@holding("her requests", "rights.herrequest")
def asked_us(actor: Actor, record: UUID) -> Section:
    rows = HerRequest.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency)
    lines: Lines = tuple(
        (day(row.received_on), Kind(row.kind).words, words.told(row, row.agency_id, "words")) for row in rows
    )
    return Section("What you asked us", ("Day", "What", "What you said"), lines)


@holding("kept longer", "rights.kepton")
def kept_longer(actor: Actor, record: UUID) -> Section:
    rows = KeptOn.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency)
    lines: Lines = tuple(
        (_when(row.decided_at), day(row.until), words.told(row, row.agency_id, "reason")) for row in rows
    )
    return Section("Why we keep this longer", ("Decided", "Until", "Why"), lines)


def _grants(actor: Actor, record: UUID) -> Iterator[tuple[str, ...]]:
    rows = Grant.objects.visible_to(actor).filter(record_id=record, agency_id=actor.agency)
    for row in rows.select_related("to_agency", "to_forum").order_by("given_at", "id"):
        yield row.receiver, _groups(row.groups), _when(row.given_at), _when(row.until_at), _when(row.withdrawn_at)


def _whom(row: Exclusion) -> str:
    if row.reason == ExclusionReason.CONFLICT:
        return "A worker who said herself that she should not see it"
    if row.worker is not None:
        return str(row.worker.name)
    role = f"{row.get_feared_role_display()}s of " if row.feared_role else "Everyone at "
    return f"{role}{row.feared_agency.name if row.feared_agency else ''}"


def _groups(values: list[str]) -> str:
    return ", ".join(FieldGroup(each).words for each in values)


def _when(at: datetime | None) -> str:
    return moment(timezone.localtime(at)) if at else ""
