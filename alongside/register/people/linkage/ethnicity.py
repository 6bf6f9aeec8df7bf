"""Ethnic groups as agencies write them, read as a broad group and, where given, a detail."""

from __future__ import annotations

_POLICE = {"ic1": "W", "ic2": "W", "ic3": "B", "ic4": "A", "ic5": "O", "ic6": "O"}
_LETTERS = {"w": "W", "b": "B", "m": "M", "a": "A", "o": "O"}
_WORDS = (
    ("mixed", "M"),
    ("dual", "M"),
    ("white", "W"),
    ("gypsy", "W"),
    ("traveller", "W"),
    ("roma", "W"),
    ("irish", "W"),
    ("european", "W"),
    ("black", "B"),
    ("caribbean", "B"),
    ("african", "B"),
    ("asian", "A"),
    ("indian", "A"),
    ("pakistani", "A"),
    ("bangladeshi", "A"),
    ("chinese", "O"),
    ("arab", "O"),
    ("other", "O"),
)
_BARE = frozenset(("white", "black", "mixed", "mixed race", "asian", "other", "dual heritage"))


def broad_and_detail(written: str) -> tuple[str | None, str | None]:
    """W, B, M, A or O, and the detail in lower case; None for what is not told."""
    value = " ".join(written.lower().split())
    if value in _POLICE or value in _LETTERS:
        return _POLICE.get(value) or _LETTERS[value], None
    for word, group in _WORDS:
        if word in value:
            return group, None if value in _BARE else value
    return None, None
