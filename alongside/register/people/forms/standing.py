"""Forms of what changes how a record is handled."""

from datetime import date

from django import forms
from django.utils import timezone

from alongside.foundation.kit.approximate import PartialDate
from alongside.foundation.kit.fields import PartialDateField
from alongside.foundation.kit.forms import PageForm
from alongside.register.people.codes import StandingKind


class StandingForm(PageForm):
    kind = forms.ChoiceField(
        label="What happened?",
        choices=[(StandingKind.DIED, "She has died"), (StandingKind.UNDER_18, "We found out that she is under 18")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened"},
    )
    on = PartialDateField(
        label="The day",
        help_text="The day she died, or the day she will be 18. Leave it empty if you do not know.",
        required=False,
    )
    words = forms.CharField(
        label="How do you know?",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only your agency reads this.",
        error_messages={"max_length": "This must be 300 letters or fewer"},
    )

    def clean(self) -> None:
        given: PartialDate | None = self.cleaned_data.get("on")
        if given is None:
            return
        if given.day is None or given.month is None:
            self.add_error("on", "Give the whole day, or leave it empty")
            return
        day, today = date(given.year, given.month, given.day), timezone.localdate()
        if self.cleaned_data.get("kind") == StandingKind.DIED and day > today:
            self.add_error("on", "The day she died can’t be in the future")
        if self.cleaned_data.get("kind") == StandingKind.UNDER_18 and day <= today:
            self.add_error("on", "On that day she is 18 already")
        self.cleaned_data["on"] = day


class ReasonForm(PageForm):
    words = forms.CharField(
        label="Why do you need to read it?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Say why you need to read it",
            "max_length": "This must be 300 letters or fewer",
        },
    )
