"""What is sealed to an agency opens for that agency alone, whoever sealed it: the phone, or this library."""

from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from alongside.foundation.vault import hpke, outbox
from alongside.foundation.vault.outbox import open_sealed, outbox_public_key, seal_for
from alongside.foundation.vault.seal import SealBroken

AGENCY = UUID(int=5)
PUBLIC = bytes.fromhex(
    "04933511e6f750ca94de582419c773f29233c16e527501372e708b28e1f0028ca76e5c529fe590ddca25e433ed774db115fc1c47249b180a106fe1124442b16d93"
)
# Made once by @hpke/core 1.9.0 for PUBLIC, as the phone does.
BY_THE_PHONE = bytes.fromhex(
    "041cad679223388985c10380410a77ac42a0f6cc60d0df30fe7ae15e08086f14c8fa4fa1d5aa3b6b371af817955d72cf68f9692341c101635db262d343fb24c223b7491a8cd3d7d3a767fe02854492fb44d6a63b845480391355a329979bafb3a7dfee9c"
)


class Keys:
    """The key process, with seeds that do not change."""

    def outbox_key(self, agency: UUID) -> bytes:
        return hpke.public_half(self._seed(agency))

    def outbox_open(self, agency: UUID, sealed: bytes) -> bytes:
        try:
            return hpke.opened(self._seed(agency), agency, sealed)
        except hpke.NotOfOutbox:
            raise SealBroken("A sealed message does not open for this agency.") from None

    def _seed(self, agency: UUID) -> bytes:
        return bytes(range(32)) if agency == AGENCY else agency.bytes * 2


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "key_service", Keys)


def test_the_key_stays_what_it_is() -> None:
    """What waits on phones for weeks must open after any release."""
    assert outbox_public_key(AGENCY) == PUBLIC


def test_what_the_phones_own_library_sealed_opens() -> None:
    assert open_sealed(AGENCY, BY_THE_PHONE) == b"sealed by the phone"


def test_it_opens_for_its_agency_alone() -> None:
    other = uuid4()
    assert open_sealed(other, seal_for(other, b"words")) == b"words"
    with pytest.raises(SealBroken):
        open_sealed(other, BY_THE_PHONE)


def test_another_agencys_name_on_it_does_not_open() -> None:
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), PUBLIC)
    suite = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    with pytest.raises(SealBroken):
        open_sealed(AGENCY, suite.encrypt(b"words", key, info=f"outbox:v1:{uuid4()}".encode()))


@pytest.mark.parametrize("place", [0, 1, 40, 65, 70, -1])
def test_one_changed_byte_is_noticed(place: int) -> None:
    changed = bytearray(BY_THE_PHONE)
    changed[place] ^= 1
    with pytest.raises(SealBroken):
        open_sealed(AGENCY, bytes(changed))


@pytest.mark.parametrize("length", [0, 1, 64, 65, 80])
def test_a_part_of_it_is_refused(length: int) -> None:
    with pytest.raises(SealBroken):
        open_sealed(AGENCY, BY_THE_PHONE[:length])


def test_a_fault_tells_nothing_of_what_it_held() -> None:
    with pytest.raises(SealBroken) as fault:
        open_sealed(AGENCY, BY_THE_PHONE[:-1])
    assert "phone" not in str(fault.value)
    assert fault.value.__cause__ is None
