"""What is asked about beds, stays and lists. Every answer is a code or a day: no free text."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from alongside.casework.accommodation.codes import (
    AwayKind,
    BedKind,
    BlockedBy,
    EndReason,
    Need,
    Source,
    Staffed,
    Step,
    Takes,
    TaskKind,
    VoidReason,
    WaitingEnd,
    WhereTo,
)
from alongside.casework.accommodation.rules import DEFAULT_ORDER, LONDON
from alongside.foundation.kit.forms import PageForm

HOURS = (("2", "2 hours"), ("4", "4 hours"), ("12", "12 hours"), ("24", "A day"), ("72", "3 days"))
PLACES = ("first", "second", "third", "fourth")
UTC = ZoneInfo("UTC")


class WhenField(forms.CharField):
    """A day and a time in London; empty means now. An hour that came twice is taken as the first of the two."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, widget=forms.TextInput(attrs={"type": "datetime-local", "width": 20}), **kwargs
        )

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            read = parse_datetime(text)
        except ValueError:
            read = None
        if read is None or read.tzinfo is not None:
            raise ValidationError(f"{self.label} must be a day and a time, like 22/11/2026 21:05")
        moment = read.replace(tzinfo=LONDON).astimezone(UTC)
        if moment.astimezone(LONDON).replace(tzinfo=None) != read:
            raise ValidationError(f"{read:%H:%M} did not come that night: the clocks went forward. Enter an hour later")
        return moment


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.TextInput(attrs={"type": "date", "width": 10}),
            error_messages={"invalid": f"{kwargs.get('label', 'The day')} must be a real date"},
            **kwargs,
        )


def _choice(label: str, kind: Any, required: bool = True, **kwargs: Any) -> forms.ChoiceField:
    empty = [] if required else [("", "Not said here")]
    return forms.ChoiceField(label=label, choices=[*empty, *kind.choices()], required=required, **kwargs)


class GiveForm(PageForm):
    """`woman`: her record, and the stay that she leaves for this bed where she has one."""

    woman = forms.ChoiceField(
        label="Who gets this bed?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose who gets this bed",
            "invalid_choice": "She is not on the list any more. Choose again",
        },
    )
    begins = WhenField(label="Since when, if not now")

    def __init__(self, choices: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["woman"].choices = list(choices)  # type: ignore[attr-defined]


class HoldForm(PageForm):
    hours = forms.ChoiceField(label="For how long?", choices=HOURS, initial="4")


class VoidForm(PageForm):
    reason = _choice("Why is it not in use?", VoidReason)
    until = DayField(label="Until which day, if you know", required=False)


class EndForm(PageForm):
    reason = _choice("Why did her stay end?", EndReason, widget=forms.RadioSelect)
    where_to = _choice("Where did she go?", WhereTo, initial=WhereTo.NOT_ASKED)
    ends = WhenField(label="When, if not now")


class AwayForm(PageForm):
    kind = _choice("Where is she?", AwayKind)
    begins = WhenField(label="Since when, if not now")
    back_on = DayField(label="Expected back on, if known", required=False)


class BlockedForm(PageForm):
    to_step = _choice("Ready to move to", Step)
    reason = _choice("What is in the way?", BlockedBy)


class ExpectedForm(PageForm):
    leaves_on = DayField(label="Expected to move on", required=False)


class TaskForm(PageForm):
    kind = _choice("What is to do?", TaskKind)
    due_on = DayField(label="By which day?")


class NeedsForm(PageForm):
    needs = forms.MultipleChoiceField(
        label="What holds for her now?",
        choices=Need.choices(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    leaves_on = DayField(label="The day she leaves prison, hospital or treatment", required=False)

    def told(self) -> dict[str, Any]:
        return {
            "needs": [Need(each) for each in self.cleaned_data["needs"]],
            "leaves_on": self.cleaned_data["leaves_on"],
        }


class JoinForm(NeedsForm):
    """`unit`: one of the agency's own houses."""

    unit = forms.ChoiceField(label="For which house?", widget=forms.RadioSelect)
    source = _choice("Who asked for her?", Source)
    is_emergency = forms.BooleanField(label="She needs an emergency bed tonight", required=False)
    field_order = ("unit", "source", "needs", "leaves_on", "is_emergency")

    def __init__(self, houses: Sequence[tuple[Any, str, bool]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(str(pk), name) for pk, name, _ in houses]  # type: ignore[attr-defined]
        self.with_emergency = {str(pk) for pk, _, keeps in houses if keeps}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("is_emergency") and cleaned.get("unit") and cleaned["unit"] not in self.with_emergency:
            self.add_error("is_emergency", "This house keeps no emergency bed. Choose a house that does")
        return cleaned


class LeaveForm(PageForm):
    ended_as = forms.ChoiceField(
        label="Why does she wait no more?",
        choices=[each for each in WaitingEnd.choices() if each[0] != WaitingEnd.PLACED],
    )


class OrderForm(PageForm):
    """What comes first on the list, then second, and so on; who has waited longest comes first among equals."""

    first = _choice("First", Need, required=False)
    second = _choice("Then", Need, required=False)
    third = _choice("After that", Need, required=False)
    fourth = _choice("And after that", Need, required=False)

    @staticmethod
    def started_from(order: Sequence[Need]) -> dict[str, str]:
        return dict(zip(PLACES, (str(each) for each in order or DEFAULT_ORDER), strict=False))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        told = [cleaned[place] for place in PLACES if cleaned.get(place)]
        if len(set(told)) < len(told):
            raise ValidationError("Each reason can stand in the order once")
        return cleaned

    def order(self) -> list[str]:
        return [self.cleaned_data[place] for place in PLACES if self.cleaned_data[place]]


class HouseForm(PageForm):
    name = forms.CharField(
        label="What is the house called?",
        max_length=80,
        help_text="Everyone in the partnership reads this. Write no address and no woman’s name.",
    )
    service = forms.ChoiceField(label="Under which of your services are women referred to it?", required=False)
    step = _choice("Which step of the pathway is it?", Step)
    staffed = _choice("When are staff there?", Staffed, widget=forms.RadioSelect, initial=Staffed.ALWAYS)
    takes = forms.MultipleChoiceField(
        label="Who may live there?",
        choices=Takes.choices(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=[Takes.WOMEN_ONLY],
    )
    leads_to = forms.MultipleChoiceField(
        label="Where do women go on to?", choices=Step.choices(), required=False, widget=forms.CheckboxSelectMultiple
    )
    emergency_minutes = forms.IntegerField(
        label="Minutes in which an emergency bed is given",
        required=False,
        min_value=1,
        max_value=1440,
        help_text="Leave it empty if the house keeps no emergency bed",
    )

    def __init__(self, services: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [("", "None of them"), *services]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "service": UUID(typed["service"]) if typed["service"] else None,
            "name": typed["name"].strip(),
            "step": Step(typed["step"]),
            "staffed": Staffed(typed["staffed"]),
            "takes": [Takes(each) for each in typed["takes"]],
            "leads_to": [Step(each) for each in typed["leads_to"]],
            "emergency_minutes": typed["emergency_minutes"],
        }


class BedsForm(PageForm):
    number = forms.IntegerField(label="How many more?", min_value=1, max_value=100)
    kind = _choice("What are they?", BedKind)
    opened_on = DayField(label="Open from which day?", initial=timezone.localdate)
    is_emergency = forms.BooleanField(label="Kept for emergencies", required=False)


def _more(words: str) -> forms.IntegerField:
    return forms.IntegerField(label=words, min_value=0, max_value=50, initial=0, required=False)


class WhatIfForm(PageForm):
    """How many more places of each step, and how much shorter other waits."""

    flat = _more("More move-on flats")
    second_stage = _more("More second-stage places")
    first_stage = _more("More first-stage places")
    high_support = _more("More high-support places")
    quicker = forms.IntegerField(
        label="Waits for detox or rehab shorter by, in per cent",
        min_value=0,
        max_value=90,
        initial=0,
        required=False,
    )

    def told(self) -> dict[str, Any]:
        steps = (Step.FLAT, Step.SECOND_STAGE, Step.FIRST_STAGE, Step.HIGH_SUPPORT)
        return {
            "more": {step: self.cleaned_data[step.value] or 0 for step in steps},
            "quicker": self.cleaned_data["quicker"] or 0,
        }


def next_day(day: date | None) -> datetime | None:
    """The end of what lasts until a day: the midnight after it."""
    if day is None:
        return None
    after = day + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=LONDON)
