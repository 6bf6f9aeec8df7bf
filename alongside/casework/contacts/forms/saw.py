"""Saw someone: every answer may stay empty but where it was."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone

from alongside.casework.contacts.codes import NextStep, Outcome, PlaceKind, Staying, Topic, Worry
from alongside.casework.contacts.queries import Drawn
from alongside.casework.contacts.rules.told import LONGEST_NOTE
from alongside.casework.supplies.codes import STOCKED
from alongside.foundation.kit.forms import PageForm
from alongside.register.people.known import Known

NOT_ASKED = ("", "Not asked")
LONGEST = 200
WHEN = {"1": "Tomorrow", "3": "In three days", "7": "In a week", "14": "In two weeks", "28": "In four weeks"}
Choices = Sequence[tuple[str, str]]


def tonight_at(clock: str, now: datetime) -> datetime:
    """The latest past moment at which the clock showed `23:40`. Raises ValueError for no time of day."""
    read = datetime.strptime(clock.strip().replace(".", ":"), "%H:%M").time()
    local = timezone.localtime(now)
    moment = timezone.make_aware(datetime.combine(local.date(), read))
    if moment > now:
        moment = timezone.make_aware(datetime.combine(local.date() - timedelta(days=1), read))
    return moment


class SawForm(PageForm):
    """One contact. The page says whom it is with; without a record there is a nickname, or a description."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    called = forms.CharField(
        label="What does she like to be called?",
        required=False,
        max_length=LONGEST,
        help_text="A nickname is enough: it makes a record of your agency",
    )
    description = forms.CharField(
        label="Or, if she told no name, what helps to know her again",
        required=False,
        max_length=LONGEST,
        help_text="She counts too. No record is made",
    )
    outcome = forms.ChoiceField(
        label="How it went", choices=Outcome.choices(), widget=forms.RadioSelect, required=False, initial=Outcome.MET
    )
    place = forms.ChoiceField(label="Where", choices=PlaceKind.choices(), initial=PlaceKind.STREET)
    area = forms.ChoiceField(label="Area", required=False)
    hexagon = forms.ChoiceField(
        label="Hexagon",
        required=False,
        help_text="As the map numbers them. Nothing finer is kept of where she was",
    )
    staying = forms.ChoiceField(
        label="Where is she staying tonight?",
        required=False,
        choices=[NOT_ASKED, *Staying.choices()],
        widget=forms.RadioSelect,
        initial="",
    )
    topics = forms.MultipleChoiceField(
        label="What you talked of", required=False, choices=Topic.choices(), widget=forms.CheckboxSelectMultiple
    )
    given = forms.MultipleChoiceField(
        label="What she was given",
        required=False,
        choices=[(item.value, item.words) for item in STOCKED],
        widget=forms.CheckboxSelectMultiple,
    )
    worry = forms.ChoiceField(
        label="Worried about her?", required=False, choices=[("", "Not said"), *Worry.choices()], initial=""
    )
    next_step = forms.ChoiceField(
        label="Next step", required=False, choices=[("", "Not said"), *NextStep.choices()], initial=""
    )
    next_on = forms.ChoiceField(label="When", required=False, choices=[("", "No day"), *WHEN.items()], initial="")
    note = forms.CharField(
        label="What went well, and anything else",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
    )
    clock = forms.CharField(
        label="What time, if not now",
        required=False,
        max_length=5,
        help_text="Like 23:40. The last time the clock showed it",
        widget=forms.TextInput({"width": 5}),
    )
    # When the page was opened: the same form sent twice tells the same moment.
    at = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    shift = forms.UUIDField(required=False, widget=forms.HiddenInput)
    shelf = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, areas: Choices = (), ground: Sequence[Drawn] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.area_of = {each.cell: each.area for drawn in ground for each in drawn.hexagons}
        cells = [(each.cell, each.words) for drawn in ground for each in drawn.hexagons]
        self.fields["hexagon"].choices = [("", "Not said"), *cells]  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", "Not said"), *areas]  # type: ignore[attr-defined]
        self.fields["place"].error_messages["required"] = "Choose where it was"

    def clean_clock(self) -> datetime | None:
        typed = self.cleaned_data["clock"]
        try:
            return tonight_at(typed, timezone.now()) if typed else None
        except ValueError:
            raise forms.ValidationError("Enter a time of day, like 23:40") from None

    def told(self, record: UUID | None, today: date) -> dict[str, Any]:
        """The facts that `record_contact` takes."""
        given = self.cleaned_data
        called = given["called"].strip()
        new = Known(names=(called,), note=given["description"].strip()) if called and record is None else None
        return {
            "id": given["id"] or uuid4(),
            "occurred_at": given["clock"] or given["at"] or timezone.now(),
            "record": record,
            "new": new,
            "description": "" if new or record else given["description"].strip(),
            "outcome": given["outcome"] or Outcome.MET,
            "area": UUID(given["area"]) if given["area"] else self.area_of.get(given["hexagon"]),
            "given": dict.fromkeys(given["given"], 1),
            "topics": tuple(given["topics"]),
            "next_on": today + timedelta(days=int(given["next_on"])) if given["next_on"] else None,
            **{
                name: given[name]
                for name in ("place", "hexagon", "staying", "worry", "next_step", "note", "shift", "shelf")
            },
        }


def first_values(shift: UUID | None, shelf: UUID | None, place: str) -> dict[str, Any]:
    """What the form begins with. No answer of an earlier night: it would be kept as asked tonight."""
    return {"id": uuid4(), "at": timezone.now().isoformat(), "shift": shift or "", "shelf": shelf or "", "place": place}
