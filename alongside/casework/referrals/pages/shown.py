"""Rows as the pages of referrals show them."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.urls import reverse

from alongside.casework.referrals.codes import DeclineReason, State
from alongside.casework.referrals.queries import Named, ReferralPage, ReferralRow
from alongside.foundation.kit.rows import Cell, Column, Moment, SummaryRow
from alongside.foundation.kit.show import day, plural
from alongside.register.agencies.codes import Takes
from alongside.register.people.codes import FieldGroup
from alongside.register.people.known import Known

TO_ANSWER = (Column("Referral"), Column("From"), Column("For"), Column("Waiting"), Column("State"))
COMING = (Column("Referral"), Column("Who"), Column("For"), Column("Can come"), Column("State"))
SENT = (Column("Referral"), Column("Who"), Column("To"), Column("Sent"), Column("State"))
ACROSS = (
    Column("Number"),
    Column("From"),
    Column("To"),
    Column("How she comes"),
    Column("Waiting"),
    Column("State"),
)
TURNED_AWAY = (Column("When"), Column("Service"), Column("Why"), Column("What was said"))
COLOURS = {
    State.ACCEPTED: "teal",
    State.OFFERED: "teal",
    State.STARTED: "green",
    State.SENT: "purple",
    State.RECEIVED: "purple",
    State.RETURNED: "yellow",
}
# The reasons that a button beside the answer gives, before those that follow from what she needs.
USUAL = (DeclineReason.NO_SPACE, DeclineReason.STAFF, DeclineReason.OTHER_SERVICE)
BY_NEED = {
    Takes.STILL_USING: DeclineReason.NOT_STILL_USING,
    Takes.DUAL_DIAGNOSIS: DeclineReason.NOT_DUAL_DIAGNOSIS,
    Takes.CHILDREN: DeclineReason.NOT_CHILDREN,
    Takes.COUPLES: DeclineReason.NOT_COUPLES,
    Takes.PETS: DeclineReason.NOT_PETS,
    Takes.STEP_FREE: DeclineReason.NOT_STEP_FREE,
    Takes.WOMEN_ONLY: DeclineReason.NOT_WOMEN_ONLY,
}


def _link(row: ReferralRow) -> Cell:
    return Cell(row.number, reverse("referrals:referral", args=[row.id]))


def _state(row: ReferralRow) -> Cell:
    return Cell(row.state.words, tag=COLOURS.get(row.state, "neutral"))


def waiting_words(row: ReferralRow) -> str:
    if row.waiting is None:
        return "Over"
    days = plural(row.waiting, "day", "days")
    return f"{days}, overdue" if row.is_overdue else days


def to_answer(rows: tuple[Named, ...]) -> list[tuple[object, ...]]:
    return [
        (_link(each.row), each.row.agency_name, each.row.service_name, waiting_words(each.row), _state(each.row))
        for each in rows
    ]


def coming(rows: tuple[Named, ...]) -> list[tuple[object, ...]]:
    return [
        (_link(each.row), each.name, each.row.service_name, day(each.row.starts_on) or "No day yet", _state(each.row))
        for each in rows
    ]


def sent(rows: list[Named]) -> list[tuple[object, ...]]:
    return [
        (
            _link(each.row),
            Cell(each.name, reverse("people:record", args=[each.row.record])),
            f"{each.row.service_name}, {each.row.service_agency}",
            day(each.row.clocks.sent),
            _state(each.row),
        )
        for each in rows
    ]


def across(rows: list[ReferralRow]) -> list[tuple[object, ...]]:
    return [
        (
            row.number,
            row.agency_name,
            f"{row.service_name}, {row.service_agency}",
            row.source.words,
            waiting_words(row),
            _state(row),
        )
        for row in rows
    ]


def timeline(row: ReferralRow, workers: Mapping[UUID, str]) -> list[Moment]:
    """Every step, newest first; an answer that never came is told as such."""
    told = [
        Moment(
            title=step.state.words,
            when=day(step.on),
            by=workers.get(step.recorded_by, "") if step.recorded_by else "",
            text=_said(step.reason, step.other_service, day(step.starts_on)),
        )
        for step in reversed(row.steps)
    ]
    if row.state is State.EXPIRED and row.steps[-1].state is not State.EXPIRED:
        told.insert(0, Moment(State.EXPIRED.words, day(row.lapses_on)))
    return told


def _said(reason: str, other: str, starts_on: str) -> str:
    parts = (f"{reason}." if reason else "", f"They offer {other}." if other else "")
    return " ".join([*filter(None, parts), *([f"She can come on {starts_on}."] if starts_on else [])])


def summary(page: ReferralPage) -> list[SummaryRow]:
    return [SummaryRow(key, text) for key, text in _facts(page) if text]


def _facts(page: ReferralPage) -> Iterator[tuple[str, str]]:
    row = page.row
    yield "Who", page.name
    yield "From", row.agency_name
    yield "To", f"{row.service_name}, {row.service_agency}"
    yield "For", page.workers.get(row.for_worker, "") if row.for_worker else ""
    yield "How she comes", row.source.words
    yield "She asked", day(row.clocks.asked)
    yield "Sent", day(row.clocks.sent)
    yield "Waiting", waiting_words(row) if row.waiting is not None else ""
    yield "Answer by", day(row.lapses_on) if row.state in (State.SENT, State.RECEIVED) else ""
    yield "She can come", day(row.starts_on)
    yield "She needs", ", ".join(need.words for need in page.summary.needs) or "Nothing was said"
    yield "Age", page.summary.age
    yield "She agreed to pass on", ", ".join(FieldGroup(group).words for group in row.groups) or "Nothing more"
    months = plural(row.opens_months, "month", "months") if row.opens_months else ""
    yield "Reads on in the sender’s record", f"For {months} once it is accepted, as she agreed" if months else ""
    yield "Why now", page.words


def reasons(page: ReferralPage) -> list[DeclineReason]:
    """The reasons with a button of their own."""
    return [*USUAL, *(BY_NEED[need] for need in page.summary.needs if need in BY_NEED)]


def facts_on_paper(known: Known) -> list[SummaryRow]:
    """What she agreed to pass on, as the form on paper says it."""
    age = f"about {known.age.low:g} to {known.age.high:g}" if known.age else ""
    exact = day(known.born.earliest) if known.born and known.born.is_exact else ""
    span = f"{known.born.earliest.year} to {known.born.latest.year}" if known.born and not exact else ""
    told = (
        ("Names", ", ".join(known.names)),
        ("Last name", ", ".join(known.last_names)),
        ("Born", exact or span),
        ("Age", age),
        ("Ethnic group", known.ethnicity),
        ("Marks", "; ".join(mark.replace("@", ", ") for mark in known.marks)),
        ("How to reach her", ", ".join(known.phones)),
        ("Where she is", known.area),
        ("Note", known.note),
    )
    return [SummaryRow(key, text) for key, text in told if text]
