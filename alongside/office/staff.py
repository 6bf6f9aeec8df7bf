"""Who still works here. Who: a service manager at a desk, once a quarter: tick who has left, one button.

Who left is out with the same click: her role has ended, her sessions too; where she has no other role her account
closes, with passkeys, codes and apps. Women whom she led stand first on "Lead workers". Her phone deletes what it holds
when it next calls.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.forms import PageForm
from alongside.foundation.kit.screens import screen
from alongside.office.departing import sign_out
from alongside.register.agencies import queries
from alongside.register.agencies.queries import MembershipRow
from alongside.register.agencies.staff import (
    EVERY,
    NotYourself,
    OthersMeanwhile,
    checked_last,
    is_due,
    say_who_works_here,
)

QUIET = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Line:
    """`quiet`: she has not been signed in for three months."""

    member: MembershipRow
    is_you: bool
    quiet: bool


class LookedAt(PageForm):
    sure = forms.BooleanField(
        label="I have looked at every line",
        error_messages={"required": "Look at every line, then tick this"},
    )


@page("agencies.check_staff", methods=("GET", "POST"))
def staff(request: HttpRequest) -> HttpResponse:
    """Every role in her agency; a POST says who has left."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    members = members_here(actor)
    form, status = LookedAt(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            gone = check_staff(actor, *_told(request.POST, members))
        except (OthersMeanwhile, NotYourself) as fault:
            form.add_error(None, fault.words)
            status = 409
        else:
            messages.success(request, _done(gone))
            return HttpResponseRedirect(reverse("staff"))
    elif form.errors:
        status = 422
    last = checked_last(actor.agency)
    due_on = (last + EVERY).date() if last else None
    facts = {"form": form, "lines": _lines(actor, members), "last": last, "due_on": due_on, "due": is_due(last)}
    return screen(request, "office/staff.html", status=status, **facts)


def members_here(actor: Actor) -> list[MembershipRow]:
    held = queries.memberships_in_force(actor.partnership) if actor.partnership else []
    return [each for each in held if each.agency == actor.agency]


def check_staff(actor: Actor, looked_at: set[UUID], left: set[UUID]) -> int:
    """How many have left; wholly or not at all. Raises OthersMeanwhile, NotYourself."""
    operator = queries.operator()
    with transaction.atomic():
        gone = say_who_works_here(actor, looked_at=looked_at, left=left)
        with acting_as(operator):
            for worker in sorted(gone):
                sign_out(operator, worker)
    return len(gone)


def _told(data: Mapping[str, Any], members: list[MembershipRow]) -> tuple[set[UUID], set[UUID]]:
    """Which roles stood on the page that was sent, and which of them are over."""
    looked_at = {UUID(each) for each in data.getlist("line") if _is_id(each)}  # type: ignore[attr-defined]
    return looked_at, {each.id for each in members if data.get(f"left_{each.id}")}


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _lines(actor: Actor, members: list[MembershipRow]) -> list[Line]:
    workers = {each.worker for each in members}
    sessions = UserSession.objects.filter(user_id__in=workers, last_seen_at__gte=timezone.now() - QUIET)
    seen = set(sessions.order_by("user_id").values_list("user_id", flat=True).annotate(last=Max("last_seen_at")))
    new = date.today() - QUIET
    return [Line(each, each.worker == actor.user, each.worker not in seen and each.since < new) for each in members]


def _done(gone: int) -> str:
    if not gone:
        return "Written down: everyone on the list works here."
    return "Written down. Who has left is signed out, and her role has ended. See “Lead workers” for the women she led."
