"""Releases: prepared by one person, judged against all earlier ones, given by another, and then frozen."""

from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.gate.turns import COUNTING, LISTS, goes_on
from alongside.insight.monitoring.attacker import Published, broken
from alongside.insight.monitoring.definitions import Definition, Framework
from alongside.insight.monitoring.figures import Figure, Period, quarter
from alongside.insight.monitoring.models import Given, Release, Return
from alongside.insight.monitoring.outside import Shown, shown, spans
from alongside.insight.monitoring.passages import named_in


class ReleaseRefused(Exception):
    """What stands in the way of a release, in words that say what to do."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(words)


ANOTHER_PERSON = "Whoever prepared a release can’t release it too: ask a service manager or another co-ordinator."
GIVEN = "This was released already. What changed goes into the next one."
PREPARE_AGAIN = "Another release went out after this one was prepared. Count the return again and prepare it again."
CONTRADICTION = "The figures contradict one another, so nobody can say what they would tell. Count the return again."
ONE_A_QUARTER = "This set of figures was released in this quarter already. What changed goes into the next release."


LIST_GOES_IN = "A list is being taken in or back now. Wait until it is done, count the return again, and then go on."
COUNTING_NOW = "A return is being counted now. Wait until it is done, look at it, and then go on."


def _refuse_in_the_middle(partnership: UUID) -> None:
    """Nothing is prepared or goes out while what it is made of changes."""
    if goes_on(partnership, LISTS):
        raise ReleaseRefused(LIST_GOES_IN)
    if goes_on(partnership, COUNTING):
        raise ReleaseRefused(COUNTING_NOW)


def going_out(row: Return, frame: Framework, known: Mapping[str, Definition]) -> dict[str, Shown]:
    """The figures of a return as they would go out: key -> its counts by the rule; what is checked stays inside."""
    figures = [Figure.from_json(row.figures[key]) for key in Framework.keys(frame) if key in row.figures]
    return {each.key: shown(each, known[each.key], known.get(known[each.key].out_of)) for each in figures}


def judged(earlier: list[Release], row: Return, going: Mapping[str, Shown], known: Mapping[str, Definition]) -> str:
    """Why these figures can't go out after all that did, in words; "" where they can."""
    said = [published(release.of_return, kept(release), known) for release in earlier]
    try:
        found = broken([*said, published(row, going, known)], known)
    except ValueError:
        return CONTRADICTION
    if not found:
        return ""
    names = ", ".join(dict.fromkeys(known[each.key].name for each in found))
    return (
        "This was not prepared: together with what was released before, or with what one agency knows of its own,"
        f" a count of 1 to 4 women could be worked out. It is about: {names}. Leave these figures out of the set,"
        " or release a longer period."
    )


def kept(release: Release) -> dict[str, Shown]:
    return {key: Shown(**each) for key, each in release.figures.items()}


def published(row: Return, going: Mapping[str, Shown], known: Mapping[str, Definition]) -> Published:
    """A release as an attacker reads it, with the truth to judge by. Figures of an older meaning tell nothing new."""
    same = {key: each for key, each in going.items() if key in known and known[key].version == each.version}
    figures = {key: Figure.from_json(row.figures[key]) for key in same}
    true = {key: figure.count for key, figure in figures.items()}
    true |= {known[key].out_of: figure.of for key, figure in figures.items() if figure.of is not None}
    return Published(Period(row.since, row.until), spans(same, known), true, row.by_agency)


@action("returns.give", Release)
def give_release(actor: Actor, *, release: Release) -> int:
    """Let a prepared release go out, as another person. Returns its number. Raises ReleaseRefused."""
    assert actor.user is not None
    if actor.user == release.prepared_by:
        raise ReleaseRefused(ANOTHER_PERSON)
    _refuse_in_the_middle(release.partnership_id)
    given = Given.objects.visible_to(actor)
    if given.filter(release_id=release.pk).exists():
        raise ReleaseRefused(GIVEN)
    if named := named_in(actor, release.pk):
        raise ReleaseRefused(named)
    first = quarter(timezone.localdate()).since
    if given.filter(framework=release.framework, quarter=first).exists():
        raise ReleaseRefused(ONE_A_QUARTER)
    row = Given(
        release_id=release.pk,
        partnership_id=release.partnership_id,
        framework=release.framework,
        quarter=first,
        number=release.follows + 1,
        prepared_by=release.prepared_by,
        given_by=actor.user,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise ReleaseRefused(PREPARE_AGAIN) from None
    return row.number
