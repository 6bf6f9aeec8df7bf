"""What came in, went out or was counted; a new shelf."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from alongside.casework.supplies.codes import STOCKED, Item, Why
from alongside.casework.supplies.rules import MOST
from alongside.foundation.kit.forms import PageForm

BY_HAND = tuple(why for why in Why if why is not Why.GIVEN)  # what a woman was given comes with her contact


def _amount(label: str) -> forms.IntegerField:
    words = f"{label}: enter a whole number up to {MOST}"
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST,
        widget=forms.NumberInput({"width": 3}),
        error_messages={"invalid": words, "min_value": words, "max_value": words},
    )


class MoveForm(PageForm):
    shelf = forms.ChoiceField(label="Which shelf", widget=forms.RadioSelect)
    why = forms.ChoiceField(
        label="What happened",
        choices=[(why.value, why.words) for why in BY_HAND],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened"},
    )

    def __init__(self, data: Any = None, *, shelves: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["shelf"].choices = shelves  # type: ignore[attr-defined]
        self.fields["shelf"].initial = shelves[0][0] if shelves else ""
        for item in Item:
            self.fields[item.value] = _amount(item.words)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.amounts():
            raise forms.ValidationError("Enter how many of at least one thing")
        return given

    def amounts(self) -> Mapping[str, int]:
        """What was filled in. Nought counts only where the shelf was counted."""
        counted = self.cleaned_data.get("why") == Why.COUNTED
        told = {item.value: self.cleaned_data.get(item.value) for item in Item}
        return {name: amount for name, amount in told.items() if amount or (counted and amount == 0)}

    def place(self) -> UUID:
        return UUID(self.cleaned_data["shelf"])


class ShelfForm(PageForm):
    name = forms.CharField(
        label="Name of the shelf",
        max_length=80,
        help_text="Like: Van, Office cupboard, Refill point at the chapel",
        error_messages={"required": "Enter a name for the shelf"},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="new")
        for item in STOCKED:
            self.fields[item.value] = _amount(f"{item.words}: order more at")

    def marks(self) -> Mapping[str, int]:
        return {item.value: amount for item in STOCKED if (amount := self.cleaned_data.get(item.value))}
