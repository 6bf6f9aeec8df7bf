"""A note on her page, and how she may be reached."""

from collections.abc import Mapping
from typing import Any

from django import forms

from alongside.casework.contacts.codes import MayWe, Way
from alongside.casework.contacts.rules.told import LONGEST_NOTE
from alongside.foundation.kit.forms import PageForm


class NoteForm(PageForm):
    id = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="Add a note",
        max_length=LONGEST_NOTE,
        help_text="What went well, and what to know next time",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Write the note, then save it"},
    )


class SafeContactForm(PageForm):
    """What she says today. An answer that stays empty was not asked."""

    words = forms.CharField(
        label="How, and when",
        required=False,
        max_length=LONGEST_NOTE,
        help_text="Like: mornings only; ask for Jay; a withheld number",
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for way in Way:
            self.fields[way.value] = forms.ChoiceField(
                label=f"{way.words}?",
                required=False,
                choices=[("", "Not asked"), *MayWe.choices()],
                widget=forms.RadioSelect({"inline": True}),
                initial="",
            )

    def ways(self) -> Mapping[Way, str]:
        return {way: self.cleaned_data[way.value] for way in Way}
