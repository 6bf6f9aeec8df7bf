"""Forms of private matters."""

from typing import Any
from uuid import UUID

from django import forms

from alongside.foundation.kit.forms import PageForm
from alongside.register.people.codes import FieldGroup
from alongside.register.people.matrix import NAMED_FOR

LONGEST = 2000


def _text(label: str, hint: str, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"This must be {LONGEST:,} letters or fewer", "required": "Write what it is"},
    )


class MatterForm(PageForm):
    group = forms.ChoiceField(
        label="What is it about?", widget=forms.RadioSelect, error_messages={"required": "Choose what it is about"}
    )
    words = _text("What did she tell you?", "In her words. Nobody reads it but those named beside its kind.", True)
    risk = _text(
        "What must everyone here know to be safe with her?",
        "Only if there is something. More colleagues read this line than the one above.",
        False,
    )

    def __init__(self, seen_by: dict[FieldGroup, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            (group.value, f"{group.words}: read by {words}") for group, words in seen_by.items()
        ]


class NameForm(PageForm):
    group = forms.ChoiceField(
        label="For what?",
        choices=[(group.value, group.words) for group in NAMED_FOR],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for what"},
    )
    worker = forms.ChoiceField(label="Which colleague?", error_messages={"required": "Choose a colleague"})

    def __init__(self, colleagues: list[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [("", "Choose"), *((str(pk), name) for pk, name in colleagues)]  # type: ignore[attr-defined]
