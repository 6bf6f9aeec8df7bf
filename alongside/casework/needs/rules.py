"""What may be written down, and what of several answers holds on a day. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol, TypeVar

from alongside.casework.needs.codes import QUESTIONS, Answer, Subject

Told = Mapping[Subject, Answer | None]  # None: what stood for this day is taken back


class NotAnAnswer(Exception):
    """Words that say what to do."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(words)


NOTHING = "Choose an answer to at least one question."
FUTURE = "That day has not come yet. Check the day."
MEANWHILE = "Someone else wrote this down at the same moment. Load the page again and look at what stands there."


class Dated(Protocol):
    @property
    def subject(self) -> Subject: ...

    @property
    def on(self) -> date: ...


T = TypeVar("T", bound=Dated)


def checked(told: Told, on: date, today: date) -> Told:
    """Raises NotAnAnswer: nothing told, a day to come, or an answer that the question does not have."""
    if not told:
        raise NotAnAnswer(NOTHING)
    if on > today:
        raise NotAnAnswer(FUTURE)
    for subject, answer in told.items():
        if answer is not None and answer not in QUESTIONS[subject].answers:
            raise NotAnAnswer(f"“{answer.words}” is no answer to “{subject.words}”. Choose one of the list.")
    return told


def latest(rows: Iterable[T]) -> dict[Subject, T]:
    """Of each subject the row of its latest day; rows of one day and subject there are none."""
    found: dict[Subject, T] = {}
    for row in rows:
        if row.subject not in found or row.on > found[row.subject].on:
            found[row.subject] = row
    return found
