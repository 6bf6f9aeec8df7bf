"""Signing in through an agency: tokens that do not hold, strangers, leavers and other agencies (A4, P21)."""

import base64
import json
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from alongside.office.accounts import oidc, single_sign_on
from alongside.office.tests.conftest import Staff
from alongside.office.tests.provider import (
    CLIENT,
    ISSUER,
    NOBODY_HERE,
    SECRET,
    Net,
    Service,
    arrive,
    come_back,
    go,
    is_in,
    kept,
    link,
    set_up,
)
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Agency, IdentityProvider, Membership, Worker


def none_signed(claims: dict[str, Any]) -> str:
    return jwt.encode(claims, None, algorithm="none")


def by_the_secret(claims: dict[str, Any]) -> str:
    """As if the public key, or what both sides know, were a key to sign with."""
    return jwt.encode(claims, SECRET + "0" * 32, algorithm="HS256", headers={"kid": "first"})


def changed(token: str) -> str:
    head, _, sign = token.split(".")
    claims = {"iss": ISSUER, "aud": CLIENT, "sub": "sub-1", "iat": int(time.time()), "exp": int(time.time()) + 300}
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"{head}.{body}.{sign}"


Bend = Callable[[Service], None]


def claims(**other: Any) -> Bend:
    def bend(service: Service) -> None:
        service.bend = lambda made: {key: value for key, value in (made | other).items() if value is not None}

    return bend


def signs(how: Callable[[dict[str, Any]], str]) -> Bend:
    return lambda service: setattr(service, "sign", how)


def another_key(service: Service) -> None:
    other = Service(ISSUER)
    service.sign = other.signed


def swapped(service: Service) -> None:
    service.sign = lambda made: changed(service.signed(made))


FORGED: dict[str, Bend] = {
    "another nonce": claims(nonce="of another question"),
    "no nonce": claims(nonce=None),
    "another issuer": claims(iss="https://login.elsewhere.example"),
    "another audience": claims(aud="another client"),
    "two audiences, meant for the other": claims(aud=[CLIENT, "another"], azp="another"),
    "too old": claims(exp=int(time.time()) - 3600),
    "no end": claims(exp=None),
    "nobody": claims(sub=""),
    "unsigned": signs(none_signed),
    "signed with the secret": signs(by_the_secret),
    "another key": another_key,
    "changed on the way": swapped,
}


@pytest.mark.parametrize("how", FORGED)
def test_a_token_that_does_not_hold_signs_nobody_in(how: str, service: Service, ada: Worker, van: UUID) -> None:
    FORGED[how](service)
    client = Client()
    answer = arrive(client, service, van)
    assert answer.status_code == 403
    assert "You are not signed in" in answer.content.decode()
    assert not is_in(client)
    (row,) = kept()
    assert not row.allowed
    assert row.rule.startswith("an answer that did not hold")
    assert "sub-1" not in row.rule


@pytest.mark.parametrize("how", [each for each in FORGED if each != "nobody"])
def test_each_of_them_would_come_in_if_tokens_were_only_read(
    how: str, service: Service, ada: Worker, van: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The defect that the tests above find."""
    read = {"verify_signature": False}
    monkeypatch.setattr(oidc, "verified", lambda token, *_: jwt.decode(token, options=read))
    FORGED[how](service)
    client = Client()
    arrive(client, service, van)
    assert is_in(client)


def test_no_token_at_all_signs_nobody_in(service: Service, ada: Worker, van: UUID) -> None:
    service.sign = lambda claims: ""
    client = Client()
    assert arrive(client, service, van).status_code == 403
    assert not is_in(client)


def test_an_answer_counts_once_and_in_the_browser_that_asked(service: Service, ada: Worker, van: UUID) -> None:
    client, thief = Client(), Client()
    brought = service.signed_in(go(client, van), "sub-1")
    assert "not begun in this browser" in come_back(thief, van, brought).content.decode()
    assert not is_in(thief)
    come_back(client, van, brought)
    assert is_in(client)
    client.post(reverse("account_logout"))
    assert come_back(client, van, brought).status_code == 403
    go(client, van)
    state = go(client, van).split("state=")[1].split("&")[0]
    assert come_back(client, van, {**brought, "state": state}).status_code == 403  # its code was used
    assert not is_in(client)


def test_another_service_can_not_answer_in_its_place(service: Service, ada: Worker, van: UUID) -> None:
    client = Client()
    brought = service.signed_in(go(client, van), "sub-1")
    assert come_back(client, van, {**brought, "iss": "https://evil.example"}).status_code == 403
    assert not is_in(client)


def test_it_is_not_sent_on_without_the_proof_of_this_browser(
    service: Service, ada: Worker, van: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PKCE: who has the code alone has nothing."""
    client = Client()
    brought = service.signed_in(go(client, van), "sub-1")
    service.codes[brought["code"]]["code_challenge"] = "of another browser"
    assert come_back(client, van, brought).status_code == 403
    assert not is_in(client)


def closed(worker: Worker) -> None:
    Worker.objects.filter(pk=worker.pk).update(is_active=False)


def no_role(worker: Worker) -> None:
    Membership.objects.filter(worker=worker).update(until=date.today() - timedelta(days=1))


def not_linked(worker: Worker) -> None:
    """The service vouches for her own e-mail address: that links nobody."""
    SocialAccount.objects.all().delete()


@pytest.mark.parametrize("how", [closed, no_role, not_linked])
def test_strangers_and_leavers_hear_the_same_and_nobody_is_made(
    how: Callable[[Worker], None], service: Service, ada: Worker, van: UUID
) -> None:
    how(ada)
    before = Worker.objects.count()
    client = Client()
    answer = arrive(client, service, van)
    assert answer.status_code == 403
    assert NOBODY_HERE in answer.content.decode()
    assert not is_in(client)
    assert Worker.objects.count() == before
    assert [row.rule for row in kept()] == ["nobody here"]


def test_they_would_come_in_if_nothing_were_asked_about_them(
    service: Service, ada: Worker, van: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The defect that the test above finds."""
    monkeypatch.setattr(single_sign_on.provider_sessions, "works_in", lambda *_: True)
    no_role(ada)
    client = Client()
    arrive(client, service, van)
    assert is_in(client)


def test_switched_off_or_left_there_is_no_way_in(service: Service, ada: Worker, van: UUID) -> None:
    client = Client()
    brought = service.signed_in(go(client, van), "sub-1")
    Agency.objects.filter(slug="van").update(left_at="2026-01-01T00:00Z")
    assert come_back(client, van, brought).status_code == 404
    assert client.post(reverse("sso-begin"), {"agency": str(van)}).status_code == 404
    Agency.objects.filter(slug="van").update(left_at=None)
    IdentityProvider.objects.filter(pk=van).update(is_on=False)
    assert client.post(reverse("sso-begin"), {"agency": str(van)}).status_code == 404
    assert "Sign in with Van" not in client.get(reverse("account_login")).content.decode()
    assert client.post(reverse("sso-begin"), {"agency": "no id"}).status_code == 404


def test_another_agencys_sign_in_signs_in_nobody_of_this_one(
    staff: Staff,
    net: Net,
    service: Service,
    ada: Worker,
    van: UUID,
) -> None:
    other = net.service("https://login.house.example")
    house = set_up(staff, "house", other.issuer)
    client = Client()
    assert NOBODY_HERE in arrive(client, other, house, "sub-1").content.decode()
    # Not even when it is linked with her: she has no role there.
    link(ada, house, "sub-1")
    assert NOBODY_HERE in arrive(client, other, house, "sub-1").content.decode()
    # Nor can its answer be handed to the way back of the first.
    brought = other.signed_in(go(client, house), "sub-1")
    assert come_back(client, van, brought).status_code == 403
    assert not is_in(client)


def test_it_opens_roles_of_its_own_agency_only(staff: Staff, service: Service, van: UUID) -> None:
    both = staff("both@invented.example", ("van", Role.KEY_WORKER), ("house", Role.KEY_WORKER))
    link(both, van)
    client = Client()
    arrive(client, service, van)
    page = client.get(reverse("home")).content.decode()
    assert "Van, key worker" in page
    assert "House, key worker" not in page
    house = Membership.objects.get(worker=both, agency__slug="house")
    assert client.post(reverse("act-for"), {"agency": str(house.pk)}).status_code == 404
    # And it vouches for no passkey, which would open the other agency's names.
    assert client.get(reverse("mfa_add_webauthn")).status_code == 403
    assert "work for another agency too" in client.get(reverse("mfa_add_webauthn")).content.decode()


def test_another_agencys_roles_would_open_if_it_were_not_asked_whose_sign_in_it_was(
    staff: Staff, service: Service, van: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The defect that the test above finds."""
    monkeypatch.setattr("alongside.register.agencies.acting.opens", lambda *_: True)
    both = staff("both@invented.example", ("van", Role.KEY_WORKER), ("house", Role.KEY_WORKER))
    link(both, van)
    client = Client()
    arrive(client, service, van)
    assert "House, key worker" in client.get(reverse("act-for")).content.decode()
