"""What was asked about released figures, and what was answered.

Task: the commissioner wants to know why a figure moved. Clicks: the release, Ask about a figure, Send: three, and the
words. It stands on the agenda of the next meeting until she closes it.
"""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column, Moment
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day, moment
from alongside.insight.commissioning import actions, queries
from alongside.insight.commissioning.forms import AskForm, WordsForm
from alongside.insight.commissioning.queries import QuestionRow
from alongside.insight.monitoring.released import figures_of

LIST = (Column("Question"), Column("Asked by"), Column("On"), Column("Answers", numeric=True))


@page("commissioning.questions")
def index(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    return screen(
        request,
        "commissioning/questions.html",
        columns=LIST,
        rows=[_row(each) for each in queries.agenda(actor)],
        closed=[_row(each) for each in queries.closed_questions(actor)],
    )


def _row(each: QuestionRow) -> tuple[Cell | str, ...]:
    at = reverse("commissioning:question", args=[each.id])
    return Cell(each.figure, at, hidden=day(_local(each))), each.by, day(_local(each)), str(len(each.answers))


def _local(each: QuestionRow) -> date:
    return timezone.localtime(each.asked_at).date()


@page("commissioning.questions")
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _one(request, pk, WordsForm(label="What do you answer?"))


def _one(request: HttpRequest, pk: UUID, form: WordsForm, status: int = 200) -> HttpResponse:
    asked = queries.question(request.actor, pk)  # type: ignore[attr-defined]
    told = [Moment("Answer", moment(timezone.localtime(each.at)), each.by, each.words) for each in asked.answers]
    told.insert(0, Moment("Question", moment(timezone.localtime(asked.asked_at)), asked.by, asked.words))
    return screen(
        request, "commissioning/question.html", status=status, asked=asked, told=told,
        **({"form": form} if asked.may_answer else {}),
    )  # fmt: skip


@page("commissioning.ask", methods=("GET", "POST"))
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    figures = figures_of(actor, [pk]).get(pk)
    if figures is None:
        raise Http404
    choices = [(key, definition.name) for key, (_, definition) in figures.items()]
    form = AskForm(request.POST if request.method == "POST" else None, figures=choices)
    if request.method == "POST" and form.is_valid():
        made = actions.ask(actor, release=pk, key=form.cleaned_data["key"], words=form.cleaned_data["words"])
        messages.success(request, "Asked. It stays on the agenda until you close it.")
        return HttpResponseRedirect(reverse("commissioning:question", args=[made]))
    status = 422 if request.method == "POST" else 200
    return screen(request, "commissioning/ask.html", status=status, form=form, release=pk)


@page("commissioning.answer", methods=("POST",))
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    form = WordsForm(request.POST, label="What do you answer?")
    if not form.is_valid():
        return _one(request, pk, form, 422)
    try:
        actions.answer(request.actor, pk, words=form.cleaned_data["words"])  # type: ignore[attr-defined]
    except actions.Refused as fault:
        form.add_error("words", fault.words)
        return _one(request, pk, form, 422)
    messages.success(request, "Answered.")
    return HttpResponseRedirect(reverse("commissioning:question", args=[pk]))


@page("commissioning.open_closing", methods=("POST",))
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    try:
        actions.close(request.actor, pk)  # type: ignore[attr-defined]
        messages.success(request, "Closed. It is off the agenda and kept.")
    except actions.Refused as fault:
        messages.info(request, fault.words)
    return HttpResponseRedirect(reverse("commissioning:questions"))
