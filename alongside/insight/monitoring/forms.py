"""Which return to count: a set of figures and a period."""

from typing import Any

from django import forms

from alongside.foundation.kit.forms import PageForm
from alongside.insight.monitoring.figures import Period


class WantedForm(PageForm):
    framework = forms.ChoiceField(label="Which return?")
    since = forms.DateField(
        label="First day",
        input_formats=["%Y-%m-%d"],
        widget=forms.TextInput(attrs={"type": "date", "width": 10}),
        error_messages={"required": "Enter the first day", "invalid": "Enter the first day as a date"},
    )
    until = forms.DateField(
        label="Last day",
        input_formats=["%Y-%m-%d"],
        widget=forms.TextInput(attrs={"type": "date", "width": 10}),
        error_messages={"required": "Enter the last day", "invalid": "Enter the last day as a date"},
    )

    def __init__(self, *args: Any, frameworks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["framework"].choices = frameworks  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", "The last day is before the first day")
        return given

    def ask_whether_all_the_same(self) -> None:
        """Ask whether days that cut across another return are meant."""
        self.fields["all_the_same"] = forms.BooleanField(
            label="These are the days I mean: count them all the same", required=False, widget=forms.CheckboxInput()
        )

    @property
    def all_the_same(self) -> bool:
        return self.data.get("all_the_same") == "on"

    def period(self) -> Period:
        return Period(self.cleaned_data["since"], self.cleaned_data["until"])


class PassageForm(PageForm):
    key = forms.ChoiceField(label="About which figure?", required=False)
    words = forms.CharField(
        label="What should be known beside it?",
        help_text="It goes out with the release. Leave out the name of any woman your agency knows.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what should be known"},
    )

    def __init__(self, *args: Any, figures: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [("", "All of the release"), *figures]  # type: ignore[attr-defined]
