"""What is asked of one who decides about a pair, and of one who records what a woman agreed to."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from alongside.foundation.kit.approximate import PartialDate
from alongside.foundation.kit.fields import PartialDateField
from alongside.foundation.kit.forms import ErrorItem, FieldView, PageForm
from alongside.register.people.codes import AcceptanceBasis, Judgement
from alongside.register.people.rules import months_after

JUDGEMENTS = [(each.value, each.words) for each in (Judgement.SAME, Judgement.NOT_SAME, Judgement.NOT_SURE)]
MONTHS = (("3", "3 months"), ("6", "6 months"), ("12", "12 months, the longest"))


class JudgementForm(PageForm):
    """Sent by one of three buttons."""

    judgement = forms.ChoiceField(
        label="Your answer", choices=JUDGEMENTS, error_messages={"required": "Choose an answer"}
    )
    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="A sentence helps whoever looks at this later. Please write no name here.",
        error_messages={"max_length": "Why must be 300 letters or fewer"},
    )

    def judged(self) -> Judgement:
        return Judgement(self.cleaned_data["judgement"])


class AcceptForm(PageForm):
    """Four questions, asked one a page; earlier answers are carried along."""

    basis = forms.ChoiceField(
        label="Why may agencies that work with her too know of your work with her?",
        choices=AcceptanceBasis.choices(),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why they may know"},
        help_text="Nobody is told anything unless another agency works with her and has asked her as well.",
    )
    how_asked = forms.CharField(
        label="How was she asked, or which law says so?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: we talked about it over tea, and she read the sheet. Write no other woman’s name.",
        error_messages={
            "required": "Say how she was asked",
            "max_length": "How she was asked must be 300 letters or fewer",
        },
    )
    asked_on = PartialDateField(
        label="When was that?",
        help_text="The day, like 27 3 2026.",
        error_messages={"required": "Give the day she was asked"},
    )
    months = forms.ChoiceField(
        label="For how long does it hold?",
        choices=MONTHS,
        widget=forms.RadioSelect,
        help_text="She can change her mind on any day before.",
        error_messages={"required": "Choose how long it holds"},
    )

    def clean_asked_on(self) -> date:
        given: PartialDate = self.cleaned_data["asked_on"]
        if given.day is None or given.month is None:
            raise ValidationError("The day she was asked must include a day, a month and a year")
        day = date(given.year, given.month, given.day)
        if day > timezone.localdate():
            raise ValidationError("The day she was asked can’t be in the future")
        if months_after(day, 12) < timezone.localdate():
            raise ValidationError("She was asked more than twelve months ago: ask her again")
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("asked_on") and given.get("months"):
            given["until"] = months_after(given["asked_on"], int(given["months"]))
            if given["until"] < timezone.localdate():
                self.add_error("months", "That time is over already: choose a longer one, or ask her again")
        return given

    def question(self) -> str:
        """The first question without a good answer; '' when all have one."""
        return next((name for name in self.fields if name in self.errors), "")

    def shown(self, asked: str) -> "Question":
        """The question to put now. Its fault is told only if it is the one that was `asked` and sent."""
        view = self.view(self.question())
        return Question(view if view.name == asked else replace(view, error=""), tuple(self._answered()))

    def _answered(self) -> Iterator[tuple[str, str]]:
        """(name, value) of the good answers so far, to be carried along unseen."""
        for name in self.fields:
            if name == self.question():
                return
            view = self.view(name)
            yield from [(part.name, part.value) for part in view.parts] or [(view.name, view.value)]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form, as a page shows it."""

    view: FieldView
    answered: tuple[tuple[str, str], ...]

    @property
    def errors(self) -> bool:
        return bool(self.view.error)

    def error_items(self) -> tuple[ErrorItem, ...]:
        return (ErrorItem(self.view.error, f"#{self.view.focus_id}"),) if self.errors else ()
