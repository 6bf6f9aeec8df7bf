"""The outbox key pair of an agency: whoever has the public half can seal a message to it, and not read it back.

HPKE (RFC 9180) in base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. A sealed message is the encapsulated
key (65 bytes) followed by the ciphertext. The agency is bound to it as `info`: sealed for one agency it opens for no
other. The private half is made from the key service each time it is needed and is kept nowhere.
"""

from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from alongside.foundation.vault.keys import key_service
from alongside.foundation.vault.seal import SealBroken

_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_FIELD = "outbox:v1"
# Order of the curve's group (FIPS 186-5, P-256).
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def outbox_public_key(agency: UUID) -> bytes:
    """The agency's public outbox key: an uncompressed point of P-256, 65 bytes."""
    return _private_key(agency).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def seal_for(agency: UUID, plain: bytes) -> bytes:
    """Seal as a phone does, with the public half alone."""
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), outbox_public_key(agency))
    return _SUITE.encrypt(plain, key, info=_info(agency))


def open_sealed(agency: UUID, blob: bytes) -> bytes:
    """What was sealed to this agency. Raises SealBroken: changed, cut short, or sealed for another agency."""
    try:
        return _SUITE.decrypt(blob, _private_key(agency), info=_info(agency))
    except (InvalidTag, ValueError):
        raise SealBroken("A sealed message does not open for this agency.") from None


def _info(agency: UUID) -> bytes:
    return f"outbox:v1:{agency}".encode()


def _private_key(agency: UUID) -> ec.EllipticCurvePrivateKey:
    """From the agency's own secret: 48 bytes brought into the group, so that no scalar is likelier (FIPS 186-5)."""
    seed = key_service().index_key(agency, _FIELD)
    wide = HKDFExpand(SHA256(), 48, info=b"alongside:outbox:v1:P-256").derive(seed)
    return ec.derive_private_key(int.from_bytes(wide) % (_ORDER - 1) + 1, ec.SECP256R1())
