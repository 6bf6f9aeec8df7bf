"""What she is asked about sharing, one question a page, and whom she wants kept out."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from alongside.foundation.kit.forms import FieldView, PageForm
from alongside.register.people.codes import ASKED, ExclusionReason, FieldGroup, Purpose
from alongside.register.people.forms.review import Question
from alongside.register.people.rules import months_after

SKIPPED, SKIP, QUESTION = "skipped", "skip", "question"
NOBODY = "nobody"
MONTHS = (("3", "3 months"), ("6", "6 months"), ("12", "A year. That is the longest"))
FORUM = "forum:"  # before the id of one, among the answers to whom she lets know
SHORTEST = 3  # months, where she would rather not say
NEEDED = ("agency", "groups")  # without an answer to these nothing is kept
WITHOUT_ANSWER = "Choose an answer, or skip this"


class TalkForm(PageForm):
    """Asked of her in plain words. Every question can be skipped; skipping shares less, never more."""

    agency = forms.ChoiceField(
        label="Who may we talk to about you?",
        required=False,
        widget=forms.RadioSelect,
        help_text="You get the same help whatever you say. You can change your mind on any day.",
    )
    groups = forms.MultipleChoiceField(
        label="What may we tell them?",
        required=False,
        choices=[(group.value, words) for group, words in ASKED.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="Only what you tick, and nothing else. They are not asked to tell us anything about you.",
    )
    purpose = forms.ChoiceField(
        label="What may they use it for?", required=False, choices=Purpose.choices(), widget=forms.RadioSelect
    )
    months = forms.ChoiceField(
        label="For how long?",
        required=False,
        choices=MONTHS,
        widget=forms.RadioSelect,
        help_text="It ends by itself after that. You can end it on any day before.",
    )
    how_asked = forms.CharField(
        label="How did we talk about this?",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For us to remember: where, and in which words. Write no other woman’s name.",
        error_messages={"max_length": "How you talked about it must be 300 letters or fewer"},
    )

    def __init__(
        self,
        receivers: Sequence[tuple[UUID, str]],
        forums: Sequence[tuple[UUID, str, Purpose]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.forums = {f"{FORUM}{pk}": purpose for pk, _, purpose in forums}
        named = [(NOBODY, "Nobody"), *((str(pk), name) for pk, name in receivers)]
        self.fields["agency"].choices = [*named, *((f"{FORUM}{pk}", words) for pk, words, _ in forums)]  # type: ignore[attr-defined]
        if self.data.get("agency") in self.forums:
            del self.fields["purpose"]  # a forum has its own, and she has read it

    def view(self, name: str) -> FieldView:
        """Her questions do not say "optional": each has its own button to skip it."""
        view = super().view(name)
        return replace(view, label=view.label.removesuffix(" (optional)"))

    def skipped(self) -> set[str]:
        """The questions that she skipped, this one too."""
        told = set(self.data.getlist(SKIPPED)) if self.is_bound else set()  # type: ignore[attr-defined]
        return told | ({self.data[QUESTION]} if SKIP in self.data else set())

    def question(self) -> str:
        """The question to put now; '' when all are answered or skipped."""
        self.is_valid()
        skipped = self.skipped()
        for name in self.fields:
            if name in self.errors or not (name in skipped or self.data.get(name)):
                return name
        return ""

    def shown(self) -> "Question":
        name = self.question()
        view = self.view(name)
        asked = self.is_bound and self.data.get(QUESTION) == name and SKIP not in self.data
        error = view.error or (WITHOUT_ANSWER if asked else "")
        return Question(replace(view, error=error), tuple(self.answered()))

    def answered(self) -> Iterator[tuple[str, str]]:
        """(name, value) of all answers so far, and of what was skipped: carried along unseen."""
        for name in self.fields:
            if name == self.question():
                return
            if name in self.skipped():
                yield SKIPPED, name
            else:
                yield from ((name, value) for value in self.data.getlist(name))  # type: ignore[attr-defined]

    def is_no(self) -> bool:
        """Whether she said nobody, or skipped what nothing can be kept without."""
        return self.data.get("agency") == NOBODY or not self.skipped().isdisjoint(NEEDED)

    def agreed(self) -> "Agreed":
        """What she agreed, once there is no question left."""
        given, today = self.cleaned_data, timezone.localdate()
        purpose, to = self.forums.get(given["agency"]), UUID(given["agency"].removeprefix(FORUM))
        return Agreed(
            agency=None if purpose else to,
            forum=to if purpose else None,
            to_name=dict(self.fields["agency"].choices)[given["agency"]],  # type: ignore[attr-defined]
            groups=tuple(FieldGroup(each) for each in given["groups"]),
            purpose=purpose or Purpose(given["purpose"] or Purpose.SUPPORT),
            until=months_after(today, int(given["months"] or SHORTEST)),
            how_asked=given["how_asked"],
        )


@dataclass(frozen=True, slots=True)
class Agreed:
    agency: UUID | None
    forum: UUID | None
    to_name: str
    groups: Collection[FieldGroup]
    purpose: Purpose
    until: date
    how_asked: str

    @property
    def asked(self) -> list[str]:
        return [ASKED[group] for group in self.groups]


class KeepOutForm(PageForm):
    who = forms.ChoiceField(label="Who is it?", error_messages={"required": "Choose who is to be kept out"})
    reason = forms.ChoiceField(
        label="Why?",
        choices=[each for each in ExclusionReason.choices() if each[0] != ExclusionReason.CONFLICT],
        initial=ExclusionReason.SHE_ASKED,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="Anything to remember about it",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only colleagues who may see her record read this.",
        error_messages={"max_length": "This must be 300 letters or fewer"},
    )

    def __init__(self, people: Sequence[tuple[str, Sequence[tuple[str, str]]]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", "Choose"), *people]  # type: ignore[attr-defined]
