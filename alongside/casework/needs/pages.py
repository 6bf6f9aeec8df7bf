"""What we know of her, and writing down what she tells.

Who and where: a key worker at a desk after a talk, or with her in front of the screen; one page, a choice only where
she said something, one button.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.casework.needs import queries
from alongside.casework.needs.actions import write_down
from alongside.casework.needs.forms import TellForm
from alongside.casework.needs.rules import NotAnAnswer
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Column
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day
from alongside.register.people.queries import her_page

COLUMNS = (Column("About"), Column("Answer"), Column("True on"))


@page("needs.see", ("GET", "POST"))
def of_her(request: HttpRequest, record: UUID) -> HttpResponse:
    """Each question with its latest answer; below, the form for one day."""
    actor = request.actor  # type: ignore[attr-defined]
    her = her_page(actor, record).record
    form = TellForm(request.POST if request.method == "POST" else None, questions=queries.questions(actor))
    if request.method == "POST" and form.is_valid():
        try:
            write_down(actor, record, told=form.told(), on=form.cleaned_data["on"])
        except NotAnAnswer as fault:
            form.add_error(None, fault.words)
        else:
            messages.success(request, "Kept.")
            return HttpResponseRedirect(reverse("needs:of-her", args=[record]))
    return screen(
        request,
        "needs/of_her.html",
        status=422 if form.errors else 200,
        form=form,
        her=her,
        columns=COLUMNS,
        rows=[_row(each) for each in queries.known(actor, record)],
    )


def _row(each: queries.Known) -> tuple[str, str, str]:
    if each.row is None:
        return each.question.subject.words, "We did not ask", ""
    often = f" ({each.times} times in all)" if each.question.is_moment and each.times > 1 else ""
    return each.question.subject.words, f"{each.row.answer.words}{often}", day(each.row.on)
