"""An agency's outbox: whoever has its public half can seal a message to it, and not read it back.

The private half is made in the key process for each message and never leaves it (`hpke.py`); this process is given
what the message says, and no key.
"""

from uuid import UUID

from alongside.foundation.vault.hpke import sealed_to
from alongside.foundation.vault.keys import key_service


def outbox_public_key(agency: UUID) -> bytes:
    """The agency's public outbox key: an uncompressed point of P-256, 65 bytes."""
    return key_service().outbox_key(agency)


def seal_for(agency: UUID, plain: bytes) -> bytes:
    """Seal as a phone does, with the public half alone."""
    return sealed_to(outbox_public_key(agency), agency, plain)


def open_sealed(agency: UUID, blob: bytes) -> bytes:
    """What was sealed to this agency. Raises SealBroken: changed, cut short, or sealed for another agency."""
    return key_service().outbox_open(agency, blob)
