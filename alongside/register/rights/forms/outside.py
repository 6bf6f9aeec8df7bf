"""What police and others ask, as it is written down."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from alongside.foundation.kit.forms import PageForm
from alongside.register.rights.actions.outside import Written
from alongside.register.rights.codes import Asker, Point, Power, Told, TurnedDownFor, YesNo
from alongside.register.rights.forms.fields import day_field, day_of, long_text, partial, radios, short_text


class OutsideForm(PageForm):
    """Only who asked and when must be known at once: the rest can come in later."""

    asker = forms.ChoiceField(label="Who asks?", choices=[("", "Choose"), *Asker.choices()])
    asked_by_whom = short_text(
        "Name, rank and address of who asks", hint="As on the letter. Ask for it if it is missing."
    )
    received_on = day_field("When did it come in?")
    in_writing = forms.BooleanField(label="It is in writing", required=False)
    code = short_text(
        "Our code for her",
        hint="Like NL-7F3K-Q2MP, never a name. Leave it empty if we do not know whom they mean.",
        width=10,
    )
    power = forms.ChoiceField(label="Which law do they name?", choices=Power.choices(), initial=Power.NONE)
    power_words = short_text("The law, or the order’s number, court and date")
    purpose = long_text("What is it for?", hint="The reasonable line of enquiry, in their words.")
    necessity = long_text("Why is it necessary?", hint="And why not in a way that touches her less.")
    extract = long_text("What is the least that would do?", hint="Exactly what would be given, and nothing beside it.")
    is_harmed = radios("May she have been harmed by what they look into?", YesNo, initial=YesNo.NOT_KNOWN)
    points = forms.MultipleChoiceField(
        label="If police: which of these did they give?",
        choices=Point.choices(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The law asks all of them when she may have been harmed.",
    )
    counselling = radios(
        "Are counselling notes among it, or notes of emotional support by a volunteer?", YesNo, initial=YesNo.NOT_KNOWN
    )
    told = radios("Is she told?", Told, initial=Told.UNDECIDED)
    told_words = short_text("When she will be told, or why not")

    def written(self, record: UUID | None) -> Written:
        """The form as the room keeps it."""
        typed = self.cleaned_data
        return Written(
            asker=Asker(typed["asker"]),
            received_on=typed["received_on"],
            record=record,
            asked_by_whom=typed["asked_by_whom"],
            in_writing=typed["in_writing"],
            power=Power(typed["power"]),
            power_words=typed["power_words"],
            purpose=typed["purpose"],
            necessity=typed["necessity"],
            extract=typed["extract"],
            is_harmed=YesNo(typed["is_harmed"]),
            points=tuple(map(Point, typed["points"])),
            counselling=YesNo(typed["counselling"]),
            told=Told(typed["told"]),
            told_words=typed["told_words"],
        )

    def clean_received_on(self) -> date:
        return day_of(self, "received_on")


def started_from(written: Written, code: str) -> dict[str, Any]:
    """First values of the form for what is written already."""
    kept = {
        name: getattr(written, name)
        for name in OutsideForm.base_fields
        if name not in ("code", "received_on", "points")
    }
    values = {name: getattr(value, "value", value) for name, value in kept.items()}
    points = [each.value for each in written.points]
    return {**values, "points": points, "code": code, "received_on": partial(written.received_on)}


class TurnDownForm(PageForm):
    reason = radios("Why?", TurnedDownFor)


class GiveForm(PageForm):
    how = long_text("What was given, to whom, and how", required=True)
