"""Making a forum, choosing who sits on it, and bringing a woman to a meeting."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms

from alongside.foundation.kit.forms import PageForm
from alongside.foundation.kit.show import day
from alongside.register.agencies.codes import MEETS
from alongside.register.people.rules import MEETS_WITHIN

STAYS = (("7", "A week after the meeting"), ("14", "Two weeks after it"), ("28", "Four weeks after it"))


class NewForumForm(PageForm):
    name = forms.CharField(
        label="What is it called?",
        max_length=80,
        help_text="She reads this when she is asked: “Thursday panel”. Write no place and no woman’s name.",
        error_messages={"required": "Enter what the forum is called"},
    )
    purpose = forms.ChoiceField(
        label="What does it meet for?",
        choices=[(purpose.value, f"{words[:1].upper()}{words[1:]}") for purpose, words in MEETS.items()],
        widget=forms.RadioSelect,
        help_text="What a woman agrees to is used for this, and for nothing else.",
        error_messages={"required": "Choose what it meets for"},
    )


class SeatForm(PageForm):
    worker = forms.ChoiceField(
        label="Who sits on it too?",
        help_text="She reads what each woman on the list agreed to, while the woman is on it. Her colleagues do not.",
        error_messages={"required": "Choose who sits on it"},
    )

    def __init__(self, people: Sequence[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [("", "Choose"), *((str(pk), words) for pk, words in people)]  # type: ignore[attr-defined]


class BringForm(PageForm):
    forum = forms.ChoiceField(
        label="To which forum?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a forum"},
    )
    meets_on = forms.ChoiceField(
        label="When does it meet?",
        help_text="Those who sit on it can read from today, so that they come prepared.",
        error_messages={"required": "Choose the day of the meeting"},
    )
    stays = forms.ChoiceField(
        label="Until when does she stay on the list?", choices=STAYS, initial="7", widget=forms.RadioSelect
    )

    def __init__(self, forums: Sequence[tuple[UUID, str]], today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [today + timedelta(days=number) for number in range(MEETS_WITHIN.days + 1)]
        self.fields["forum"].choices = [(str(pk), words) for pk, words in forums]  # type: ignore[attr-defined]
        named = [(each.isoformat(), f"{each:%A} {day(each)}") for each in days]
        self.fields["meets_on"].choices = [("", "Choose"), *named]  # type: ignore[attr-defined]
        if len(forums) == 1:
            self.fields["forum"].initial = str(forums[0][0])

    def told(self) -> dict[str, Any]:
        meets_on = date.fromisoformat(self.cleaned_data["meets_on"])
        last = meets_on + timedelta(days=int(self.cleaned_data["stays"]))
        return {"forum": UUID(self.cleaned_data["forum"]), "meets_on": meets_on, "until": last}
