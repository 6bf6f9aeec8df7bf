"""Sealing as the phone does, by the library that opens: tests/browser seals by the phone's own."""

from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from alongside.foundation.vault.outbox import outbox_public_key

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def sealed(agency: UUID, plain: bytes) -> bytes:
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), outbox_public_key(agency))
    return SUITE.encrypt(plain, key, info=f"outbox:v1:{agency}".encode())
