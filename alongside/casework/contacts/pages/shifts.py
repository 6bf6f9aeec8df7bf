"""The rota, one shift, and who is trained.

Who and where: a service manager at a desk plans a month of Saturdays; whoever leads a shift begins and ends it.
"""

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.casework.contacts import actions, queries
from alongside.casework.contacts.actions.shifts import NotAColleague, ShiftOver
from alongside.casework.contacts.codes import Course
from alongside.casework.contacts.forms.shift import EndForm, PlanForm, TrainingForm
from alongside.casework.contacts.pages.shown import STATES, clock, crew_words, hours, summary_of
from alongside.casework.contacts.rules.standards import EndsBeforeItBegins
from alongside.foundation.gate.permissions import decide
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day
from alongside.register.agencies.facts import agencies
from alongside.register.agencies.queries import colleagues

WEEKS_SHOWN = 5
ROTA = (Column("When"), Column("Who"), Column("Route"), Column("State"), Column("Standards"))
COURSES = (Column("Who"), Column("Course"), Column("Done on"), Column("Counts until"), Column("In force"))
ANSWERS = {"yes": ("Met", "green"), "no": ("Not met", "yellow"), "not_known": ("Not said", "neutral")}


@page("contacts.see")
def rota(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    since = _monday(request.GET.get("from", ""))
    rows = queries.rota(actor, since, since + timedelta(weeks=WEEKS_SHOWN, days=-1))
    table = [
        (
            Cell(hours(row), reverse("contacts:shift", args=[row.id])),
            crew_words(row),
            row.route,
            Cell(STATES[row.state][0], tag=STATES[row.state][1]),
            " ".join(each.broken for each in row.broken) if row.state == "planned" else "",
        )
        for row in rows
    ]
    back, on = since - timedelta(weeks=WEEKS_SHOWN), since + timedelta(weeks=WEEKS_SHOWN)
    return screen(
        request,
        "contacts/rota.html",
        columns=ROTA,
        rows=table,
        since=since,
        back=back.isoformat(),
        on=on.isoformat(),
        has_feed=queries.has_feed(actor),
        may_train=decide(actor, "contacts.train").allowed,
    )


def _monday(text: str) -> date:
    try:
        chosen = date.fromisoformat(text)
    except ValueError:
        chosen = timezone.localdate()
    return chosen - timedelta(days=chosen.weekday())


@page("contacts.plan", ("GET", "POST"))
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a shift. One that would break a standard is planned all the same, and says so."""
    actor = request.actor  # type: ignore[attr-defined]
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        workers=[(str(pk), name) for pk, name in colleagues(actor).items()],
        routes=queries.routes(actor),
        areas=[(str(area.id), area.name) for area in queries.areas(actor)],
        agencies=[(str(each.id), each.name) for each in agencies(actor.partnership) if each.id != actor.agency],
    )
    broken = []
    if request.method == "POST" and form.is_valid():
        planned = form.plan()
        broken = queries.warnings(actor, planned)
        if not broken or "plan_anyway" in request.POST:
            try:
                made = actions.plan_shift(actor, plan=planned, weeks=form.cleaned_data["weeks"])
            except (EndsBeforeItBegins, NotAColleague) as fault:
                form.add_error(None, fault.words)
            else:
                messages.success(request, "Planned." if len(made) == 1 else f"{len(made)} shifts planned.")
                return HttpResponseRedirect(reverse("contacts:shift", args=[made[0]]))
    return screen(request, "contacts/plan.html", form=form, broken=broken, status=422 if form.errors or broken else 200)


@page("contacts.see")
def shift(request: HttpRequest, shift: UUID) -> HttpResponse:
    return _shift(request, shift, EndForm())


def _shift(request: HttpRequest, shift: UUID, form: EndForm, status: int = 200) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    told = queries.shift_page(actor, shift)
    named = {area.id: area.name for area in queries.areas(actor, with_closed=True)} if told.row.areas else {}
    others = {each.id: each.name for each in agencies(actor.partnership)} if told.row.joint_with else {}
    return screen(
        request,
        "contacts/shift.html",
        status=status,
        shift=told,
        hours=hours(told.row),
        summary=summary_of(told.row, named, others),
        state=STATES[told.row.state],
        standards=[(each.words, *ANSWERS[answer]) for each, answer in told.standards],
        called=clock(told.safety_call_at) if told.safety_call_at else "",
        form=form,
    )


@page("contacts.plan", ("POST",))
def begin(request: HttpRequest, shift: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    queries.shift_page(actor, shift)  # absent and out of reach alike are 404; a new one is begun by the next page
    try:
        actions.begin_shift(actor, id=shift)
        messages.success(request, "The shift has begun.")
    except ShiftOver as fault:
        messages.info(request, fault.words)
    return HttpResponseRedirect(reverse("contacts:tonight"))


@page("contacts.plan", ("POST",))
def begin_now(request: HttpRequest) -> HttpResponse:
    """A shift that nobody planned: now, on foot, with her on it."""
    actions.begin_shift(request.actor, id=uuid4())  # type: ignore[attr-defined]
    messages.success(request, "The shift has begun.")
    return HttpResponseRedirect(reverse("contacts:tonight"))


@page("contacts.see", ("POST",))
def safety_call(request: HttpRequest, shift: UUID) -> HttpResponse:
    try:
        actions.safety_call(request.actor, shift)  # type: ignore[attr-defined]
        messages.success(request, "Safety call kept.")
    except ShiftOver as fault:
        messages.info(request, fault.words)
    return HttpResponseRedirect(reverse("contacts:shift", args=[shift]))


@page("contacts.see", ("POST",))
def end(request: HttpRequest, shift: UUID) -> HttpResponse:
    form = EndForm(request.POST)
    if not form.is_valid():
        return _shift(request, shift, form, status=422)
    try:
        actions.end_shift(
            request.actor,  # type: ignore[attr-defined]
            shift,
            said=form.said(),
            hand_over=form.cleaned_data["hand_over"],
        )
        messages.success(request, "The shift has ended. Get home safely.")
    except ShiftOver as fault:
        messages.info(request, fault.words)
    return HttpResponseRedirect(reverse("contacts:shift", args=[shift]))


@page("contacts.see", ("POST",))
def call_off(request: HttpRequest, shift: UUID) -> HttpResponse:
    try:
        count = actions.call_off(
            request.actor,  # type: ignore[attr-defined]
            shift,
            and_later_ones="and_later_ones" in request.POST,
        )
        messages.success(request, "Called off." if count == 1 else f"{count} shifts called off.")
    except ShiftOver as fault:
        messages.info(request, fault.words)
    return HttpResponseRedirect(reverse("contacts:rota"))


@page("contacts.train", ("GET", "POST"))
def training(request: HttpRequest) -> HttpResponse:
    """Who did which course, until when it counts."""
    actor = request.actor  # type: ignore[attr-defined]
    form = TrainingForm(
        request.POST if request.method == "POST" else None,
        workers=[(str(pk), name) for pk, name in colleagues(actor).items()],
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.record_training(
            actor,
            worker=UUID(given["worker"]),
            course=Course(given["course"]),
            done_on=given["done_on"],
            until=given["until"],
        )
        messages.success(request, "Kept.")
        return HttpResponseRedirect(reverse("contacts:training"))
    rows = [
        (row.name, row.course.words, day(row.done_on), day(row.until), "Yes" if row.in_force else "No")
        for row in queries.trainings(actor)
    ]
    return screen(
        request, "contacts/training.html", form=form, columns=COURSES, rows=rows, status=422 if form.errors else 200
    )
