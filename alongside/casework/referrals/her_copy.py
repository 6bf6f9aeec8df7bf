"""How referrals, and what services said, are told to her, in the copy of what her agency holds."""

from collections.abc import Iterator
from uuid import UUID

from alongside.casework.referrals import passing_on
from alongside.casework.referrals.codes import HowAgreed
from alongside.casework.referrals.models import Package, Referral
from alongside.casework.referrals.queries import ReferralRow, of_record, turned_away_list
from alongside.foundation.gate.actor import Actor
from alongside.foundation.kit.show import day
from alongside.register.people.known import as_texts
from alongside.register.rights.about_her import Section, holding, left_out

ALL = 100_000

left_out("referrals.openreferral", "Says only that a referral is open, which its steps say too.")
left_out("referrals.learnt", "Which of our workers knows the answer: about the worker.")
left_out("referrals.openedrecord", "Joins our record to the referral that she came by, which its sender tells.")


@holding("referrals", "referrals.referral", "referrals.referralstep", "referrals.package")
def referrals(actor: Actor, record: UUID) -> Section:
    """Where this agency sent her, what it told of her, and every step."""
    rows = of_record(actor, record, ALL)
    ids = [row.id for row in rows]
    kept = Referral.objects.visible_to(actor).filter(pk__in=ids, agency_id=actor.agency)
    agreed = {pk: (HowAgreed(how).words, on) for pk, how, on in kept.values_list("pk", "how_agreed", "agreed_on")}
    sent = {each.pk: each for each in Package.objects.visible_to(actor).filter(pk__in=ids, agency_id=actor.agency)}
    lines: list[tuple[str, ...]] = []
    for row in rows:
        how, on = agreed[row.id]
        told = f"To {row.service_name}, {row.service_agency}. You agreed on {day(on)}: {how[0].lower()}{how[1:]}"
        lines.append((row.number, day(row.steps[0].on), told))
        lines += _steps(row)
        lines += [(row.number, "", text) for text in _passed_on(sent.get(row.id))]
    return Section("Where we sent you", ("Referral", "Day", "What"), tuple(lines))


@holding("turned away", "referrals.turnedaway")
def said_no(actor: Actor, record: UUID) -> Section:
    """Services that turned her down, as this agency wrote it down."""
    rows = turned_away_list(actor, record, ALL)
    lines = tuple((day(row.on), row.service, row.reason, row.words) for row in rows)
    return Section("Services that turned you down", ("Day", "Service", "Why", "What happened"), lines)


def _steps(row: ReferralRow) -> Iterator[tuple[str, ...]]:
    for step in row.steps:
        yield row.number, day(step.on), ". ".join(filter(None, (step.state.words, step.reason)))


def _passed_on(package: Package | None) -> Iterator[str]:
    if package is None:
        return
    known, words = passing_on.package(package.agency_id, package.pk, package.data_key, package.known, package.words)
    told = "; ".join(text.replace("\n", ", ") for text in as_texts(known).values() if text)
    if told:
        yield f"We told them: {told}"
    if words:
        yield f"We wrote to them: {words}"
