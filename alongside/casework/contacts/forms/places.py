"""Naming an area, telling of a place, looking out for a woman."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from alongside.casework.contacts.codes import LookOutReason, NoticeKind
from alongside.casework.contacts.forms.shift import whole_day
from alongside.casework.contacts.rules.ground import MOST_BYTES, TOO_BIG, Boundary, BoundaryRefused, read_boundaries
from alongside.foundation.kit.fields import PartialDateField
from alongside.foundation.kit.forms import PageForm

UNTIL = {"1": "Tomorrow", "7": "A week", "14": "Two weeks", "28": "Four weeks"}


class AreaForm(PageForm):
    name = forms.CharField(
        label="Area",
        max_length=80,
        help_text="As workers say it, like Mill Lane",
        error_messages={"required": "Enter its name"},
    )


class BoundaryForm(PageForm):
    """A file with the boundaries of areas; `boundaries` after it was found good."""

    file = forms.FileField(
        label="The file",
        help_text="GeoJSON, as map programs export it: one shape for each area, each with a property called “name”."
        " At most 5 MB",
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
        error_messages={
            "required": "Choose the file with your areas",
            "empty": "This file is empty. Export the areas again, then choose it",
        },
    )
    boundaries: list[Boundary]

    def clean_file(self) -> None:
        given = self.cleaned_data["file"]
        try:
            if given.size > MOST_BYTES:
                raise BoundaryRefused(TOO_BIG)
            self.boundaries = read_boundaries(given.read())
        except BoundaryRefused as refused:
            raise forms.ValidationError(refused.words) from None


class TellForm(PageForm):
    """Of places, never of a person."""

    kind = forms.ChoiceField(label="What it is", choices=NoticeKind.choices(), widget=forms.RadioSelect)
    words = forms.CharField(
        label="Where, and what to know",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="A street or an area. Never the name of a person",
        error_messages={"required": "Enter where it is"},
    )
    since = PartialDateField(label="From", required=False, help_text="Empty: today")
    until = PartialDateField(label="Until", error_messages={"required": "Enter the last day"})

    def clean_since(self) -> date:
        typed = self.cleaned_data["since"]
        return whole_day(typed) if typed else timezone.localdate()

    def clean_until(self) -> date:
        return whole_day(self.cleaned_data["until"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day must not come before the first day")
        return given


class LookOutForm(PageForm):
    reason = forms.ChoiceField(label="Why", choices=LookOutReason.choices(), widget=forms.RadioSelect)
    words = forms.CharField(
        label="What to tell her or ask her", required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )
    days = forms.ChoiceField(label="For how long", choices=list(UNTIL.items()), initial="14")

    def until(self) -> date:
        return timezone.localdate() + timedelta(days=int(self.cleaned_data["days"]))
