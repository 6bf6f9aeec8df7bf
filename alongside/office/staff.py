"""Who still works here. Who: a service manager at a desk, once a quarter: tick who has left, one button.

Who left is out with the same click: her role has ended, her sessions too; where she has no other role her account
closes, with passkeys, codes and apps. Women whom she led stand first on "Lead workers". Her phone deletes what it holds
when it next calls.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
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
from alongside.register.agencies.staff import Asked, NotYourself, OthersMeanwhile, asked_of, say_who_works_here

QUIET = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Line:
    """`quiet`: she has not signed in for three months."""

    member: MembershipRow
    is_you: bool
    quiet: bool


Groups = list[tuple[Asked, list[Line]]]


class LookedAt(PageForm):
    sure = forms.BooleanField(
        label="I have looked at every line",
        error_messages={"required": "Look at every line, then tick this"},
    )


@page("agencies.check_staff", methods=("GET", "POST"))
def staff(request: HttpRequest) -> HttpResponse:
    """Every role in her agency; a POST says who has left."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    groups = _groups(actor)
    form, status = LookedAt(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            gone = check_staff(actor, groups, request.POST)
        except (OthersMeanwhile, NotYourself) as fault:
            form.add_error(None, fault.words)
            status = 409
        else:
            messages.success(request, _done(gone))
            return HttpResponseRedirect(reverse("staff"))
    elif form.errors:
        status = 422
    return screen(request, "office/staff.html", status=status, form=form, groups=groups)


def check_staff(actor: Actor, groups: Groups, sent: QueryDict) -> int:
    """How many have left; wholly or not at all. Raises OthersMeanwhile, NotYourself."""
    operator, gone = queries.operator(), set[UUID]()
    looked_at = {UUID(each) for each in sent.getlist("line") if _is_id(each)}
    known = {line.member.id for _, lines in groups for line in lines}
    if looked_at != known:
        raise OthersMeanwhile
    with transaction.atomic():
        for asked, lines in groups:
            here = {line.member.id for line in lines}
            left = {each for each in here if sent.get(f"left_{each}")}
            gone |= say_who_works_here(actor, agency=asked.id, looked_at=here, left=left)
        with acting_as(operator):
            for worker in sorted(gone):
                sign_out(operator, worker)
    return len(gone)


def _groups(actor: Actor) -> Groups:
    held = queries.memberships_in_force(actor.partnership) if actor.partnership else []
    agencies = asked_of(actor)
    lines = _lines(actor, [each for each in held if each.agency in {asked.id for asked in agencies}])
    return [(asked, [line for line in lines if line.member.agency == asked.id]) for asked in agencies]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _lines(actor: Actor, members: list[MembershipRow]) -> list[Line]:
    workers = {each.worker for each in members}
    signed_in = get_user_model().objects.filter(pk__in=workers, last_login__gte=timezone.now() - QUIET)
    seen = set(signed_in.order_by("pk").values_list("pk", flat=True))
    new = date.today() - QUIET
    return [Line(each, each.worker == actor.user, each.worker not in seen and each.since < new) for each in members]


def _done(gone: int) -> str:
    if not gone:
        return "Written down: everyone on the list works here."
    return "Written down. Who has left is signed out, and her role has ended. See “Lead workers” for the women she led."
