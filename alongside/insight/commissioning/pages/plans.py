"""What was agreed, and how it goes.

Task: before a contract meeting, see how far each target is. Who: a manager, a commissioner. Clicks: Plans, the
plan: two.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.permissions import decide
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column, Download
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day
from alongside.insight.commissioning import actions, queries
from alongside.insight.commissioning.codes import Aim, Measure
from alongside.insight.commissioning.forms import PlanForm, TargetForm
from alongside.insight.commissioning.pages import shown
from alongside.insight.commissioning.rules import NoBasis
from alongside.insight.monitoring.figures import Period
from alongside.insight.monitoring.jobs import ask_for_return
from alongside.insight.monitoring.queries import frameworks
from alongside.register.agencies.codes import AgencyKind, Role
from alongside.register.agencies.facts import agencies
from alongside.register.agencies.queries import services

LIST = (Column("Plan"), Column("For"), Column("Days"), Column("Paid by"))


@page("commissioning.see")
def index(request: HttpRequest) -> HttpResponse:
    return _index(request, None)


def _index(request: HttpRequest, form: PlanForm | None, status: int = 200) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    rows = [
        (
            Cell(each.name, reverse("commissioning:plan", args=[each.id])),
            each.of,
            shown.between(each.period),
            each.funder or "Nobody in particular",
        )
        for each in queries.plans(actor)
    ]
    may_set = decide(actor, "commissioning.open_setting").allowed
    return screen(
        request,
        "commissioning/plans.html",
        status=status,
        columns=LIST,
        rows=rows,
        may_set=may_set,
        **({"form": form or _form(request)} if may_set else {}),
    )


def _form(request: HttpRequest, data: object = None) -> PlanForm:
    actor = request.actor  # type: ignore[attr-defined]
    whole = Role.COORDINATOR.value in actor.roles
    year = timezone.localdate().year
    return PlanForm(
        data,
        services=[
            (str(each.id), f"{each.name}, {each.agency_name}")
            for each in services(actor.partnership, None if whole else actor.agency)
        ],
        funders=[
            (str(each.id), each.name)
            for each in agencies(actor.partnership)
            if each.kind == AgencyKind.COMMISSIONER.value
        ],
        frameworks=[(each.key, each.name) for each in frameworks()],
        whole=whole,
        initial={"since": f"{year}-04-01", "until": f"{year + 1}-03-31"},
    )


@page("commissioning.open_setting", methods=("POST",))
def make(request: HttpRequest) -> HttpResponse:
    form = _form(request, request.POST)
    if not form.is_valid():
        return _index(request, form, 422)
    try:
        made = actions.set_plan(request.actor, agreed=form.agreed(), service=form.service_id())  # type: ignore[attr-defined]
    except actions.Refused as fault:
        form.add_error("since", fault.words)
        return _index(request, form, 422)
    messages.success(request, "The plan stands. Now say what was agreed about each figure.")
    return HttpResponseRedirect(reverse("commissioning:plan", args=[made]))


@page("commissioning.see")
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _one(request, pk, None)


def _one(request: HttpRequest, pk: UUID, form: TargetForm | None, status: int = 200) -> HttpResponse:
    sheet = queries.plan_sheet(request.actor, pk)  # type: ignore[attr-defined]
    return screen(
        request,
        "commissioning/plan.html",
        status=status,
        sheet=sheet,
        between=shown.between(sheet.plan.period),
        counted_to=day(sheet.counted_to),
        columns=shown.TARGETS,
        rows=[shown.target(each, sheet.plan) for each in sheet.targets],
        meanings=[(each.definition.name, each.definition.sentence) for each in sheet.targets],
        meaning_columns=shown.MEANINGS,
        chart=shown.progress(sheet),
        links=(Download("As PDF", reverse("commissioning:plan-pdf", args=[pk])),),
        targets=[(each.id, each.definition.name) for each in sheet.targets],
        **({"form": form or TargetForm(figures=sheet.figures)} if sheet.may_set and sheet.figures else {}),
    )


@page("commissioning.open_setting", methods=("POST",))
def add_target(request: HttpRequest, pk: UUID) -> HttpResponse:
    sheet = queries.plan_sheet(request.actor, pk)  # type: ignore[attr-defined]
    form = TargetForm(request.POST, figures=sheet.figures)
    if not form.is_valid():
        return _one(request, pk, form, 422)
    given = form.cleaned_data
    try:
        actions.set_target(
            request.actor,  # type: ignore[attr-defined]
            pk,
            key=given["key"],
            aim=Aim(given["aim"]),
            measure=Measure(given["measure"]),
            value=given["value"],
        )
    except (actions.Refused, NoBasis) as fault:
        form.add_error("measure" if isinstance(fault, NoBasis) else "key", fault.words)
        return _one(request, pk, form, 422)
    return HttpResponseRedirect(reverse("commissioning:plan", args=[pk]))


@page("commissioning.open_setting", methods=("POST",))
def drop_target(request: HttpRequest, pk: UUID) -> HttpResponse:
    plan = actions.take_back_target(request.actor, pk)  # type: ignore[attr-defined]
    messages.success(request, "The target was taken back.")
    return HttpResponseRedirect(reverse("commissioning:plan", args=[plan]))


@page("commissioning.open_setting", methods=("POST",))
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    actions.end_plan(request.actor, pk)  # type: ignore[attr-defined]
    messages.success(request, "The plan was ended. It is kept, and stands in no list any more.")
    return HttpResponseRedirect(reverse("commissioning:plans"))


@page("commissioning.open_setting", methods=("POST",))
def count(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the plan's figures counted up to today."""
    actor = request.actor  # type: ignore[attr-defined]
    sheet = queries.plan_sheet(actor, pk)
    today = timezone.localdate()
    if not sheet.may_count or today < sheet.plan.period.since:
        messages.info(request, "There is nothing to count yet, or it is counted by the agency whose plan it is.")
        return HttpResponseRedirect(reverse("commissioning:plan", args=[pk]))
    period = Period(sheet.plan.period.since, min(today, sheet.plan.period.until))
    ask_for_return(actor, framework=sheet.plan.framework, period=period)
    messages.success(request, "It is being counted. It takes a few seconds: then load this page again.")
    return HttpResponseRedirect(reverse("commissioning:plan", args=[pk]))
