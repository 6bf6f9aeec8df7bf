"""Forms of plans, targets, questions, answers, files."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from alongside.foundation.kit.forms import PageForm
from alongside.insight.commissioning.actions import Agreed
from alongside.insight.commissioning.areas import Printed
from alongside.insight.commissioning.codes import Aim, Measure
from alongside.insight.commissioning.filling import TEMPLATE_BYTES
from alongside.insight.monitoring.figures import Period

WHOLE = ""  # the partnership's own plan
Choices = Sequence[tuple[str, str]]


def _day(label: str, what: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=forms.TextInput(attrs={"type": "date", "width": 10}),
        error_messages={"required": f"Enter the {what} day", "invalid": f"Enter the {what} day as a date"},
    )


class _Period(PageForm):
    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", "The last day is before the first day")
        return given

    def period(self) -> Period:
        return Period(self.cleaned_data["since"], self.cleaned_data["until"])


class PlanForm(_Period):
    name = forms.CharField(
        label="What is it called?", max_length=120, help_text="“Grant 2026–27”, say. No woman’s name."
    )
    service = forms.ChoiceField(label="What is it for?", required=False)
    funder = forms.ChoiceField(label="Who pays?", required=False)
    framework = forms.ChoiceField(label="Which figures?")
    since = _day("First day", "first")
    until = _day("Last day", "last")
    about = forms.IntegerField(
        label="How many women is it about?", required=False, min_value=1, max_value=1_000_000,
        widget=forms.NumberInput(attrs={"width": 4}),
    )  # fmt: skip
    about_source = forms.CharField(
        label="Who says so?", required=False, max_length=120, help_text="“A police estimate”, say."
    )

    def __init__(
        self, *args: Any, services: Choices, funders: Choices, frameworks: Choices, whole: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        own = [(WHOLE, "The whole partnership")] if whole else []
        self.fields["service"].choices = [*own, *services]  # type: ignore[attr-defined]
        self.fields["service"].required = not whole
        self.fields["funder"].choices = [("", "Nobody in particular"), *funders]  # type: ignore[attr-defined]
        self.fields["framework"].choices = frameworks  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("about") and not given.get("about_source"):
            self.add_error("about_source", "Say who counted or estimated how many women it is about")
        return given

    def service_id(self) -> UUID | None:
        chosen = self.cleaned_data["service"]
        return UUID(chosen) if chosen else None

    def agreed(self) -> Agreed:
        given = self.cleaned_data
        funder = UUID(given["funder"]) if given["funder"] else None
        return Agreed(
            given["name"], given["framework"], self.period(), funder, given["about"], given["about_source"]
        )  # fmt: skip


class TargetForm(PageForm):
    key = forms.ChoiceField(label="Which figure?")
    aim = forms.ChoiceField(label="At least or at most?", choices=Aim.choices(), initial=Aim.AT_LEAST.value)
    value = forms.IntegerField(
        label="How many, or how many per cent?", min_value=0, max_value=1_000_000,
        widget=forms.NumberInput(attrs={"width": 4}),
        error_messages={"required": "Enter a number", "invalid": "Enter a whole number"},
    )  # fmt: skip
    measure = forms.ChoiceField(label="Of what?", choices=Measure.choices(), initial=Measure.COUNT.value)

    def __init__(self, *args: Any, figures: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = figures  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("measure") != Measure.COUNT.value and (given.get("value") or 0) > 100:
            self.add_error("value", "A share goes up to 100 per cent")
        return given


class WordsForm(PageForm):
    words = forms.CharField(
        max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}), help_text="About the figure. No woman’s name."
    )

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
        self.fields["words"].error_messages["required"] = "Write what you want to say"


class AskForm(WordsForm):
    key = forms.ChoiceField(label="About which figure?")
    field_order = ("key", "words")

    def __init__(self, *args: Any, figures: Choices, **kwargs: Any) -> None:
        super().__init__(*args, label="What do you want to know?", **kwargs)
        self.fields["key"].choices = figures  # type: ignore[attr-defined]


class OldReturnForm(_Period):
    file = forms.FileField(
        label="The return",
        help_text="A spreadsheet or text file: one line for each figure, with its count and its percentage. Figures"
        " only: nothing about one woman.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
        error_messages={"required": "Choose the file of the return"},
    )
    title = forms.CharField(label="What is it called?", max_length=120)
    since = _day("First day of its period", "first")
    until = _day("Last day of its period", "last")
    out_of = forms.IntegerField(
        label="How many women in all, if the return does not say it in each block?", required=False, min_value=1,
        max_value=1_000_000, widget=forms.NumberInput(attrs={"width": 4}),
    )  # fmt: skip

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > TEMPLATE_BYTES:
            raise forms.ValidationError("A return is a small file: this one is larger than 5 MB. Choose another.")
        return given


class TemplateForm(PageForm):
    file = forms.FileField(
        label="The commissioner’s template",
        help_text="A workbook (.xlsx) whose cells have the names below. It is filled and given back; it is not kept.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "Choose the template"},
    )
    without_pictures = forms.BooleanField(
        label="Charts and pictures of the template may be left out", required=False, widget=forms.CheckboxInput()
    )

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > TEMPLATE_BYTES:
            raise forms.ValidationError("A template is a small file: this one is larger than 5 MB. Choose another.")
        return given


class AreaForm(_Period):
    key = forms.ChoiceField(label="Beside which of our figures?")
    area = forms.CharField(label="Which area?", max_length=80)
    count = forms.IntegerField(
        label="How many, as printed there?", min_value=0, max_value=1_000_000,
        widget=forms.NumberInput(attrs={"width": 4}),
        error_messages={"required": "Enter the number as printed", "invalid": "Enter a whole number"},
    )  # fmt: skip
    of = forms.IntegerField(
        label="Out of how many, if the report says so?", required=False, min_value=0, max_value=1_000_000,
        widget=forms.NumberInput(attrs={"width": 4}),
    )  # fmt: skip
    since = _day("First day", "first")
    until = _day("Last day", "last")
    meaning = forms.CharField(
        label="What does it count there?",
        max_length=400,
        help_text="The definition in that area’s own words. Without it the figure can’t stand beside ours.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write down what that area counts"},
    )
    source = forms.CharField(
        label="Where is it printed?",
        max_length=200,
        error_messages={"required": "Write down where the figure is printed"},
    )

    def __init__(self, *args: Any, figures: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = figures  # type: ignore[attr-defined]

    def printed(self) -> Printed:
        given = self.cleaned_data
        return Printed(
            given["key"], given["area"], given["count"], given["of"], self.period(), given["meaning"], given["source"]
        )  # fmt: skip
