"""What is asked on the pages about phones."""

from typing import Any

from django import forms

from alongside.foundation.kit.forms import PageForm
from alongside.phone.codes import AsideFor
from alongside.phone.filing import LARGEST_FILE, HandedIn, NotAPhonesFile, read_file


class SealedFile(PageForm):
    file = forms.FileField(
        label="The phone’s sealed file",
        help_text="On the phone: This phone, then “Save what waits as a sealed file”. It is called waiting.sealed.",
    )

    def clean_file(self) -> HandedIn:
        given = self.cleaned_data["file"]
        if given.size > LARGEST_FILE:
            raise forms.ValidationError("The file is too large to be a phone’s: choose waiting.sealed")
        try:
            return read_file(given.read())
        except NotAPhonesFile:
            raise forms.ValidationError("This is not a phone’s sealed file, or a part of it is missing") from None

    def handed_in(self) -> HandedIn:
        found: HandedIn = self.cleaned_data["file"]
        return found


class TakeIn(PageForm):
    """What may be changed before a held envelope is tried again. Fields are there only where they are needed."""

    def __init__(self, *args: Any, areas: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if areas is not None:
            choices = [("", "No area"), *areas]
            self.fields["area"] = forms.ChoiceField(label="In which area was it?", choices=choices, required=False)


class SetAside(PageForm):
    why = forms.ChoiceField(label="Why is it not needed?", choices=AsideFor.choices(), widget=forms.RadioSelect)
