"""What a worker has when she looks a woman up: anything, and never all of it."""

from datetime import date

from django import forms

from alongside.foundation.kit.fields import ApproximateNumberField
from alongside.foundation.kit.forms import PageForm
from alongside.register.people.forms.record import marks_of
from alongside.register.people.known import Age, Known
from alongside.register.people.queries import Asked

LONGEST = 200


class LookUp(PageForm):
    words = forms.CharField(
        label="Name, nickname or street name",
        required=False,
        max_length=LONGEST,
        help_text="The beginning is enough. Spelling need not be right.",
    )
    age = ApproximateNumberField(
        label="About how old",
        required=False,
        help_text="30, about 30 or late 20s",
        widget=forms.TextInput({"width": 10}),
    )
    area = forms.CharField(label="Where she is seen", required=False, max_length=LONGEST)
    marks = forms.CharField(
        label="Mark or tattoo",
        required=False,
        max_length=LONGEST,
        help_text="Like: rose, left hand",
    )
    phone = forms.CharField(
        label="Phone",
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput({"inputmode": "tel", "width": 20}),
    )

    def asked(self, today: date) -> Asked | None:
        """What there is to go by; None when nothing is typed yet. A guess that can't be read yet is left out."""
        typed = self.cleaned_data
        age = typed.get("age")
        known = Known(
            names=(typed["words"],) if typed.get("words") else (),
            age=Age(age.low, age.high, today) if age else None,
            area=typed.get("area", ""),
            marks=marks_of(typed.get("marks", "")),
            phones=(typed["phone"],) if typed.get("phone") else (),
        )
        return Asked(known, today) if known != Known() else None
