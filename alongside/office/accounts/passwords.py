"""A password is not what somebody would try first: names of here, her own, or one that was stolen elsewhere before."""

import hashlib
import mmap
import re
from pathlib import Path

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

from alongside.foundation.kit.shell import APP_NAME
from alongside.register.agencies import queries

SHORTEST = 5  # letters of a word that counts: "van" stands in many a good password


class NotOfHere:
    """Refuses a password in which such a word stands, whatever is put between its letters or after it."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        plain = _letters(password)
        if any(word in plain for word in _words(user)):
            raise ValidationError(
                "Leave out your name, and the names of this system, your area and your agencies.", code="of_here"
            )

    def get_help_text(self) -> str:
        return "It can't hold your name, or the names of this system, your area or your agencies."


class NotStolen:
    """Refuses a password of the list of stolen ones, where the operator has put it on this machine.

    The list is that of Have I Been Pwned, ordered by hash: SHA-1 in capitals, a colon and a count, one a line. Nothing
    of a password leaves the machine.
    """

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        if settings.STOLEN_PASSWORDS.exists() and _stands_in(settings.STOLEN_PASSWORDS, digest.encode()):
            raise ValidationError(
                "This password was stolen from another place before, and thieves try those first. Choose another.",
                code="stolen",
            )

    def get_help_text(self) -> str:
        return "It can't be one that was stolen from another place before."


def _stands_in(path: Path, digest: bytes) -> bool:
    """By halves, so that a list of 40 GB costs some thirty looks."""
    if not path.stat().st_size:
        return False  # nothing can be mapped
    with path.open("rb") as held, mmap.mmap(held.fileno(), 0, access=mmap.ACCESS_READ) as lines:
        low, high = 0, len(lines)
        while low < high:
            begins = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
            ends = lines.find(b"\n", begins, high)
            line = lines[begins : begins + len(digest)]
            if line == digest:
                return True
            if line < digest:
                low = high if ends < 0 else ends + 1
            else:
                high = begins
    return False


def _words(user: AbstractBaseUser | None) -> set[str]:
    told = [APP_NAME, "Alongside", *queries.names_of_here()]
    hers = [getattr(user, "name", ""), *getattr(user, "email", "").split("@")[:1]] if user else []
    parts = [part for each in hers for part in re.split(r"[\W_]+", each)]
    return {word for word in map(_letters, [*told, *hers, *parts]) if len(word) >= SHORTEST}


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
