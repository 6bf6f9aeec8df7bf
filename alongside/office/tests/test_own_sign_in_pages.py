"""The manager's page, and which servers this one asks."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from uuid import UUID

import pytest
import requests
from django.db import connection
from django.test import Client
from django.urls import reverse

from alongside.office.accounts import oidc, reaching
from alongside.office.tests.conftest import Staff, signed_in
from alongside.office.tests.provider import CLIENT, ISSUER, SECRET, Net, Service, arrive, link
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Agency, IdentityProvider, Worker
from tests.world import prove

FILLED = {"issuer": ISSUER, "client_id": CLIENT, "secret": SECRET, "strong": ""}


@pytest.fixture
def manager(staff: Staff) -> Client:
    return signed_in(staff("manager@invented.example", ("van", Role.MANAGER)))


def send(manager: Client, what: str) -> Any:
    return manager.post(reverse("own-sign-in-change", args=[what]), follow=True)


def test_she_sets_it_up_tries_it_and_switches_it_on(service: Service, manager: Client) -> None:
    page = manager.post(reverse("own-sign-in"), FILLED, follow=True).content.decode()
    row = IdentityProvider.objects.get()
    assert not row.is_on
    assert reverse("sso-answer", args=[row.pk]) in page
    assert "the service answers" in manager.post(reverse("own-sign-in-try")).content.decode()
    send(manager, "on")
    assert "Sign in with Van" in Client().get(reverse("account_login")).content.decode()
    # The secret is nowhere: not on the page, not in the database.
    assert SECRET not in manager.get(reverse("own-sign-in")).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT i::text FROM agencies_identityprovider i")
        assert SECRET not in cursor.fetchone()[0]
    manager.post(reverse("own-sign-in"), {"secret": "", "strong": "gold\nsilver"})
    again = IdentityProvider.objects.get()
    assert (again.strong_answers, again.sealed_secret) == (["gold", "silver"], row.sealed_secret)
    send(manager, "away")
    assert IdentityProvider.objects.get().ended_at is not None
    assert "Set it up" in manager.get(reverse("own-sign-in")).content.decode()


TROUBLE: dict[str, tuple[dict[str, Any], str]] = {
    "another issuer": ({"issuer": ISSUER + "/"}, "calls itself by another address"),
    "not https": ({"token_endpoint": "http://login.northbank.example/token"}, "“token_endpoint” at an https address"),
    "no key": ({"jwks_uri": None}, "“jwks_uri”"),
    "no code": ({"response_types_supported": ["id_token"]}, "code flow"),
    "no pkce": ({"code_challenge_methods_supported": ["plain"]}, "PKCE"),
    "unsigned": ({"id_token_signing_alg_values_supported": ["none", "HS256"]}, "signs its tokens"),
    "never again": ({"scopes_supported": ["openid"]}, "Sessions may end after five minutes"),
}


@pytest.mark.parametrize("what", TROUBLE)
def test_what_is_wrong_is_said_in_words(what: str, service: Service, manager: Client) -> None:
    service.told, words = TROUBLE[what]
    manager.post(reverse("own-sign-in"), FILLED)
    assert words in manager.post(reverse("own-sign-in-try")).content.decode()


def test_a_service_that_does_not_answer_is_named(service: Service, manager: Client) -> None:
    service.silent = True
    manager.post(reverse("own-sign-in"), FILLED)
    assert "Nothing answered at login.northbank.example" in manager.post(reverse("own-sign-in-try")).content.decode()


@pytest.mark.parametrize(
    "issuer",
    ["http://login.northbank.example", "login.northbank.example", "https://", "https://a:b@x.example", "https://x:y/"],
)
def test_an_address_that_is_none_is_refused_at_once(manager: Client, issuer: str) -> None:
    answer = manager.post(reverse("own-sign-in"), {**FILLED, "issuer": issuer})
    assert answer.status_code == 422
    assert "Enter an address that begins with https://" in answer.content.decode()
    assert not IdentityProvider.objects.exists()


def test_the_only_way_shuts_the_others_and_is_proved_first(
    service: Service,
    manager: Client,
    ada: Worker,
    van: UUID,
    staff: Staff,
) -> None:
    by_passkey = signed_in(ada)
    assert "Sign in with it yourself first" in send(manager, "only").content.decode()
    head = Worker.objects.get(email="manager@invented.example")
    link(head, van, "sub-m")
    arrive(manager, service, van, "sub-m")
    session = manager.session
    came = session["account_authentication_methods"]
    prove(manager, head)
    session = manager.session
    session["account_authentication_methods"] += came
    session.save()
    assert "in this way only" in send(manager, "only").content.decode()
    assert by_passkey.get(reverse("people:records")).status_code == 403
    assert "opens with that agency’s own sign-in only" in by_passkey.get("/", follow=True).content.decode()
    client = Client()
    arrive(client, service, van)
    assert client.get(reverse("returns:index")).status_code == 200
    send(manager, "not-only")
    assert by_passkey.get(reverse("people:records")).status_code == 200
    Agency.objects.filter(slug="van").update(own_sign_in_only=True)
    send(manager, "off")
    assert not Agency.objects.get(slug="van").own_sign_in_only


# --- which servers are asked ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("::1", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("81.2.69.142", True),
        ("2a00:1450::1", True),
    ],
)
def test_only_public_addresses_are_asked(address: str, public: bool) -> None:
    assert reaching.is_public(address) is public


class Here(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        size = 2_000_000 if self.path == "/large" else 2
        self.send_response(302 if self.path == "/away" else 200)
        self.send_header("Location", "/")
        self.end_headers()
        self.wfile.write(b"x" * size)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def here() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Here)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_this_machine_and_its_neighbours_are_not_asked_by_any_name(here: int, settings: Any) -> None:
    with pytest.raises(requests.ConnectionError, match="not a public address"):
        reaching.session().get(f"https://localhost:{here}/")
    settings.IS_LOCAL = False
    with pytest.raises(reaching.NotOutside):
        reaching.session().get(f"http://127.0.0.1:{here}/")


def test_without_the_check_the_neighbour_would_be_asked(here: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The defect that the test above finds: it gets as far as to greet it."""
    monkeypatch.setattr(reaching, "is_public", lambda address: True)
    with pytest.raises(requests.exceptions.SSLError):
        reaching.session().get(f"https://localhost:{here}/")


def test_no_redirect_is_followed_and_nothing_large_is_read(here: int) -> None:
    session = reaching.session()
    assert session.get(f"http://127.0.0.1:{here}/").content == b"xx"
    with pytest.raises(requests.TooManyRedirects):
        session.get(f"http://127.0.0.1:{here}/away")
    with pytest.raises(reaching.NotOutside):
        session.get(f"http://127.0.0.1:{here}/large")


def test_a_service_that_names_a_neighbour_as_its_own_is_not_trusted(service: Service) -> None:
    service.told = {"jwks_uri": "http://10.0.0.1/keys"}
    with pytest.raises(oidc.NotTrusted):
        oidc.discovered(ISSUER)


def test_too_many_in_a_minute_wait(net: Net, service: Service, ada: Worker, van: UUID, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"own_sign_in": "2/m/ip"}
    client = Client()
    for _ in range(2):
        assert client.post(reverse("sso-begin"), {"agency": str(van)}).status_code == 200
    asked = len(service.asked)
    assert "Wait a minute" in client.post(reverse("sso-begin"), {"agency": str(van)}).content.decode()
    assert len(service.asked) == asked
