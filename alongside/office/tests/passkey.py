"""A passkey in software: it signs what a browser's would, with a key of its own, for allauth to check."""

import hashlib
import json
from dataclasses import dataclass, field

from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

from alongside.register.agencies.models import Worker

PLACE = "testserver"  # to whom a test's browser speaks
FLAG = AuthenticatorData.FLAG
SURE = FLAG.UP | FLAG.UV  # somebody touched it, and it knew her


@dataclass
class Passkey:
    """Held by one worker; `place`: the address it was made for."""

    worker: Worker
    place: str = PLACE
    name: bytes = b"invented"
    secret: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def add(self) -> Authenticator:
        held = AttestedCredentialData.create(
            Aaguid.NONE, self.name, ES256.from_cryptography_key(self.secret.public_key())
        )
        told = AuthenticatorData.create(self._place(), SURE | FLAG.AT, 0, held)
        client = CollectedClientData.create("webauthn.create", b"invented", f"http://{self.place}")
        response = AuthenticatorAttestationResponse(
            client_data=client, attestation_object=AttestationObject.create("none", told, {})
        )
        data = {"name": "ring", "credential": dict(RegistrationResponse(raw_id=self.name, response=response))}
        return Authenticator.objects.create(user=self.worker, type=Authenticator.Type.WEBAUTHN, data=data)

    def answer(self, asked: Client, flags: FLAG = SURE) -> str:
        """What it says to the question that this browser was asked last, as JSON."""
        question = websafe_decode(asked.session["mfa.webauthn.state"]["challenge"])
        client = CollectedClientData.create("webauthn.get", question, f"http://{self.place}")
        told = AuthenticatorData.create(self._place(), flags, 1)
        signed = self.secret.sign(told + client.hash, ec.ECDSA(hashes.SHA256()))
        parts = {
            "clientDataJSON": client,
            "authenticatorData": told,
            "signature": signed,
            "userHandle": user_id_to_str(self.worker).encode(),
        }
        name = websafe_encode(self.name)
        response = {key: websafe_encode(value) for key, value in parts.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})

    def _place(self) -> bytes:
        return hashlib.sha256(self.place.encode()).digest()
