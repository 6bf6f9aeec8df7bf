"""What more places would do: the co-ordinator asks in one form; commissioners read a picture with its table."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.casework.accommodation.actions.what_if import ask_what_if, give_what_if
from alongside.casework.accommodation.forms import WhatIfForm
from alongside.casework.accommodation.queries.what_if import Answer, Interval, answer, answers
from alongside.casework.accommodation.rules import Refusal
from alongside.foundation.gate.permissions import decide
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.charts import BarChart, bar_chart
from alongside.foundation.kit.rows import Bar, Cell, Column
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import moment, number

COLUMNS = (Column("Question"), Column("Asked"), Column("Read by"))
MEASURES = {
    "waiting_nights": ("Nights that women wait for a first bed, a year", "nights"),
    "wait": ("Days from joining the list to the bed", "days"),
    "given": ("Women who get a bed from the list, a year", "women"),
    "elsewhere": ("Women who stop waiting and go elsewhere, a year", "women"),
    "broke": ("Women whose stay broke down, with no place to go to, a year", "women"),
    "silt": ("Bed-nights of women who were ready and could not move, a year", "bed-nights"),
}
# The three questions that commissioners ask most: words, and what the form would say.
USUAL = (
    ("Three more move-on flats", {"flat": 3}),
    ("A high-support unit of five beds", {"high_support": 5}),
    ("A fifth less wait for detox or rehab", {"quicker": 20}),
)
RESULTS = (
    Column("A year"),
    Column("As it is", numeric=True),
    Column("With the change", numeric=True),
    Column("Difference", numeric=True),
)


@page("accommodation.see_what_if")
def what_if(request: HttpRequest) -> HttpResponse:
    return _what_if(request, WhatIfForm())


def _what_if(request: HttpRequest, form: WhatIfForm, status: int = 200) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    rows = [
        (
            Cell(each.question, reverse("accommodation:answer", args=[each.id])),
            moment(each.made),
            "Commissioners and managers" if each.is_given else "You",
        )
        for each in answers(actor)
    ]
    return screen(
        request,
        "accommodation/what_if.html",
        status=status,
        form=form,
        may_ask=decide(actor, "accommodation.ask_what_if").allowed,
        usual=USUAL,
        columns=COLUMNS,
        rows=rows,
    )


@page("accommodation.ask_what_if", methods=("POST",))
def ask(request: HttpRequest) -> HttpResponse:
    form = WhatIfForm(request.POST)
    if not form.is_valid():
        return _what_if(request, form, 422)
    try:
        kept = ask_what_if(request.actor, **form.told())  # type: ignore[attr-defined]
    except Refusal as fault:
        form.add_error(None, fault.words)
        return _what_if(request, form, 409)
    return HttpResponseRedirect(reverse("accommodation:answer", args=[kept]))


@page("accommodation.see_what_if")
def answer_page(request: HttpRequest, id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    shown = answer(actor, id)
    return screen(
        request,
        "accommodation/answer.html",
        shown=shown,
        in_short=in_short(shown.difference["waiting_nights"]),
        charts=[(name, words, _chart(shown, name)) for name, (words, _) in MEASURES.items()],
        columns=RESULTS,
        rows=[
            (words, *(_said(side[name]) for side in (shown.now, shown.then, shown.difference)))
            for name, (words, _) in MEASURES.items()
        ],
        may_give=decide(actor, "accommodation.ask_what_if").allowed and not shown.is_given,
    )


@page("accommodation.ask_what_if", methods=("POST",))
def give(request: HttpRequest, id: UUID) -> HttpResponse:
    give_what_if(request.actor, id)  # type: ignore[attr-defined]
    messages.success(request, "Commissioners and managers can read it now.")
    return HttpResponseRedirect(reverse("accommodation:answer", args=[id]))


def in_short(nights: Interval) -> str:
    """What a commissioner reads first: nights fewer or more, or that this can't be told."""
    middle, low, high = nights
    if low <= 0 <= high and low < high:
        return (
            "Whether women would wait fewer nights for a first bed can’t be told from so few events:"
            f" between {number(-low)} fewer and {number(high)} more a year."
        )
    less, most = sorted((abs(low), abs(high)))
    word = "fewer" if middle < 0 else "more"
    return (
        f"Women would wait {number(abs(middle))} nights {word} for a first bed in a year,"
        f" between {number(less)} and {number(most)} {word}."
    )


def _chart(shown: Answer, name: str) -> BarChart:
    return bar_chart(
        [
            Bar(words, values[0], number(values[0]), values[1], values[2])
            for words, values in (("As it is", shown.now[name]), ("With the change", shown.then[name]))
        ]
    )


def _said(values: Interval) -> str:
    middle, low, high = values
    return f"{number(middle)} ({number(low)} to {number(high)})"
