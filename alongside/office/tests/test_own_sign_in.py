"""Signing in through her own agency: who comes in, what it opens, and what is refused (A4, P21)."""

from typing import Any
from uuid import UUID

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from alongside.office.accounts import oidc
from alongside.office.tests.conftest import PASSWORD, Staff, signed_in
from alongside.office.tests.provider import (
    ISSUER,
    NOBODY_HERE,
    Service,
    arrive,
    come_back,
    go,
    is_in,
    kept,
    led_to,
)
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import IdentityProvider, ProviderSession, Worker


def test_one_tap_signs_her_in(service: Service, ada: Worker, van: UUID) -> None:
    client = Client()
    page = client.get(reverse("account_login")).content.decode()
    assert page.count("Sign in with Van</button>") == 1
    address = go(client, van)
    assert address.startswith(f"{ISSUER}/authorize?")
    assert "code_challenge_method=S256" in address
    assert "ada" not in address
    answer = come_back(client, van, service.signed_in(address, "sub-1"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(ada.pk)
    assert client.get("/").status_code == 200
    assert service.asked.count("/token") == 1


def test_the_way_back_without_a_cookie_gives_none_and_asks_for_itself(service: Service, ada: Worker, van: UUID) -> None:
    """Another site led there, so the browser kept our cookie back: a new one would throw hers away."""
    client = Client()
    brought = service.signed_in(go(client, van), "sub-1")
    answer = Client().get(reverse("sso-answer", args=[van]), brought)
    assert "Set-Cookie" not in answer.headers
    assert not answer.cookies
    again = led_to(answer)
    assert again.startswith(reverse("sso-answer", args=[van]))
    assert client.get(again).status_code == 302
    assert is_in(client)


# --- what it opens ----------------------------------------------------------------------------------------------


def test_names_still_need_her_own_passkey(service: Service, ada: Worker, van: UUID) -> None:
    client = Client()
    arrive(client, service, van)
    assert client.get(reverse("returns:index")).status_code == 200
    answer = client.get(reverse("people:records"))
    assert answer.status_code == 403
    assert "This needs your passkey" in answer.content.decode()
    # Her first passkey waits for her password: what her agency says of her adds none.
    assert client.get(reverse("mfa_add_webauthn")).headers["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize(
    ("amr", "acr", "strong"),
    [
        (["pwd"], "", False),
        (["pwd", "sms"], "", False),
        ([], "gold", True),
        ([], "silver", False),
        (["pwd", "otp"], "", True),
        ("mfa", "", False),
    ],
)
def test_without_a_second_factor_there_it_is_asked_here(
    staff: Staff, service: Service, ada: Worker, van: UUID, amr: Any, acr: str, strong: bool
) -> None:
    IdentityProvider.objects.filter(pk=van).update(strong_answers=["gold"])
    service.amr, service.acr = amr, acr
    client = Client()
    assert "acr_values=gold" in go(client, van)
    arrive(client, service, van)
    # She has none here yet: she is led to set one up.
    answer = client.get(reverse("returns:index"))
    assert answer.status_code == (200 if strong else 302)
    assert strong or answer.headers["Location"] == reverse("mfa_index")
    client.post(reverse("account_logout"))
    # She has one here: it is asked for before she is in.
    signed_in(ada)
    arrive(client, service, van)
    assert is_in(client) == strong


def test_any_word_of_the_service_would_do_if_it_were_not_read(
    service: Service, ada: Worker, van: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The defect that the test above finds."""
    monkeypatch.setattr(oidc, "is_strong", lambda *_: True)
    service.amr = ["pwd"]
    client = Client()
    arrive(client, service, van)
    assert client.get(reverse("returns:index")).status_code == 200


def test_who_stops_at_the_code_and_signs_in_otherwise_has_not_come_by_it(
    service: Service, ada: Worker, van: UUID
) -> None:
    service.amr = ["pwd"]
    signed_in(ada)
    client = Client()
    arrive(client, service, van)
    session = client.session
    assert "own_sign_in" in str(session.pop("account_login") and session["account_authentication_methods"])
    session.save()  # it waited too long for the code
    client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    assert "own_sign_in" not in str(client.session["account_authentication_methods"])


def test_on_a_computer_of_others_she_is_asked_anew_and_rests_shorter(service: Service, ada: Worker, van: UUID) -> None:
    client = Client()
    assert "prompt=login" in go(client, van, shared="on")
    arrive(client, service, van, shared="on")
    assert client.session["session_shared"] is True
    assert "prompt=login" not in go(Client(), van)


# --- the link ---------------------------------------------------------------------------------------------------


def linking(client: Client, service: Service, provider: UUID, subject: str) -> Any:
    address = led_to(client.post(reverse("sso-link", args=[provider])))
    return come_back(client, provider, service.signed_in(address, subject))


def test_she_links_it_herself_and_undoes_it(staff: Staff, service: Service, van: UUID) -> None:
    eve = staff("eve@invented.example", ("van", Role.KEY_WORKER), name="Eve Invented")
    client = signed_in(eve)
    assert "Link it with me" in client.get(reverse("mfa_index")).content.decode()
    assert linking(client, service, van, "sub-9").headers["Location"] == reverse("mfa_index")
    held = SocialAccount.objects.get()
    assert (held.user_id, held.uid, held.extra_data) == (eve.pk, "sub-9", {})
    other = Client()
    arrive(other, service, van, "sub-9")
    assert is_in(other)
    assert client.post(reverse("sso-unlink", args=[van])).status_code == 302
    assert other.get("/").headers["Location"] == reverse("account_login")
    assert NOBODY_HERE in arrive(other, service, van, "sub-9").content.decode()
    rows = [kept(f"accounts.own_sign_in_{each}")[0].user_id for each in ("linked", "unlinked", "ended")]
    assert rows == [eve.pk] * 3


def test_a_new_worker_links_it_with_her_first_password_and_needs_no_code(
    staff: Staff, service: Service, van: UUID
) -> None:
    staff("new@invented.example", ("van", Role.KEY_WORKER), name="Nora Invented")
    client = Client()
    client.post(reverse("account_login"), {"login": "new@invented.example", "password": PASSWORD})
    assert client.get(reverse("returns:index")).headers["Location"] == reverse("mfa_index")
    assert linking(client, service, van, "sub-n").status_code == 302
    assert client.get(reverse("returns:index")).status_code == 302  # a password alone still opens nothing
    client.post(reverse("account_logout"))
    arrive(client, service, van, "sub-n")
    assert client.get(reverse("returns:index")).status_code == 200


def test_what_is_kept_to_ask_with_is_sealed_and_goes_with_the_session(service: Service, ada: Worker, van: UUID) -> None:
    client = Client()
    arrive(client, service, van)
    (refresh,) = service.refreshes
    row = ProviderSession.objects.get()
    assert row.sealed_tokens
    assert refresh not in row.sealed_tokens
    assert refresh not in str(dict(client.session))
    client.post(reverse("account_logout"))
    row.refresh_from_db()
    assert (row.sealed_tokens, row.ended_at is None) == ("", False)


def test_nobody_is_linked_but_who_set_out_and_proved_who_she_is(
    staff: Staff, service: Service, ada: Worker, van: UUID
) -> None:
    eve = staff("eve@invented.example", ("van", Role.KEY_WORKER), name="Eve Invented")
    stranger = staff("sue@invented.example", ("house", Role.KEY_WORKER), name="Sue Invented")
    assert Client().post(reverse("sso-link", args=[van])).status_code == 404
    assert signed_in(stranger).post(reverse("sso-link", args=[van])).status_code == 404
    client = signed_in(eve)
    assert "linked with another worker" in linking(client, service, van, "sub-1").content.decode()
    # A link that somebody else set out to make is not hers.
    address = led_to(client.post(reverse("sso-link", args=[van])))
    session = client.session
    session["socialaccount_states"] = {
        key: ({**state, "data": {"worker": str(ada.pk)}}, *rest)
        for key, (state, *rest) in session["socialaccount_states"].items()
    }
    session.save()
    assert come_back(client, van, service.signed_in(address, "sub-8")).status_code == 403
    # The proof was too long ago.
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 400
    session.save()
    answer = client.post(reverse("sso-link", args=[van]))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert SocialAccount.objects.count() == 1
