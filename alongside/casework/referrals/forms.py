"""What is typed to refer a woman, to answer, to take back, and to write down that a service said no."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from alongside.casework.referrals.actions import Asked
from alongside.casework.referrals.codes import PASSED_ON, DeclineReason, HowAgreed, WithdrawReason
from alongside.foundation.kit.fields import PartialDateField, whole_day
from alongside.foundation.kit.forms import PageForm
from alongside.register.agencies.codes import ServiceKind, Source, Takes
from alongside.register.agencies.queries import ServiceRow
from alongside.register.people.codes import FieldGroup

ELSEWHERE = "elsewhere"
OPENS = (("0", "No, only what we pass on now"), ("3", "For 3 months"), ("6", "For 6 months"), ("12", "For a year"))
GROUP_WORDS = [(group.value, group.words) for group in PASSED_ON]


def service_words(service: ServiceRow) -> str:
    return f"{service.name}, {service.agency_name}"


class ReferForm(PageForm):
    """One page: where to, what she needs, what she agreed to pass on. `services`: those open to this agency."""

    service = forms.ChoiceField(label="Where to?", widget=forms.RadioSelect)
    groups = forms.MultipleChoiceField(
        label="What did she agree that we pass on?",
        required=False,
        choices=GROUP_WORDS,
        widget=forms.CheckboxSelectMultiple,
        help_text="They see it once they say yes. Before that they see what she needs, and her age within five years.",
    )
    needs = forms.MultipleChoiceField(
        label="What does she need?",
        required=False,
        choices=Takes.choices(),
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label="Why now, in her words",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="They read it once they say yes",
    )
    how_agreed = forms.ChoiceField(label="How did she agree?", choices=HowAgreed.choices(), widget=forms.RadioSelect)
    source = forms.ChoiceField(label="How does she come?", choices=Source.choices(), widget=forms.RadioSelect)
    for_worker = forms.ChoiceField(label="For one worker there", required=False)
    from_agency = forms.ChoiceField(label="On the paper or call of an outside agency", required=False)
    opens_months = forms.ChoiceField(
        label="Once they say yes, may they also read on in these parts of our record?",
        choices=OPENS,
        initial="0",
        required=False,
        help_text="As she agreed. She can end it on any day; it ends by itself after that time.",
    )
    asked_on = PartialDateField(label="When did she ask?", required=False, help_text="Today, if you leave it empty")

    def __init__(
        self,
        *args: Any,
        services: Sequence[ServiceRow],
        workers: Sequence[tuple[str, str]] = (),
        outside: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.services = {str(each.id): each for each in services}
        self._offer("service", [(id, service_words(each)) for id, each in self.services.items()])
        self._offer("for_worker", [("", "Anyone there"), *workers])
        self._offer("from_agency", [("", "No"), *outside])

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_asked_on(self) -> date:
        return whole_day(self.cleaned_data["asked_on"], timezone.localdate(), "When she asked")

    def asked(self) -> Asked:
        typed = self.cleaned_data
        return Asked(
            service=UUID(typed["service"]),
            source=Source(typed["source"]),
            groups=tuple(FieldGroup(group) for group in typed["groups"]),
            needs=tuple(Takes(need) for need in typed["needs"]),
            words=typed["words"],
            how_agreed=HowAgreed(typed["how_agreed"]),
            asked_on=typed["asked_on"],
            opens_months=int(typed["opens_months"] or 0),
            for_worker=UUID(typed["for_worker"]) if typed["for_worker"] else None,
            from_agency=UUID(typed["from_agency"]) if typed["from_agency"] else None,
        )


class StepForm(PageForm):
    """A step taken by one button. `what`: the step, with its reason or other service behind a colon."""

    what = forms.CharField(max_length=60, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.ChoiceField(required=False, choices=[("", ""), *DeclineReason.choices(), *WithdrawReason.choices()])
    other = forms.UUIDField(required=False)
    starts_on = forms.DateField(
        label="The day she can come",
        required=False,
        error_messages={"invalid": "The day she can come must be a real date, like 3 5 2026"},
    )
    on = forms.DateField(
        label="The day the answer came",
        required=False,
        error_messages={"invalid": "The day the answer came must be a real date, like 3 5 2026"},
    )

    def chosen(self) -> tuple[str, str]:
        """The step, and its reason: from the button or from the list beside it."""
        step, _, reason = self.cleaned_data["what"].partition(":")
        return step, reason or self.cleaned_data["reason"]


class TurnedAwayForm(PageForm):
    service = forms.ChoiceField(label="Which service said no?", widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label="If it is not in the list, what kind is it?",
        required=False,
        choices=[("", "It is in the list"), *ServiceKind.choices()],
    )
    reason = forms.ChoiceField(label="Why did it say no?", choices=DeclineReason.choices(), widget=forms.RadioSelect)
    on = PartialDateField(label="When?", required=False, help_text="Today, if you leave it empty")
    words = forms.CharField(label="What was said", required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, services: Sequence[ServiceRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)
        listed = [(str(each.id), service_words(each)) for each in services]
        field.choices = [*listed, (ELSEWHERE, "Another service")]

    def clean_on(self) -> date:
        return whole_day(self.cleaned_data["on"], timezone.localdate(), "The day")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("service") == ELSEWHERE and not cleaned.get("kind"):
            self.add_error("kind", "Choose what kind of service it is")
        return cleaned

    def told(self) -> Mapping[str, Any]:
        """What the action takes."""
        typed = self.cleaned_data
        elsewhere = typed["service"] == ELSEWHERE
        return {
            "service": None if elsewhere else UUID(typed["service"]),
            "kind": ServiceKind(typed["kind"]) if elsewhere else ServiceKind.HOSTEL,
            "reason": DeclineReason(typed["reason"]),
            "on": typed["on"],
            "words": typed["words"],
        }
