"""Forms of who leads."""

from typing import Any
from uuid import UUID

from django import forms

from alongside.foundation.kit.forms import PageForm

Choices = list[tuple[UUID, str]]


def _offered(choices: Choices) -> list[tuple[str, str]]:
    return [("", "Choose"), *((str(pk), name) for pk, name in choices)]


class LeadForm(PageForm):
    worker = forms.ChoiceField(label="Who leads from now on?", error_messages={"required": "Choose who leads"})

    def __init__(self, colleagues: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = _offered(colleagues)  # type: ignore[attr-defined]


class OfferForm(PageForm):
    agency = forms.ChoiceField(label="Which agency is asked?", error_messages={"required": "Choose an agency"})
    reads_on = forms.ChoiceField(
        label="May our team read on for thirty days? Ask her.",
        choices=[("yes", "She agreed"), ("no", "She said no, or was not asked")],
        initial="no",
        widget=forms.RadioSelect,
    )

    def __init__(self, agencies: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = _offered(agencies)  # type: ignore[attr-defined]
