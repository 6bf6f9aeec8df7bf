"""A house says yes to a woman who was referred to it: with the same click she is on its waiting list."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.casework.accommodation import actions, queries
from alongside.casework.accommodation.rules import Refusal
from alongside.casework.referrals import actions as referrals
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.forms import PageForm

WORK = "accommodation.work"


class YesForm(PageForm):
    """`seen`: number of the last step that stood on the page."""

    seen = forms.IntegerField(min_value=1)
    starts_on = forms.DateField(
        required=False, error_messages={"invalid": "The day she can come must be a real date, like 3 5 2026"}
    )


@page(WORK, methods=("POST",))
def accept(request: HttpRequest, referral: UUID) -> HttpResponse:
    """From the page of a referral. A service with no house, or several, only says yes: she is put on a list later."""
    actor = request.actor  # type: ignore[attr-defined]
    house = queries.house_of_referral(actor, referral)
    form = YesForm(request.POST)
    if not form.is_valid():
        for each in form.error_items():
            messages.info(request, each.words)
        return _back(referral)
    try:
        if house is None:
            referrals.accept(actor, referral, **form.cleaned_data)
        else:
            actions.accept_onto_list(actor, house, referral=referral, **form.cleaned_data)
    except (referrals.ReferralFault, Refusal) as fault:
        messages.info(request, fault.words)
        return _back(referral)
    where = " She is on your waiting list." if house else ""
    messages.success(request, f"Accepted. Who sent her will see it on their first page.{where}")
    return _back(referral)


def _back(referral: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("referrals:referral", args=[referral]))


@page(WORK, methods=("POST",))
def join(request: HttpRequest, unit: UUID) -> HttpResponse:
    """Whom the house's service took elsewhere goes onto its list."""
    actor = request.actor  # type: ignore[attr-defined]
    queries.house(actor, unit)
    try:
        place = actions.join_referred(actor, unit, referral=UUID(request.POST.get("referral", "")))
    except ValueError:
        return HttpResponseRedirect(reverse("accommodation:list", args=[unit]))
    messages.success(request, "She is on the list.")
    return HttpResponseRedirect(reverse("accommodation:place", args=[place]))
