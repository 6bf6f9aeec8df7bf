"""What she tells, for one day: one choice a question, and "We did not ask" where nothing is said."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from alongside.casework.needs.codes import Answer, Kept, Question, Subject
from alongside.casework.needs.rules import Told
from alongside.foundation.kit.fields import PartialDateField, whole_day
from alongside.foundation.kit.forms import PageForm

TAKE_BACK = "taken_back"


class TellForm(PageForm):
    """One field a question, named by its subject."""

    on = PartialDateField(label="On which day?", required=False, help_text="Today, if you leave it empty")

    def __init__(self, data: Any = None, *, questions: Sequence[Question]) -> None:
        super().__init__(data)
        self.questions = questions
        for each in questions:
            nothing = "It did not happen, or we did not ask" if each.is_moment else "We did not ask"
            choices = [("", nothing), *((answer.value, answer.words) for answer in each.answers)]
            self.fields[each.subject.value] = forms.ChoiceField(
                label=each.subject.words,
                required=False,
                choices=[*choices, (TAKE_BACK, "Take back what stands for this day")],
            )

    def clean_on(self) -> date:
        return whole_day(self.cleaned_data["on"], timezone.localdate(), "The day")

    def parts(self) -> list[tuple[str, list[Any]]]:
        """The fields by kind of facts, as the page shows them."""
        return [
            (kept.words, [self.view(each.subject.value) for each in self.questions if each.kept is kept])
            for kept in Kept
            if any(each.kept is kept for each in self.questions)
        ]

    def told(self) -> Told:
        chosen = {each.subject: self.cleaned_data.get(each.subject.value, "") for each in self.questions}
        return {
            Subject(subject): None if value == TAKE_BACK else Answer(value)
            for subject, value in chosen.items()
            if value
        }
