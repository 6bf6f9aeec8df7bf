"""A place and its hours, as one writes them on a door."""

from typing import Any

from django import forms

from alongside.casework.directory.actions import PlaceTold
from alongside.casework.directory.codes import Offers, Weekday
from alongside.casework.directory.rules import NotHours, Span, read_spans
from alongside.foundation.kit.forms import PageForm


class PlaceForm(PageForm):
    name = forms.CharField(label="Name", max_length=60, error_messages={"required": "Enter the name of the place"})
    offers = forms.MultipleChoiceField(
        label="What is there",
        choices=Offers.choices(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what is there"},
    )
    where = forms.CharField(
        label="Where",
        required=False,
        max_length=100,
        help_text="It is printed on a card that others may find. Leave it empty where the door must stay secret",
    )
    phone = forms.CharField(label="Phone", required=False, max_length=30)
    about = forms.CharField(
        label="For whom, and how to get in", required=False, max_length=160, help_text="Like: women only; ring twice"
    )
    always = forms.BooleanField(label="Open day and night", required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for day in Weekday:
            self.fields[f"day_{day.value}"] = forms.CharField(
                label=day.words, required=False, max_length=60, widget=forms.TextInput({"width": 20})
            )
        self.fields["day_0"].help_text = "Like 10:00-16:00; several with a comma; nothing for closed"

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for day in Weekday:
            try:
                given[f"spans_{day.value}"] = read_spans(int(day.value), given.get(f"day_{day.value}", ""))
            except NotHours as fault:
                self.add_error(f"day_{day.value}", f"{day.words}: {fault.words[0].lower()}{fault.words[1:]}")
        if not self.errors and not given["where"] and not given["phone"]:
            self.add_error("phone", "Enter where it is, or a telephone number, or both")
        return given

    def told(self) -> PlaceTold:
        given = self.cleaned_data
        spans: list[Span] = [] if given["always"] else [each for day in Weekday for each in given[f"spans_{day.value}"]]
        texts = {name: " ".join(given[name].split()) for name in ("name", "where", "phone", "about")}
        return PlaceTold(
            offers=tuple(Offers(each) for each in given["offers"]), always=given["always"], spans=tuple(spans), **texts
        )
