"""Opening a session, and the grid that is ticked."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone

from alongside.casework.contacts.actions import Came
from alongside.casework.contacts.codes import BroughtBy, ServiceHere, SessionKind
from alongside.casework.contacts.forms.shift import whole_day
from alongside.foundation.kit.fields import PartialDateField
from alongside.foundation.kit.forms import PageForm


class OpenForm(PageForm):
    kind = forms.ChoiceField(label="What", choices=SessionKind.choices(), widget=forms.RadioSelect, initial="dropin")
    services = forms.MultipleChoiceField(
        label="Who and what is here today",
        required=False,
        choices=ServiceHere.choices(),
        widget=forms.CheckboxSelectMultiple,
    )
    on = PartialDateField(
        label="Day, if not today", required=False, help_text="To type in a paper sheet of another day"
    )

    def clean_on(self) -> date:
        typed, today = self.cleaned_data["on"], timezone.localdate()
        day = whole_day(typed) if typed else today
        if day > today:
            raise forms.ValidationError("That day has not come yet")
        return day


class NewHere(PageForm):
    """A woman who is not on the grid."""

    called = forms.CharField(label="Someone new: what does she like to be called?", required=False, max_length=200)
    brought_by = forms.ChoiceField(
        label="Who brought her", required=False, choices=[("", "Not asked"), *BroughtBy.choices()]
    )


def ticked(data: QueryDict) -> tuple[list[Came], list[UUID]]:
    """What a grid says: who is here with what she used, and who on it is not. A service ticked is a woman here."""
    came, not_here = [], []
    for text in data.getlist("shown"):
        record = _id(text)
        if record is None:
            continue
        used = tuple(data.getlist(f"used-{text}"))
        if used or f"here-{text}" in data:
            came.append(Came(record, used, data.get(f"brought-{text}", "")))
        else:
            not_here.append(record)
    return came, not_here


def _id(text: Any) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
