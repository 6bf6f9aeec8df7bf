"""A sign-in service of an agency, in this process: what the network would carry is answered here.

It does what OpenID Connect asks of it (a code counts once, PKCE and secret are checked), unless a test bends it.
"""

import base64
import hashlib
import html
import json
import re
import time
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import reverse
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from alongside.foundation.gate.level import acting_as
from alongside.foundation.trail.models import TrailRow
from alongside.office.accounts import single_sign_on
from alongside.register.agencies import providers
from alongside.register.agencies.acting import actor_for
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Membership, Worker

if TYPE_CHECKING:
    from alongside.office.tests.conftest import Staff

ISSUER = "https://login.northbank.example"
SECRET = "zq-client-secret-of-the-council"
NOBODY_HERE = "Nobody who works here is linked with this account"
CLIENT = "alongside"


@dataclass
class Service:
    """`amr`: what it says of how she signed in; `bend`: changes the claims of a token; `sign`: makes one of them."""

    issuer: str
    amr: list[str] = field(default_factory=lambda: ["pwd", "mfa"])
    acr: str = ""
    bend: Any = None
    sign: Any = None
    told: dict[str, Any] = field(default_factory=dict)  # instead of what it would say of itself
    silent: bool = False
    refreshing: bool = True  # whether it gives a token to ask again with
    again: Any = None  # the subject of the token that it sends when asked again
    gone: set[str] = field(default_factory=set)  # subjects whose accounts it has closed
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refreshes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())

    def says(self) -> dict[str, Any]:
        here = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/me",
            "scopes_supported": ["openid", "offline_access"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }
        return here | self.told

    def signed_in(self, address: str, subject: str) -> dict[str, str]:
        """She has signed in on its page `address`: what her browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = {**asked, "sub": subject}
        return {"code": code, "state": asked["state"]}

    def answer(self, request: requests.PreparedRequest) -> tuple[int, Any]:
        path = urlsplit(str(request.url)).path.removeprefix(urlsplit(self.issuer).path)
        self.asked.append(path)
        if self.silent:
            raise requests.ConnectionError
        if path.endswith("/openid-configuration"):
            return 200, self.says()
        if path == "/keys":
            return 200, {"keys": [self.public()]}
        if path == "/token":
            sent = {name: values[0] for name, values in parse_qs(str(request.body)).items()}
            given = request.headers.get("Authorization", "").removeprefix("Basic ")
            if given and self.told.get("token_endpoint_auth_methods_supported") == ["client_secret_basic"]:
                sent["client_id"], sent["client_secret"] = base64.b64decode(given).decode().split(":")
            return self._token(sent)
        if path == "/me":
            return (401, {}) if self.gone else (200, {"sub": "sub-1"})
        return 404, {}

    def public(self) -> dict[str, Any]:
        made = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(self.key.public_key()))
        return {**made, "kid": "first", "use": "sig", "alg": "ES256"}

    def _token(self, sent: dict[str, str]) -> tuple[int, Any]:
        if (sent.get("client_id"), sent.get("client_secret")) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        if sent["grant_type"] == "refresh_token":
            subject = self.refreshes.pop(sent["refresh_token"], None)
            if subject is None or subject in self.gone:
                return 400, {"error": "invalid_grant"}
            asked = {"sub": self.again, "nonce": ""}
            token = {"id_token": self.signed(self.claims(asked))} if self.again else {}
            return 200, {"access_token": "a", "refresh_token": self._refresh(subject), **token}
        asked = self.codes.pop(sent["code"], None)
        made = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest()).decode()
        if (
            asked is None
            or asked["code_challenge"] != made.rstrip("=")
            or asked["redirect_uri"] != sent["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        token = (self.sign or self.signed)(self.claims(asked))
        given = {"access_token": "a", "expires_in": 300} | ({"id_token": token} if token else {})
        return 200, given | ({"refresh_token": self._refresh(asked["sub"])} if self.refreshing else {})

    def claims(self, asked: dict[str, str]) -> dict[str, Any]:
        now = int(time.time())
        made = {"iss": self.issuer, "aud": CLIENT, "sub": asked["sub"], "iat": now, "exp": now + 300}
        made |= {"nonce": asked["nonce"], "amr": self.amr, "acr": self.acr, "email": "ada@invented.example"}
        return self.bend(made) if self.bend else made

    def signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self.key, algorithm="ES256", headers={"kid": "first"})

    def _refresh(self, subject: str) -> str:
        """A new one each time; the one before opens nothing more."""
        token = f"refresh-{len(self.asked)}-{subject}"
        self.refreshes[token] = subject
        return token


@dataclass
class Net:
    """The only servers that there are."""

    services: list[Service] = field(default_factory=list)

    def service(self, issuer: str = ISSUER) -> Service:
        self.services.append(Service(issuer))
        return self.services[-1]

    def send(self, adapter: HTTPAdapter, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        service = next((each for each in self.services if str(request.url).startswith(each.issuer + "/")), None)
        if service is None:
            raise requests.ConnectionError
        status, body = service.answer(request)
        raw = HTTPResponse(BytesIO(json.dumps(body).encode()), status=status, preload_content=False)
        made = adapter.build_response(request, raw)
        made.headers["content-type"] = "application/json"
        return made


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Net:
    made = Net()
    monkeypatch.setattr(HTTPAdapter, "send", lambda adapter, request, *_, **options: made.send(adapter, request))
    return made


def go(client: Client, provider: object, **more: str) -> str:
    """The button of the page for signing in: the address of the service to which it leads."""
    return led_to(client.post(reverse("sso-begin"), {"agency": str(provider), **more}))


def led_to(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', answer.content.decode())
    assert found
    return html.unescape(found.group(1))


def come_back(client: Client, provider: object, brought: dict[str, str]) -> Any:
    """Her browser sends no cookie to a page that another site led to; the page asks for itself once more."""
    address = reverse("sso-answer", args=[provider])
    return client.get(address, {**brought, "_redir": ""})


def arrive(client: Client, service: Service, provider: object, subject: str = "sub-1", **more: str) -> Any:
    return come_back(client, provider, service.signed_in(go(client, provider, **more), subject))


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def kept(permission: str = single_sign_on.REFUSED) -> list[TrailRow]:
    lead = Membership.objects.select_related("agency").get(agency__slug="van", role=Role.DP_LEAD)
    with acting_as(actor_for(lead, by_passkey=True)):
        return list(TrailRow.objects.filter(permission=permission).order_by("id"))


def set_up(staff: "Staff", slug: str, issuer: str = ISSUER, on: bool = True, **more: Any) -> UUID:
    """The agency's manager sets its sign-in up."""
    manager = staff(f"manager-{slug}@invented.example", (slug, Role.MANAGER))
    actor = actor_for(Membership.objects.select_related("agency").get(worker=manager), by_passkey=True)
    with acting_as(actor):
        made: UUID = providers.set_up_provider(actor, issuer=issuer, client_id=CLIENT, secret=SECRET, **more)
        providers.switch_provider(actor, on=on)
    return made


def link(worker: Worker, provider: UUID, subject: str = "sub-1") -> None:
    SocialAccount.objects.create(user=worker, provider=str(provider), uid=subject)


@pytest.fixture
def service(net: Net) -> Service:
    return net.service(ISSUER)


@pytest.fixture
def van(staff: "Staff") -> UUID:
    staff("dpo@invented.example", ("van", Role.DP_LEAD))
    return set_up(staff, "van")


@pytest.fixture
def ada(staff: "Staff", van: UUID) -> Worker:
    worker = staff("ada@invented.example", ("van", Role.KEY_WORKER))
    link(worker, van)
    return worker
