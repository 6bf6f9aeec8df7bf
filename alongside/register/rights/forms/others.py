"""What is asked for disclosures, emergency looks, what she asks of us, keeping and breaches."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from alongside.foundation.kit.forms import PageForm
from alongside.register.people.codes import FieldGroup
from alongside.register.rights import rules
from alongside.register.rights.actions.sharing import Proposed
from alongside.register.rights.codes import (
    Authority,
    Decision,
    Exemption,
    Finding,
    Ground,
    Kind,
    Told,
    Way,
)
from alongside.register.rights.forms.fields import day_field, day_of, long_text, partial, radios, short_text, ticks

ASKED_WAYS = [each for each in Way.choices() if each[0] != Way.TIME_OVER]


class PlainForm(PageForm):
    """A step that asks nothing but the button."""


class WhyForm(PageForm):
    why = long_text("Why?", required=True)


class HowForm(PageForm):
    how = long_text("How was she told, and what was done?", required=True)


class DisclosureForm(PageForm):
    to_agency = forms.ChoiceField(label="With which agency?")
    ground = radios("On what ground?", Ground)
    groups = ticks("Which kinds of facts?", FieldGroup.choices(), hint="As few as will do.")
    necessity = long_text("Why is it necessary?", required=True)
    risk = long_text("What is the risk if it is not shared, and if it is?", required=True)
    told = radios("Is she told?", Told, initial=Told.UNDECIDED)
    told_words = short_text("When she will be told, or why not")
    review_on = day_field("When will you look at it again?")
    until = day_field("Until when is it shared?")

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_agency"].choices = [("", "Choose"), *agencies]  # type: ignore[attr-defined]

    def clean_review_on(self) -> date:
        return day_of(self, "review_on", may_come=True)

    def clean_until(self) -> date:
        return day_of(self, "until", may_come=True)

    def proposed(self) -> Proposed:
        typed = self.cleaned_data
        return Proposed(
            to_agency=UUID(typed["to_agency"]),
            ground=Ground(typed["ground"]),
            groups=tuple(map(FieldGroup, typed["groups"])),
            necessity=typed["necessity"],
            risk=typed["risk"],
            told=Told(typed["told"]),
            told_words=typed["told_words"],
            until=typed["until"],
            review_on=typed["review_on"],
        )


class LookForm(PageForm):
    held_by = forms.ChoiceField(label="Whose record?", widget=forms.RadioSelect)
    groups = ticks("Which kinds of facts do you need?", FieldGroup.choices(), hint="As few as will do.")
    reason = long_text(
        "What is happening?",
        required=True,
        hint="Whoever reviews this reads it. Do not write her name.",
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_by"].choices = choices  # type: ignore[attr-defined]


class FindingForm(PageForm):
    finding = radios("What did you find?", Finding)
    why = long_text("Why?", required=True)


class HerRequestForm(PageForm):
    code = short_text("Our code for her", required=True, width=10, hint="Like NL-7F3K-Q2MP, never a name.")
    kind = radios("What does she ask for?", Kind)
    way = forms.ChoiceField(label="How did she ask?", choices=ASKED_WAYS, widget=forms.RadioSelect)
    received_on = day_field("When?")
    said = long_text("In her words", hint="As short as she said it.")

    def clean_received_on(self) -> date:
        return day_of(self, "received_on")


class DecisionForm(PageForm):
    decision = radios("What do you decide?", Decision)
    why = long_text("The reason, as she will be told it", required=True)


class PackForm(PageForm):
    others = long_text(
        "Names of other people to take out",
        rows=5,
        hint="One on each line. They are taken out wherever they stand, in capitals or not.",
    )
    exemptions = ticks("What is held back, and why", Exemption.choices())
    held_back = long_text("Which parts are held back", hint="She is told that something is held back, and why.")


class RuleForm(PageForm):
    years = forms.IntegerField(
        label="Years after the last entry",
        min_value=1,
        max_value=100,
        widget=forms.NumberInput(attrs={"width": "3"}),
        error_messages={"min_value": "Years must be at least 1", "max_value": "Years must be 100 or fewer"},
    )
    authority = forms.CharField(label="Where that comes from", max_length=200)


class HoldForm(PageForm):
    authority = radios("Who asks for it?", Authority)
    why = long_text("Reference and reason", required=True)


class KeepOnForm(PageForm):
    until = day_field("Until when?")
    why = long_text("Why?", required=True)

    def clean_until(self) -> date:
        return day_of(self, "until", may_come=True)


class BreachForm(PageForm):
    said = long_text("What happened, as far as you know?", required=True, hint="No name of a woman.")
    known_on = day_field("On which day did you learn of it?")
    known_at = forms.TimeField(
        label="At what time?",
        help_text="Like 14:30. The 72 hours run from here.",
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TextInput(attrs={"width": "5"}),
        error_messages={"invalid": "Give a time like 14:30"},
    )
    worker = forms.ChoiceField(label="Whose reading shall be listed?", required=False)
    since = day_field("From which day?")
    until = day_field("To which day?")

    def __init__(self, *args: Any, workers: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everyone = [("", "Everyone’s"), *((str(id), name) for id, name in workers.items())]
        self.fields["worker"].choices = everyone  # type: ignore[attr-defined]

    def clean_known_on(self) -> date:
        return day_of(self, "known_on")

    def clean_since(self) -> date:
        return day_of(self, "since")

    def clean_until(self) -> date:
        return day_of(self, "until")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("known_on") and typed.get("known_at"):
            typed["known_since"] = datetime.combine(typed["known_on"], typed["known_at"], rules.LONDON)
        if typed.get("since") and typed.get("until") and typed["until"] < typed["since"]:
            raise ValidationError("The last day can’t be before the first")
        return typed


def now_in_boxes(now: datetime) -> dict[str, Any]:
    """First values of the breach form."""
    local = now.astimezone(rules.LONDON)
    today = partial(local.date())
    return {
        "known_on": today,
        "known_at": time(local.hour, local.minute).strftime("%H:%M"),
        "since": today,
        "until": today,
    }
