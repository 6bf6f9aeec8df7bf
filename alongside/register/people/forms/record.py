"""What an agency knows a woman by. Nothing is required but one thing to know her by."""

import calendar
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from alongside.foundation.kit.approximate import PartialDate, Span
from alongside.foundation.kit.fields import ApproximateNumberField, PartialDateField
from alongside.foundation.kit.forms import PageForm
from alongside.register.people.codes import Untold
from alongside.register.people.known import Age, Born, Known

LONGEST = 200
UNTOLD_OF = {"last_name": "last_names", "born": "born", "ethnicity": "ethnicity"}
NOTHING = "Enter at least one thing to know her by, such as a nickname or a mark"


def marks_of(text: str) -> tuple[str, ...]:
    """`rose, left hand` on each line, as kind@place."""
    found = []
    for line in text.splitlines():
        kind, _, place = (part.strip() for part in line.replace("@", ",").partition(","))
        if kind:
            found.append(f"{kind}@{place}" if place else kind)
    return tuple(found)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.replace(";", ",").split(",") if name.strip())


def _why(words: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=f"{words}: if empty, why",
        required=False,
        choices=[("", "Not said here"), *Untold.choices()],
    )


class RecordForm(PageForm):
    called = forms.CharField(label="What does she like to be called?", required=False, max_length=LONGEST)
    other_names = forms.CharField(
        label="Other names or street names",
        required=False,
        max_length=LONGEST,
        help_text="With commas between them",
    )
    last_name = forms.CharField(label="Last name", required=False, max_length=LONGEST)
    last_name_why = _why("Last name")
    born = PartialDateField(label="When was she born?", required=False, help_text="A year alone is fine, like 1994")
    age = ApproximateNumberField(
        label="Or about how old is she?",
        required=False,
        help_text="30, about 30 or late 20s",
        widget=forms.TextInput({"width": 10}),
    )
    born_why = _why("Age")
    area = forms.CharField(
        label="Where is she seen or staying?",
        required=False,
        max_length=LONGEST,
        help_text="A street, a corner or an area",
    )
    ethnicity = forms.CharField(label="Ethnic group, in her words", required=False, max_length=LONGEST)
    ethnicity_why = _why("Ethnic group")
    marks = forms.CharField(
        label="Marks or tattoos",
        required=False,
        max_length=1000,
        help_text="One on each line, like: rose, left hand",
        widget=forms.Textarea({"rows": 2}),
    )
    phone = forms.CharField(
        label="Phone",
        required=False,
        max_length=LONGEST,
        help_text="With commas between several",
        widget=forms.TextInput({"inputmode": "tel", "width": 20}),
    )
    note = forms.CharField(
        label="Anything else that helps to know her again",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        whys = {f"{name}_why" for name in UNTOLD_OF}
        if not self.errors and not any(value for name, value in cleaned.items() if name not in whys):
            raise forms.ValidationError(NOTHING)
        return cleaned

    def known(self, today: date, reference: str = "") -> Known:
        """The form as the agency's knowledge. An age is as of `today`; a reason stands only where a field is empty."""
        typed = self.cleaned_data
        called = (typed["called"].strip(),) if typed["called"].strip() else ()
        known = Known(
            reference=reference,
            names=(*called, *_names(typed["other_names"])),
            last_names=_names(typed["last_name"]),
            born=born_of(typed["born"]),
            age=age_of(typed["age"], today),
            ethnicity=typed["ethnicity"].strip(),
            area=typed["area"].strip(),
            marks=marks_of(typed["marks"]),
            phones=_names(typed["phone"]),
            note=typed["note"].strip(),
        )
        reasons = {name: typed[f"{name}_why"] for name in UNTOLD_OF}
        empty = {
            "last_name": not known.last_names,
            "born": not (known.born or known.age),
            "ethnicity": not known.ethnicity,
        }
        untold = tuple(f"{UNTOLD_OF[name]}:{why}" for name, why in reasons.items() if why and empty[name])
        return replace(known, untold=untold)


def born_of(typed: PartialDate | None) -> Born | None:
    """A part of a date as the span of days it may be."""
    if typed is None:
        return None
    if typed.month is None:
        return Born(date(typed.year, 1, 1), date(typed.year, 12, 31))
    last = calendar.monthrange(typed.year, typed.month)[1]
    return Born(date(typed.year, typed.month, typed.day or 1), date(typed.year, typed.month, typed.day or last))


def age_of(typed: Span | None, on: date) -> Age | None:
    return Age(float(typed.low), float(typed.high), on) if typed else None


def started_from(known: Known, on: date) -> dict[str, Any]:
    """The form's first values for what is known: she is not asked again what is there."""
    untold = dict(each.split(":", 1) for each in known.untold)
    return {
        "called": known.names[0] if known.names else "",
        "other_names": ", ".join(known.names[1:]),
        "last_name": ", ".join(known.last_names),
        "born": _partial(known.born),
        "age": _age_words(known.age, on),
        "area": known.area,
        "ethnicity": known.ethnicity,
        "phone": ", ".join(known.phones),
        "note": known.note,
        "marks": "\n".join(mark.replace("@", ", ") for mark in known.marks),
        **{f"{name}_why": untold.get(held, "") for name, held in UNTOLD_OF.items()},
    }


def _partial(born: Born | None) -> PartialDate | None:
    if born is None:
        return None
    first, last = born.earliest, born.latest
    if first == last:
        return PartialDate(first.year, first.month, first.day)
    return PartialDate(first.year, first.month if (first.year, first.month) == (last.year, last.month) else None)


def _age_words(age: Age | None, on: date) -> str:
    """An age judged earlier as it is on a later day."""
    if age is None:
        return ""
    since = (on - age.on).days // 365 if age.on else 0
    low, high = int(age.low) + since, int(age.high) + since
    return str(low) if low == high else f"{low} to {high}"
