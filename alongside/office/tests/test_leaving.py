"""A worker leaves: with the administrator's one click everything that was hers alone has ended (3b)."""

from datetime import timedelta

import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.level import acting_as
from alongside.foundation.trail.writing import leave
from alongside.office import leaving
from alongside.office.tests.conftest import Staff, signed_in
from alongside.register.agencies import queries
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Membership, Worker
from alongside.register.traces.queries import LIMIT


def _ada(staff: Staff) -> Worker:
    worker = staff("ada@invented.example", ("van", Role.OUTREACH_WORKER), ("house", Role.KEY_WORKER))
    TOTP.activate(worker, generate_totp_secret())
    Authenticator.objects.create(user=worker, type="webauthn", data={"name": "Office key"})
    return worker


def _close(staff: Staff, worker: Worker) -> Client:
    admin = signed_in(staff("admin@invented.example", ("house", Role.SYSTEM_ADMIN), name="Ines Invented"))
    assert admin.post(reverse("close-account", args=[worker.pk])).status_code == 302
    return admin


def test_her_sessions_have_ended_with_the_same_click(staff: Staff) -> None:
    ada = _ada(staff)
    here, there = signed_in(ada), signed_in(ada)
    for client in (here, there):
        client.get(reverse("act-for"))
    assert UserSession.objects.filter(user=ada).count() == 2
    _close(staff, ada)
    assert UserSession.objects.filter(user=ada).count() == 0
    for client in (here, there):
        answer = client.get(reverse("act-for"))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))


def test_her_passkeys_and_codes_are_gone_and_nobody_elses(staff: Staff) -> None:
    ada, ben = _ada(staff), staff("ben@invented.example", ("van", Role.KEY_WORKER), name="Ben Invented")
    Authenticator.objects.create(user=ben, type="webauthn", data={"name": "Office key"})
    _close(staff, ada)
    assert not Authenticator.objects.filter(user=ada).exists()
    assert Authenticator.objects.filter(user=ben).exists()


def test_her_phone_is_told_to_delete_what_it_holds(staff: Staff) -> None:
    """`phone.actions.greet` asks this of every call; the phone's own tests hold what follows."""
    ada = _ada(staff)
    held = list(Membership.objects.filter(worker=ada).values_list("pk", flat=True))
    assert all(queries.is_in_force(each) for each in held)
    _close(staff, ada)
    assert not any(queries.is_in_force(each) for each in held)


def test_passkeys_that_stayed_would_be_noticed(staff: Staff, monkeypatch) -> None:
    """A planted defect: the account closes and nothing else."""
    monkeypatch.setattr(leaving.UserSession, "end", lambda session: None)
    ada = _ada(staff)
    signed_in(ada).get(reverse("act-for"))
    _close(staff, ada)
    assert UserSession.objects.filter(user=ada).exists()


# --- what the data protection lead sees on her first page


def test_who_came_to_a_limit_stands_on_the_leads_first_page_without_a_womans_name(staff: Staff) -> None:
    ada, lead = _ada(staff), staff("hanna@invented.example", ("van", Role.DP_LEAD), name="Hanna Invented")
    membership = Membership.objects.get(worker=ada, role=Role.OUTREACH_WORKER)
    actor = queries.actor_of_membership(membership.pk)
    assert actor is not None
    with acting_as(actor):
        leave(actor, LIMIT, allowed=False, rule="60 look-ups within an hour", count=0)
    page = signed_in(lead).get(reverse("home")).content.decode()
    assert "Ada Invented came to a limit on" in page
    assert "60 look-ups within an hour" in page
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert "came to a limit" not in signed_in(lead).get(reverse("home")).content.decode()
    colleague = staff("ben@invented.example", ("van", Role.KEY_WORKER), name="Ben Invented")
    assert "came to a limit" not in signed_in(colleague).get(reverse("home")).content.decode()
