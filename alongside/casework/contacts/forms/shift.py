"""Planning a shift, ending it, and a course that a worker did."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from alongside.casework.contacts.codes import Course, OutingKind, Part, Seat
from alongside.casework.contacts.queries import RouteRow
from alongside.casework.contacts.rules.standards import STANDARDS, Crew, ShiftPlan
from alongside.foundation.kit.approximate import PartialDate
from alongside.foundation.kit.fields import PartialDateField
from alongside.foundation.kit.forms import PageForm

SEATS = 6
Choices = Sequence[tuple[str, str]]


def whole_day(typed: PartialDate | None) -> date:
    """A day with all its parts. Raises ValidationError."""
    if typed is None or typed.month is None or typed.day is None:
        raise forms.ValidationError("Enter a day, a month and a year, like 27 3 2026")
    return date(typed.year, typed.month, typed.day)


def _clock(text: str) -> time:
    try:
        return datetime.strptime(text.strip().replace(".", ":"), "%H:%M").time()
    except ValueError:
        raise forms.ValidationError("Enter a time of day, like 22:00") from None


def _box(label: str, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=5, widget=forms.TextInput({"width": 5}), **kwargs)


class PlanForm(PageForm):
    """A shift to be, for one night or for a number of weeks."""

    on = PartialDateField(label="Which night?", error_messages={"required": "Enter the day on which it starts"})
    starts = _box("From", initial="22:00", help_text="Like 22:00")
    ends = _box("Until", initial="03:00", help_text="Like 03:00; after midnight is the next day")
    weeks = forms.IntegerField(
        label="For how many weeks?",
        initial=1,
        min_value=1,
        max_value=53,
        widget=forms.NumberInput({"width": 2}),
        error_messages={"min_value": "Enter 1 to 53 weeks", "max_value": "Enter 1 to 53 weeks"},
    )
    kind = forms.ChoiceField(
        label="How", choices=OutingKind.choices(), initial=OutingKind.VAN, widget=forms.RadioSelect
    )
    route = forms.ChoiceField(label="Route", required=False)
    areas = forms.MultipleChoiceField(
        label="Areas", required=False, widget=forms.CheckboxSelectMultiple, help_text="None ticked: those of the route"
    )
    joint_with = forms.MultipleChoiceField(label="Together with", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        data: Any = None,
        *,
        workers: Choices = (),
        routes: Sequence[RouteRow] = (),
        areas: Choices = (),
        agencies: Choices = (),
    ) -> None:
        super().__init__(data)
        self.routes = {route.name: route.areas for route in routes}
        self.fields["route"].choices = [("", "No fixed route"), *((name, name) for name in self.routes)]  # type: ignore[attr-defined]
        self.fields["areas"].choices = areas  # type: ignore[attr-defined]
        self.fields["joint_with"].choices = agencies  # type: ignore[attr-defined]
        for number in range(SEATS):
            self._seat(number, workers)

    def _seat(self, number: int, workers: Choices) -> None:
        words = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")[number]
        choices = {
            "worker": (f"{words} person", [("", "Nobody"), *workers]),
            "part": (f"{words} person: as", Part.choices()),
            "seat": (f"{words} person: where", Seat.choices()),
        }
        for name, (label, given) in choices.items():
            first = {"worker": "", "part": Part.STAFF, "seat": Seat.DRIVER if number == 0 else Seat.PASSENGER}[name]
            self.fields[f"{name}_{number}"] = forms.ChoiceField(
                label=label, required=False, choices=given, initial=first if number < 2 or name != "seat" else Seat.BACK
            )

    def clean_on(self) -> date:
        return whole_day(self.cleaned_data["on"])

    def clean_starts(self) -> time:
        return _clock(self.cleaned_data["starts"])

    def clean_ends(self) -> time:
        return _clock(self.cleaned_data["ends"])

    def plan(self) -> ShiftPlan:
        given = self.cleaned_data
        starts = timezone.make_aware(datetime.combine(given["on"], given["starts"]))
        ends_on = given["on"] + timedelta(days=1 if given["ends"] <= given["starts"] else 0)
        seen: dict[UUID, Crew] = {}
        for number in range(SEATS):
            if worker := given.get(f"worker_{number}"):
                part, seat = given[f"part_{number}"] or Part.STAFF, given[f"seat_{number}"] or Seat.BACK
                seen[UUID(worker)] = Crew(UUID(worker), part, Seat.WALKS if given["kind"] == OutingKind.FOOT else seat)
        return ShiftPlan(
            starts=starts,
            ends=timezone.make_aware(datetime.combine(ends_on, given["ends"])),
            kind=given["kind"],
            route=given["route"],
            areas=tuple(UUID(each) for each in given["areas"]) or self.routes.get(given["route"], ()),
            joint_with=tuple(UUID(each) for each in given["joint_with"]),
            crew=tuple(seen.values()),
        )


class RouteForm(PageForm):
    """A round with a name, and where it goes."""

    name = forms.CharField(
        label="Name of the route", max_length=80, error_messages={"required": "Enter a name, like Station round"}
    )
    areas = forms.MultipleChoiceField(label="Areas", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, areas: Choices = ()) -> None:
        super().__init__(data)
        self.fields["areas"].choices = areas  # type: ignore[attr-defined]


class EndForm(PageForm):
    """How it was, for the next ones out."""

    hand_over = forms.CharField(
        label="Hand-over note", required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for standard in STANDARDS:
            if standard.said:
                self.fields[standard.code] = forms.ChoiceField(
                    label=f"{standard.words}?",
                    required=False,
                    choices=[("yes", "Yes"), ("no", "No"), ("", "Not said")],
                    widget=forms.RadioSelect({"inline": True}),
                    initial="",
                )

    def said(self) -> Mapping[str, str]:
        return {name: answer for name, answer in self.cleaned_data.items() if name != "hand_over" and answer}


class TrainingForm(PageForm):
    worker = forms.ChoiceField(label="Who")
    course = forms.ChoiceField(label="Course", choices=Course.choices())
    done_on = PartialDateField(label="Done on", error_messages={"required": "Enter the day on which it was done"})
    until = PartialDateField(label="Counts until", required=False)

    def __init__(self, data: Any = None, *, workers: Choices = ()) -> None:
        super().__init__(data)
        self.fields["worker"].choices = workers  # type: ignore[attr-defined]

    def clean_done_on(self) -> date:
        return whole_day(self.cleaned_data["done_on"])

    def clean_until(self) -> date | None:
        typed = self.cleaned_data["until"]
        return whole_day(typed) if typed else None
