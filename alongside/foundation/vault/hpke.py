"""The key pair of an agency's outbox and what it opens, made from the agency's seed (RFC 9180). No key is kept here.

HPKE in base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. A sealed message is the encapsulated key
(65 bytes) followed by the ciphertext. The agency is bound to it as `info`: sealed for one agency it opens for no other.
"""

from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
# Order of the curve's group (FIPS 186-5, P-256).
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class NotOfOutbox(Exception):
    """Changed, cut short, or sealed for another agency."""


def public_half(seed: bytes) -> bytes:
    """The public key of a seed of 32 bytes: an uncompressed point of P-256, 65 bytes."""
    return _private_half(seed).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def sealed_to(public: bytes, agency: UUID, plain: bytes) -> bytes:
    """Seal as a phone does, with the public half alone."""
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    return _SUITE.encrypt(plain, key, info=_info(agency))


def opened(seed: bytes, agency: UUID, blob: bytes) -> bytes:
    """What was sealed to this agency. Raises NotOfOutbox."""
    try:
        return _SUITE.decrypt(blob, _private_half(seed), info=_info(agency))
    except (InvalidTag, ValueError):
        raise NotOfOutbox from None


def _info(agency: UUID) -> bytes:
    return f"outbox:v1:{agency}".encode()


def _private_half(seed: bytes) -> ec.EllipticCurvePrivateKey:
    """From the agency's own secret: 48 bytes brought into the group, so that no scalar is likelier (FIPS 186-5)."""
    wide = HKDFExpand(SHA256(), 48, info=b"alongside:outbox:v1:P-256").derive(seed)
    return ec.derive_private_key(int.from_bytes(wide) % (_ORDER - 1) + 1, ec.SECP256R1())
