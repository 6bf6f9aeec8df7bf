"""How each persona asks: signed in as a real worker is, with a passkey; one by password and code."""

import time
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from alongside.register.agencies.acting import SESSION_KEY
from tests.policy.stage import Stage

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FRESH = 60  # seconds
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass
class Browsers:
    """One browser for each persona of a stage, and `nobody`'s."""

    stage: Stage
    clients: dict[str, Client] = field(default_factory=dict)
    awake: dict[str, float] = field(default_factory=dict)  # when each last proved who she is

    def personas(self) -> list[str]:
        return ["nobody", *self.stage.who]

    def ask(self, persona: str, method: str, address: str, data: dict[str, Any] | None = None, **extra: Any) -> Any:
        """One question, whatever it would change undone afterwards: each finds the stage as it was."""
        client = self.clients.get(persona) or self._open(persona)
        self._stay_awake(persona, client)
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        with transaction.atomic():
            answer: HttpResponseBase = (
                getattr(client, method.lower())(address, data or {}, **extra)
                if method in ("GET", "HEAD", "POST")
                else client.generic(method, address, **extra)
            )
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.load(cookies)
        return answer

    def _open(self, persona: str) -> Client:
        client = Client(raise_request_exception=False)
        self.clients[persona] = client
        if persona == "nobody":
            return client
        worker, membership = self.stage.who[persona]
        client.force_login(worker, backend=BACKEND)
        self._prove(persona, client)
        session = client.session
        if membership is not None:
            session[SESSION_KEY] = str(membership.id)
        session.save()
        client.get(reverse("away"))  # what the first click of a session writes is there for every question
        client.get(reverse("mfa_index"))
        return client

    def _stay_awake(self, persona: str, client: Client) -> None:
        """All questions together take longer than a session may rest, or a proof may count."""
        if persona in self.awake and time.time() - self.awake[persona] > FRESH:
            self._prove(persona, client)

    def _prove(self, persona: str, client: Client) -> None:
        worker, _ = self.stage.who[persona]
        session = client.session
        now = self.awake[persona] = time.time()
        proofs = [{"method": "password", "at": now, "email": worker.email}]
        if persona != "password_only":
            proofs.append({"method": "mfa", "type": "totp" if persona == "by_code" else "webauthn", "at": now})
        session["account_authentication_methods"] = proofs
        session["account_authentication_methods_user"] = str(worker.pk)
        session["session_began"] = session["session_seen"] = now
        session.save()


def word(answer: Any) -> str:
    """An answer as the table of expectations says it."""
    status = answer.status_code
    if getattr(answer, "needs_passkey", False):
        return "passkey" if status == 403 else "a shown passkey page"
    if status in (301, 302, 303):
        target = answer.headers["Location"].split("?")[0]
        return {
            reverse("account_login"): "sign_in",
            reverse("mfa_index"): "second_factor",
            reverse("account_reauthenticate"): "confirm",
            reverse("mfa_reauthenticate"): "confirm",
        }.get(target, "redirect")
    return {
        200: "ok",
        201: "ok",
        204: "ok",
        409: "ok",
        422: "ok",
        400: "bad",
        403: "forbidden",
        404: "not_found",
        405: "method",
    }.get(status, f"error {status}")
