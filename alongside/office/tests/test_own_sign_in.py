"""Signing in through her own agency: who comes in, what it opens, and what is refused (A4, P21)."""

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

from alongside.foundation.gate.level import acting_as
from alongside.foundation.trail.models import TrailRow
from alongside.office.accounts import oidc, single_sign_on
from alongside.office.tests.conftest import PASSWORD, Staff, signed_in
from alongside.office.tests.provider import (
    CLIENT,
    ISSUER,
    SECRET,
    Net,
    Service,
    arrive,
    come_back,
    go,
    led_to,
    link,
    set_up,
)
from alongside.register.agencies import queries
from alongside.register.agencies.acting import actor_for
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Agency, IdentityProvider, Membership, ProviderSession, Worker


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def kept(permission: str = single_sign_on.REFUSED) -> list[TrailRow]:
    lead = Membership.objects.select_related("agency").get(agency__slug="van", role=Role.DP_LEAD)
    with acting_as(actor_for(lead, by_passkey=True)):
        return list(TrailRow.objects.filter(permission=permission).order_by("id"))


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


# --- who does not come in ---------------------------------------------------------------------------------------


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


NOBODY_HERE = "Nobody who works here is linked with this account"


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


# --- the agency says no -----------------------------------------------------------------------------------------


def pass_on(seconds: float) -> None:
    """So much later."""
    for row in ProviderSession.objects.all():
        row.checked_at -= timedelta(seconds=seconds)
        row.asked_at -= timedelta(seconds=seconds)
        row.save()


def test_five_minutes_after_her_account_is_closed_there_she_is_out_here(
    service: Service, ada: Worker, van: UUID
) -> None:
    client = Client()
    arrive(client, service, van)
    asked = len(service.asked)
    pass_on(299)
    assert client.get("/").status_code == 200
    assert len(service.asked) == asked
    pass_on(2)  # asked, and yes; what to ask with next is new
    assert client.get("/").status_code == 200
    assert service.asked[asked:] == ["/.well-known/openid-configuration", "/token"]
    pass_on(301)
    assert client.get("/").status_code == 200
    service.gone.add("sub-1")
    assert client.get("/").status_code == 200
    pass_on(300)
    answer = client.get(reverse("returns:index"))
    assert answer.headers["Location"] == reverse("account_login")
    assert not is_in(client)
    assert "says that this session has ended" in client.get(reverse("account_login")).content.decode()
    assert [row.user_id for row in kept("accounts.own_sign_in_ended")] == [ada.pk]


def test_she_would_stay_if_it_were_not_asked(
    service: Service, ada: Worker, van: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The defect that the test above finds."""
    monkeypatch.setattr(oidc, "ask_again", lambda client, tokens: (oidc.Verdict.YES, tokens))
    client = Client()
    arrive(client, service, van)
    service.gone.add("sub-1")
    pass_on(301)
    assert client.get("/").status_code == 200


def test_a_service_without_refresh_tokens_is_asked_who_she_is(service: Service, ada: Worker, van: UUID) -> None:
    service.refreshing = False
    client = Client()
    arrive(client, service, van)
    pass_on(301)
    assert client.get("/").status_code == 200
    assert service.asked[-1] == "/me"
    service.gone.add("sub-1")
    pass_on(301)
    assert client.get("/").headers["Location"] == reverse("account_login")


def test_a_service_that_wants_the_secret_in_the_header_is_given_it_there(
    service: Service, ada: Worker, van: UUID
) -> None:
    service.told = {"token_endpoint_auth_methods_supported": ["client_secret_basic"]}
    client = Client()
    arrive(client, service, van)
    pass_on(301)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(("again", "stays"), [("sub-1", True), ("sub-2", False)])
def test_asked_again_it_must_mean_her(again: str, stays: bool, service: Service, ada: Worker, van: UUID) -> None:
    service.again = again
    client = Client()
    arrive(client, service, van)
    pass_on(301)
    assert (client.get("/").status_code == 200) is stays


def test_a_service_that_does_not_answer_is_waited_for_and_not_for_long(
    service: Service, ada: Worker, van: UUID
) -> None:
    client = Client()
    arrive(client, service, van)
    service.silent = True
    pass_on(301)
    assert client.get("/").status_code == 200
    asked = len(service.asked)
    assert client.get("/").status_code == 200
    assert len(service.asked) == asked  # not with each click
    pass_on(31)
    assert client.get("/").status_code == 200
    assert len(service.asked) == asked + 1
    service.silent = False
    pass_on(31)
    assert client.get("/").status_code == 200
    service.silent = True
    pass_on(600)
    assert client.get("/").headers["Location"] == reverse("account_login")
    assert "has not answered for ten minutes" in client.get(reverse("account_login")).content.decode()


def test_switched_off_every_session_of_it_ends_with_its_next_click(
    staff: Staff, service: Service, ada: Worker, van: UUID
) -> None:
    client = Client()
    arrive(client, service, van)
    manager = signed_in(Worker.objects.get(email="manager-van@invented.example"))
    assert manager.post(reverse("own-sign-in-change", args=["off"])).status_code == 302
    assert client.get("/").headers["Location"] == reverse("account_login")


def test_who_signed_in_otherwise_pays_nothing_for_it(staff: Staff, ada: Worker, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(ada)
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert [each for each in asked if "provider" in each["sql"] or "socialaccount" in each["sql"]] == []
    assert queries.agency_called("van") is not None
