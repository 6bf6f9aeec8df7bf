"""What a phone or a program shows to be let in: `<agency>.<its id>.<secret>`. We keep a digest of the secret only."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Token:
    agency: UUID
    id: UUID
    secret: str

    @classmethod
    def fresh(cls, agency: UUID, id: UUID) -> "Token":
        return cls(agency, id, secrets.token_urlsafe(32))

    @classmethod
    def read(cls, header: str) -> "Token | None":
        """From an `Authorization: Bearer` header. None when it is not of this form."""
        scheme, _, value = header.partition(" ")
        parts = value.split(".")
        if scheme != "Bearer" or len(parts) != 3:
            return None
        try:
            return cls(UUID(parts[0]), UUID(parts[1]), parts[2])
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.agency}.{self.id}.{self.secret}"

    def digest(self) -> bytes:
        """SHA-256: 256 random bits need no slow hash."""
        return hashlib.sha256(self.secret.encode()).digest()

    def fits(self, digest: bytes) -> bool:
        return hmac.compare_digest(self.digest(), bytes(digest))
