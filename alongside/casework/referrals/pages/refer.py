"""Referring a woman, and writing down that a service said no to her."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.casework.referrals import queries
from alongside.casework.referrals.actions import send, turned_away
from alongside.casework.referrals.codes import HowAgreed
from alongside.casework.referrals.forms import ReferForm, TurnedAwayForm
from alongside.casework.referrals.pages import shown
from alongside.casework.referrals.rules import ReferralFault, not_taken
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day
from alongside.register.agencies import queries as agencies
from alongside.register.agencies.codes import Source
from alongside.register.people.codes import FieldGroup
from alongside.register.people.queries import record_row, seen_beside


@page("referrals.open", ("GET", "POST"))
def refer(request: HttpRequest, record: UUID) -> HttpResponse:
    """One page, with what she agreed to last time; a first time only her name and age."""
    actor = request.actor  # type: ignore[attr-defined]
    her = record_row(actor, record)
    before = queries.of_record(actor, record)
    form = ReferForm(request.POST or None, initial=_first_values(before), **_choices(actor, record))
    if request.method == "POST" and form.is_valid():
        try:
            made = send(actor, record, asked=form.asked())
        except ReferralFault as fault:
            form.add_error(None, fault.words)
        else:
            _tell(request, form)
            return HttpResponseRedirect(reverse("referrals:referral", args=[made]))
    return screen(
        request,
        "referrals/refer.html",
        status=422 if form.errors else 200,
        form=form,
        her=her,
        seen_by=seen_beside(actor, record, {"words": (None, True)})["words"],
        before=[(row, reverse("referrals:referral", args=[row.id])) for row in before],
        no=[(day(row.on), row.service, row.reason, row.words) for row in queries.turned_away_list(actor, record)],
        no_columns=shown.TURNED_AWAY,
    )


def _first_values(before: list[queries.ReferralRow]) -> dict[str, Any]:
    groups = before[0].groups if before else (FieldGroup.IDENTITY.value,)
    return {"groups": list(groups), "how_agreed": HowAgreed.IN_PERSON.value, "source": Source.AGENCY.value}


def _choices(actor: Any, record: UUID) -> dict[str, Any]:
    """The services that take any woman from this agency; which way she comes is asked when it is sent."""
    services = {each.id: each for source in (Source.AGENCY,) for each in queries.choices(actor, source, record)}
    outside = sorted({(str(each.agency), each.agency_name) for each in services.values() if each.is_outside})
    theirs = {each.agency: each.agency_name for each in services.values()}
    workers = {
        (str(each.worker), f"{each.worker_name}, {each.agency_name}")
        for each in agencies.memberships_in_force(actor.partnership)
        if each.agency in theirs
    }
    return {"services": list(services.values()), "workers": sorted(workers, key=lambda w: w[1]), "outside": outside}


def _tell(request: HttpRequest, form: ReferForm) -> None:
    asked = form.asked()
    to = form.services[str(asked.service)]
    messages.success(request, f"Sent to {to.name}. They are asked to answer within {to.answers_within_days} days.")
    if missing := not_taken(asked.needs, to.takes):
        words = ", ".join(need.words.lower() for need in missing)
        messages.info(request, f"{to.name} does not say that it takes: {words}. Ring them.")


@page("referrals.open", ("GET", "POST"))
def turn_away(request: HttpRequest, record: UUID) -> HttpResponse:
    """A service said no to her, outside any referral."""
    actor = request.actor  # type: ignore[attr-defined]
    her = record_row(actor, record)
    form = TurnedAwayForm(request.POST or None, services=agencies.services(actor.partnership))
    if request.method == "POST" and form.is_valid():
        turned_away(actor, record, **form.told())
        messages.success(request, "Kept. It counts among the times that services said no, without her name.")
        return HttpResponseRedirect(reverse("referrals:refer", args=[record]))
    today = timezone.localdate()
    return screen(
        request,
        "referrals/turned_away.html",
        seen_by=seen_beside(actor, record, {"words": (FieldGroup.NOTES, False)})["words"],
        status=422 if form.errors else 200,
        form=form,
        her=her,
        today=today,
    )
