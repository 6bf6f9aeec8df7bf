"""What a shift should be, as data, and what was met of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alongside.casework.contacts.codes import OutingKind, Part, Seat

YES, NO, UNKNOWN = "yes", "no", "not_known"


@dataclass(frozen=True, slots=True)
class Standard:
    """`said`: only those who were there can tell; the others follow from what was recorded."""

    code: str
    words: str
    broken: str  # what is said when a planned or past shift breaks it
    said: bool = False


STANDARDS = (
    Standard(
        "two_trained", "Two trained staff", "Fewer than two of the staff have outreach training in force that day."
    ),
    Standard("volunteers_extra", "Volunteers come on top", "With volunteers there must be two staff beside them."),
    Standard("passenger_seat", "A worker in the passenger seat", "Nobody sits in the passenger seat of the vehicle."),
    Standard("asked_staying", "Asked where she is staying", "Not every woman was asked where she is staying."),
    Standard("named_services", "All services named", "Not all services were named.", said=True),
    Standard("early_and_late", "Came round early and late", "The round was not made early and late.", said=True),
)
BY_CODE = {standard.code: standard for standard in STANDARDS}


@dataclass(frozen=True, slots=True)
class Crew:
    """One person on a shift."""

    worker: UUID
    part: str = Part.STAFF
    seat: str = Seat.WALKS


@dataclass(frozen=True, slots=True)
class ShiftPlan:
    """A shift to be. `joint_with`: other agencies that come along."""

    starts: datetime
    ends: datetime
    kind: str = OutingKind.VAN
    route: str = ""
    areas: tuple[UUID, ...] = ()
    joint_with: tuple[UUID, ...] = ()
    crew: tuple[Crew, ...] = ()
    hand_over: str = ""


class EndsBeforeItBegins(Exception):
    """A shift of no length, of a negative one, or of more than a day."""

    words = "A shift must end after it begins, and within a day."


def check_plan(plan: ShiftPlan) -> None:
    """Raises EndsBeforeItBegins."""
    if not 0 < (plan.ends - plan.starts).total_seconds() <= 24 * 3600:
        raise EndsBeforeItBegins


def of_crew(kind: str, crew: Iterable[Crew], trained: Collection[UUID]) -> dict[str, str]:
    """The standards that a crew alone decides. `trained`: who has outreach training in force on that day."""
    crew = list(crew)
    staff = {each.worker for each in crew if each.part == Part.STAFF}
    answers = {"two_trained": YES if len(staff & set(trained)) >= 2 else NO}
    if any(each.part == Part.VOLUNTEER for each in crew):
        answers["volunteers_extra"] = YES if len(staff) >= 2 else NO
    if kind != OutingKind.FOOT:
        seated = any(each.seat == Seat.PASSENGER and each.part == Part.STAFF for each in crew)
        answers["passenger_seat"] = YES if seated else NO
    return answers


def broken_by(plan: ShiftPlan, trained: Collection[UUID]) -> list[Standard]:
    """The standards that a planned shift would break."""
    return [BY_CODE[code] for code, answer in of_crew(plan.kind, plan.crew, trained).items() if answer == NO]


def met(
    kind: str, crew: Iterable[Crew], trained: Collection[UUID], asked: tuple[int, int], said: Mapping[str, str]
) -> list[tuple[Standard, str]]:
    """Every standard that applies with yes, no or not_known. `asked`: women asked where they stay, of women met."""
    answers = of_crew(kind, crew, trained)
    if asked[1]:
        answers["asked_staying"] = YES if asked[0] == asked[1] else NO
    answers |= {standard.code: said.get(standard.code, UNKNOWN) for standard in STANDARDS if standard.said}
    return [(standard, answers[standard.code]) for standard in STANDARDS if standard.code in answers]


def in_force(done_on: date, until: date | None, on: date) -> bool:
    return done_on <= on and (until is None or on <= until)
