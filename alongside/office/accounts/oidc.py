"""OpenID Connect with an agency's provider: allauth's code flow and PKCE, and what allauth leaves out.

It checks no nonce, takes the provider's word for who it is, and skips the signature of a token that came by a direct
connection. Here the signature, issuer, audience, times and nonce of each token are checked by PyJWT.
"""

import hmac
import json
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string

from alongside.office.accounts import reaching
from alongside.register.agencies.provider_sessions import Verdict
from alongside.register.agencies.providers import Client

SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
CLOCKS_DIFFER = 60  # seconds
LONGEST_SUBJECT = 191
# What `amr` (RFC 8176) calls a second factor. Neither a text message nor a call is one.
SECOND_FACTORS = frozenset({"mfa", "otp", "hwk", "swk", "fpt", "face", "iris", "sc", "phr", "phrh"})
WELL_KNOWN = "/.well-known/openid-configuration"


class NotTrusted(OAuth2Error):  # type: ignore[misc]
    """What came back is not what was asked for. `why`: for the trail and whoever sets it up; never a value."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def discovered(issuer: str, session: requests.Session | None = None) -> dict[str, Any]:
    """What the provider says of itself. Raises NotTrusted in words, requests.RequestException when nothing answers."""
    if not reaching.may_ask(issuer):
        raise NotTrusted("The address must begin with https:// and name a server.")
    asked = session or reaching.session()
    answer = asked.get(issuer.rstrip("/") + WELL_KNOWN)
    try:
        answer.raise_for_status()
        told = answer.json()
    except (requests.HTTPError, ValueError):
        told = None
    if not isinstance(told, dict):
        raise NotTrusted(f"A server answered, but not with what a sign-in service says of itself ({WELL_KNOWN}).")
    if told.get("issuer") != issuer:
        raise NotTrusted("The service calls itself by another address. Ask for the exact “issuer”, to the last stroke.")
    for each in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not isinstance(told.get(each), str) or not reaching.may_ask(told[each]):
            raise NotTrusted(f"The service does not name its “{each}” at an https address.")
    if "code" not in told.get("response_types_supported", ["code"]):
        raise NotTrusted("The service does not offer the code flow, which is the only one used here.")
    if "S256" not in told.get("code_challenge_methods_supported", ["S256"]):
        raise NotTrusted("The service does not offer PKCE with S256.")
    if not set(SIGNED_WITH) & set(told.get("id_token_signing_alg_values_supported", SIGNED_WITH)):
        raise NotTrusted("The service signs its tokens in no way that is accepted here.")
    return told


def verified(token: str, told: dict[str, Any], client: Client, nonce: str | None) -> dict[str, Any]:
    """The claims of an ID token. `nonce` None: at a later answer, which repeats none. Raises NotTrusted."""
    try:
        claims = jwt.decode(
            token,
            _key(token, told),
            algorithms=list(SIGNED_WITH),
            audience=client.client_id,
            issuer=client.issuer,
            leeway=CLOCKS_DIFFER,
            options={"require": ["iss", "aud", "exp", "iat", "sub"]},
        )
    except (jwt.PyJWTError, requests.RequestException, ValueError, TypeError, KeyError) as wrong:
        raise NotTrusted(f"its token did not hold: {type(wrong).__name__}") from None
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != client.client_id:
        raise NotTrusted("its token is for somebody else too")
    if nonce is not None and not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise NotTrusted("its token answers another question")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
        raise NotTrusted("its token names nobody")
    return claims


def _key(token: str, told: dict[str, Any]) -> jwt.PyJWK:
    kid = jwt.get_unverified_header(token).get("kid")
    answer = reaching.session().get(told["jwks_uri"])
    answer.raise_for_status()
    keys = [each for each in jwt.PyJWKSet.from_dict(answer.json()).keys if each.public_key_use in (None, "sig")]
    fit = [each for each in keys if kid is None or each.key_id == kid]
    if len(fit) != 1:
        raise NotTrusted("its token names no key of its own")
    return fit[0]


def is_strong(claims: dict[str, Any], client: Client) -> bool:
    """Whether the provider says that a second factor was used."""
    used = claims.get("amr")
    ways = {each for each in used if isinstance(each, str)} if isinstance(used, list) else set()
    return bool(ways & SECOND_FACTORS) or claims.get("acr") in client.strong_answers


class OwnAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        if not hasattr(self, "_told"):
            self._told = discovered(self.get_provider().client.issuer)
        return self._told

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        address: str = build_absolute_uri(request, reverse("sso-answer", args=[self.provider_id]))
        return address

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        provider = self.get_provider()
        given = kwargs["response"].get("id_token")
        if not isinstance(given, str):
            raise NotTrusted("it sent no token that says who it is")
        claims = verified(given, self.openid_config, provider.client, self.nonce)
        login = provider.sociallogin_from_response(request, {"id_token": {"sub": claims["sub"]}})
        login.is_strong = is_strong(claims, provider.client)
        return login


class OwnProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """One agency's. Of who comes only the subject is taken: neither name nor e-mail address."""

    oauth2_adapter_class = OwnAdapter

    def __init__(self, request: HttpRequest, client: Client) -> None:
        self.client = client
        app = SocialApp(
            provider=self.id,
            provider_id=str(client.id),
            name=client.agency_name[:40],
            client_id=client.client_id,
            secret=client.secret,
            settings={"server_url": client.issuer, "fetch_userinfo": False},
        )
        super().__init__(request, app=app)

    def redirect(self, request: HttpRequest, process: str, next_url: Any = None, data: Any = None, **_: Any) -> Any:
        told = self.get_oauth2_adapter(request).openid_config
        # So that it can be asked again while she works; where it is not offered, many answer without being asked.
        scope = ["openid", *(["offline_access"] if "offline_access" in told.get("scopes_supported", []) else [])]
        nonce = get_random_string(32)
        asked = {"nonce": nonce}
        if self.client.strong_answers:
            asked["acr_values"] = " ".join(self.client.strong_answers)
        if data and data.get("shared"):
            asked["prompt"] = "login"  # on a computer of others whoever was there last is not taken for her
        return super().redirect(request, process, next_url, data, auth_params=asked, scope=scope, nonce=nonce)

    def get_pkce_params(self) -> dict[str, Any]:
        return dict(generate_code_challenge())

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: Any) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: Any) -> list[Any]:
        return []


class Answer(OAuth2CallbackView):  # type: ignore[misc]
    def _get_state(self, request: HttpRequest, provider: OwnProvider) -> tuple[Any, HttpResponse | None]:
        state, answer = super()._get_state(request, provider)
        if state:
            self.adapter.nonce = state["nonce"]
            if request.GET.get("iss", provider.client.issuer) != provider.client.issuer:
                raise NotTrusted("another service answered")  # RFC 9207
        return state, answer


def tokens_of(token: Any, subject: str) -> str:
    """What is kept, sealed, to ask again with."""
    held = {"refresh": token.token_secret} if token.token_secret else {"access": token.token}
    return json.dumps({"sub": subject, **held})


def ask_again(client: Client, tokens: str) -> tuple[Verdict, str]:
    """Whether she may still come in: by her refresh token, else by asking who she is."""
    held = json.loads(tokens)
    session = reaching.session()
    try:
        told = discovered(client.issuer, session)
        if "refresh" in held:
            return _refreshed(client, told, held, session)
        if not reaching.may_ask(str(told.get("userinfo_endpoint"))):
            return Verdict.NO, tokens
        given = {"Authorization": f"Bearer {held['access']}"}
        return _verdict(session.get(told["userinfo_endpoint"], headers=given)), tokens
    except (requests.RequestException, NotTrusted, ValueError):
        return Verdict.SILENT, tokens


def _refreshed(
    client: Client, told: dict[str, Any], held: dict[str, str], session: requests.Session
) -> tuple[Verdict, str]:
    sent = {"grant_type": "refresh_token", "refresh_token": held["refresh"]}
    ways = told.get("token_endpoint_auth_methods_supported", [])
    basic = "client_secret_post" not in ways and "client_secret_basic" in ways  # as allauth chooses at sign-in
    auth = requests.auth.HTTPBasicAuth(client.client_id, client.secret) if basic else None
    if auth is None:
        sent |= {"client_id": client.client_id, "client_secret": client.secret}
    answer = session.post(told["token_endpoint"], data=sent, auth=auth)
    verdict = _verdict(answer)
    if verdict is Verdict.YES:
        given = answer.json()
        if "id_token" in given and verified(given["id_token"], told, client, None)["sub"] != held["sub"]:
            return Verdict.NO, json.dumps(held)
        held["refresh"] = str(given.get("refresh_token") or held["refresh"])
    return verdict, json.dumps(held)


def _verdict(answer: requests.Response) -> Verdict:
    if answer.ok:
        return Verdict.YES
    return Verdict.SILENT if answer.status_code >= 500 or answer.status_code == 429 else Verdict.NO


def origin(issuer: str) -> str:
    """What is shown of it: the server."""
    return urlsplit(issuer).netloc
