"""A password is not made of what everybody here would try first: names of the product, area, agencies, or her own."""

import re

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


def _words(user: AbstractBaseUser | None) -> set[str]:
    told = [APP_NAME, "Alongside", *queries.names_of_here()]
    hers = [getattr(user, "name", ""), *getattr(user, "email", "").split("@")[:1]] if user else []
    parts = [part for each in hers for part in re.split(r"[\W_]+", each)]
    return {word for word in map(_letters, [*told, *hers, *parts]) if len(word) >= SHORTEST}


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
