"""Formal names and their everyday forms: which names may be the same name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def table() -> dict[str, tuple[str, ...]]:
    """Everyday forms of each formal name, lower case."""
    text = files(__package__).joinpath("nicknames.txt").read_text("utf-8")
    lines = (line.split(":") for line in text.splitlines() if line and not line.startswith("#"))
    return {formal: tuple(forms.split()) for formal, forms in lines}


@cache
def _roots() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for formal, forms in table().items():
        for form in (formal, *forms):
            found.setdefault(form, set()).add(formal)
    return {name: frozenset(roots) for name, roots in found.items()}


def roots(name: str) -> frozenset[str]:
    """Formal names that `name` (lower case, no accents) may stand for; itself where the table does not know it."""
    return _roots().get(name, frozenset((name,)))


def is_ordinary(name: str) -> bool:
    """Whether `name` is in the table of ordinary names, so that it is hardly a street name."""
    return name in _roots()
