"""A worker's account from her first day to her last, told as she lives it."""

import time
from datetime import date

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from alongside.config.demo import personas
from alongside.register.agencies import queries
from alongside.register.agencies.models import Membership
from alongside.register.agencies.queries import actor_of_membership
from tests.world import prove

PASSWORD, OWN_PASSWORD, EMAIL = "lantern-otter-quiet-31", "harbour-ferry-mossy-88", "nina@riverside.example"


@pytest.fixture
def administrator(db: None) -> Client:
    """The demo partnership's system administrator, at work."""
    cache.clear()
    partnership = personas.set_up_partnership()
    her = next(each for each in queries.memberships_in_force(partnership) if each.role == "system_admin")
    assert actor_of_membership(her.id) is not None
    client = Client()
    client.force_login(
        Membership.objects.get(pk=her.id).worker, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    set_up_app(client, confirm=False)
    prove(client, Membership.objects.get(pk=her.id).worker)
    return client


def set_up_app(client: Client, password: str = PASSWORD, *, confirm: bool = True) -> str:
    if confirm:
        client.post(reverse("account_reauthenticate"), {"password": password})
    client.get(reverse("mfa_activate_totp"))
    secret: str = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    return secret


def sees(client: Client, route: str) -> str:
    answer = client.get(reverse(route), follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def give_role(client: Client, slug: str, role: str) -> None:
    agency = queries.agency_called(slug)
    assert agency is not None
    given = {"email": EMAIL, "name": "Nina New", "agency": str(agency.id), "role": role, "password": PASSWORD}
    assert client.post(reverse("installation"), given).status_code == 302


def test_a_worker_from_her_first_day_to_her_last(administrator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time() // 30 * 30 + 10
    monkeypatch.setattr("time.time", lambda: now)
    give_role(administrator, "nightlight", "outreach_worker")

    # Her first day: the password that she was given opens nothing but the setting up of her own second factor.
    nina = Client()
    nina.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
    assert "A password alone does not open anything here" in sees(nina, "home")
    secret = set_up_app(nina)
    assert "Nightlight Outreach, outreach worker" in sees(nina, "home")

    # She makes the password her own; the old one is worth nothing.
    changed = {"oldpassword": PASSWORD, "password1": OWN_PASSWORD, "password2": OWN_PASSWORD}
    assert nina.post(reverse("account_change_password"), changed).status_code == 302
    elsewhere = Client()
    elsewhere.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
    assert "_auth_user_id" not in elsewhere.session

    # At home she signs in with password and code.
    now += 60
    elsewhere.post(reverse("account_login"), {"login": EMAIL, "password": OWN_PASSWORD})
    code = format_hotp_value(hotp_value(secret, int(now) // 30))
    elsewhere.post(reverse("mfa_authenticate"), {"code": code})
    assert "Nightlight Outreach, outreach worker" in sees(elsewhere, "home")

    # A second agency: now she says for whom she acts.
    give_role(administrator, "harbour", "key_worker")
    assert "For whom do you act?" in sees(elsewhere, "home")
    chosen = Membership.objects.get(worker__email=EMAIL, agency__slug="harbour")
    elsewhere.post(reverse("act-for"), {"agency": str(chosen.id)})
    assert "Harbour Drop-in, key worker" in sees(elsewhere, "home")

    # Her last day at the drop-in, and then her last day.
    administrator.post(reverse("end-role", args=[chosen.id]))
    assert Membership.objects.get(pk=chosen.id).until < date.today()
    assert "Nightlight Outreach, outreach worker" in sees(elsewhere, "home")
    administrator.post(reverse("close-account", args=[chosen.worker_id]))
    assert elsewhere.get(reverse("act-for")).headers["Location"] == reverse("account_login")
    assert nina.get(reverse("act-for")).headers["Location"] == reverse("account_login")
