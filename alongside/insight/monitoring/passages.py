"""Words beside the figures of a release, checked for names of the agency that writes them (threat T14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import decide
from alongside.insight.monitoring.models import Given, Passage, Release
from alongside.register.agencies import facts as agencies
from alongside.register.people.facts import Standing, checking_job, names_in


class WordsRefused(Exception):
    """Why these words can't stand beside the figures, and where it is."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(words)


WENT_OUT = "This release went out, so nothing is added to it. What you want to say goes with the next one."
NO_FIGURE = "This release does not hold that figure. Choose one of the list."


@dataclass(frozen=True, slots=True)
class PassageRow:
    """`key`: "" for all of the release. `may_take_back`: of the actor's own agency, while the release waits."""

    id: UUID
    key: str
    words: str
    by: str
    at: datetime
    may_take_back: bool


@action("returns.explain", Release)
def write_passage(actor: Actor, *, release: Release, key: str, words: str) -> UUID:
    """Write beside a release that waits. Raises WordsRefused with where a name stands."""
    assert actor.user is not None
    assert actor.agency is not None
    if Given.objects.visible_to(actor).filter(release_id=release.pk).exists():
        raise WordsRefused(WENT_OUT)
    if key and key not in release.figures:
        raise WordsRefused(NO_FIGURE)
    if found := names_in(actor, words):
        raise WordsRefused(f"{said(found)} Say it without the name.")
    row = Passage(
        partnership_id=release.partnership_id,
        agency_id=actor.agency,
        release_id=release.pk,
        key=key,
        words=words,
        written_by=actor.user,
    )
    row.save(force_insert=True)
    return row.pk


@action("returns.take_back_words", Passage)
def take_back_passage(actor: Actor, *, passage: Passage) -> UUID:
    """Raises WordsRefused when the release went out. Returns the release."""
    if Given.objects.visible_to(actor).filter(release_id=passage.release_id).exists():
        raise WordsRefused(WENT_OUT)
    passage.withdrawn_at, passage.withdrawn_by = timezone.now(), actor.user
    passage.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return passage.release_id


def said(found: Iterable[Standing]) -> str:
    """ "In sentence 2 stands “Kelly”, a name of a woman whom the agency knows." """
    where = "; ".join(f"in sentence {each.sentence} “{each.word}”" for each in found)
    return f"A name of a woman whom the agency knows stands {where}."


def named(partnership: UUID, agency: UUID, words: str) -> str:
    """Where in these words of an agency a woman stands whom it knows, said; "" where none does."""
    job = checking_job(partnership, agency)
    with acting_as(job):
        found = names_in(job, words)
    return said(found) if found else ""


def named_in(actor: Actor, release: UUID) -> str:
    """What stands in the way of letting a release go out: whose words name a woman, and where; "" where none do.

    Each agency's words are checked against its own names alone, so that nobody learns what another agency knows by
    typing it: whoever may write beside a release writes for her own agency.
    """
    assert actor.partnership is not None
    rows = list(_standing(actor, release))
    names = {each.id: each.name for each in agencies.agencies(actor.partnership)} if rows else {}
    for row in rows:
        if told := named(row.partnership_id, row.agency_id, row.words):
            return f"{names[row.agency_id]} wrote beside these figures. {told} It has to write it anew."
    return ""


def _standing(actor: Actor, release: UUID) -> Iterable[Passage]:
    rows = Passage.objects.visible_to(actor).filter(release_id=release, withdrawn_at=None)
    found: Iterable[Passage] = rows.order_by("written_at", "id")
    return found


def passages(actor: Actor, release: UUID) -> list[PassageRow]:
    """What stands beside a release that the actor may see, in the order of writing."""
    assert actor.partnership is not None
    rows = list(_standing(actor, release))
    if not rows:
        return []
    names = {each.id: each.name for each in agencies.agencies(actor.partnership)}
    waits = not Given.objects.visible_to(actor).filter(release_id=release).exists()
    return [
        PassageRow(
            row.pk,
            row.key,
            row.words,
            names[row.agency_id],
            row.written_at,
            waits and decide(actor, "returns.take_back_words", row.as_subject()).allowed,
        )
        for row in rows
    ]
