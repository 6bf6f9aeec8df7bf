"""Fields that several forms of this room share."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from alongside.foundation.kit.approximate import PartialDate
from alongside.foundation.kit.fields import PartialDateField
from alongside.foundation.kit.forms import PageForm
from alongside.register.agencies.codes import Coded

LONGEST = 2000


def short_text(label: str, *, hint: str = "", width: int = 0, required: bool = False) -> forms.CharField:
    attrs = {"width": width} if width else {}
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=300, widget=forms.TextInput(attrs=attrs)
    )


def long_text(label: str, *, hint: str = "", required: bool = False, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": f"{label} must be {LONGEST:,} letters or fewer"},
    )


def radios(label: str, codes: type[Coded], *, hint: str = "", initial: Any = None) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=codes.choices(), widget=forms.RadioSelect, help_text=hint, initial=initial
    )


def ticks(label: str, choices: list[tuple[str, str]], *, hint: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, help_text=hint, required=False
    )


def day_field(label: str, hint: str = "The day, like 27 3 2026.", required: bool = True) -> PartialDateField:
    return PartialDateField(label=label, help_text=hint, required=required)


def day_of(form: PageForm, name: str, *, may_come: bool = False) -> date:
    """The whole day typed into a field. Raises ValidationError for a part of a day, or one that is still to come."""
    given: PartialDate | None = form.cleaned_data[name]
    label = form.fields[name].label
    if given is None or given.day is None or given.month is None:
        raise ValidationError(f"{label} Give a day, a month and a year")
    day = date(given.year, given.month, given.day)
    if day > timezone.localdate() and not may_come:
        raise ValidationError(f"{label} The day can’t be in the future")
    return day


def partial(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
