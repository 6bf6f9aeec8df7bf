"""How a name as it was written down is taken apart into the tokens that are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from . import nicknames

DESCRIPTORS = frozenset(
    "little big lil small tall short young old baby mama mother auntie aunty miss lady mad crazy skinny posh "
    "irish scottish welsh scouse geordie brummie northern polish russian jamaican african spanish brazilian romanian "
    "black white red blonde blond ginger brown dark light sweet".split()
)
NOT_A_NAME = frozenset(
    "unknown|not known|nk|n k|none|no name|not given|not stated|anon|anonymous|refused|tbc|na|n a".split("|")
)
_APART = re.compile(r"[;/,()]|\b(?:aka|also known as|also|or)\b")
_NOT_LETTERS = re.compile(r"[^a-z ]+")


class Words(NamedTuple):
    """Tokens of one name field, each at most once, in order."""

    tokens: tuple[str, ...]
    roots: tuple[str, ...]
    near: tuple[str, ...]
    stems: tuple[str, ...]


def folded(text: str) -> str:
    """Lower case without accents, hyphens and apostrophes; runs of blanks made one."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    plain = plain.replace("-", "").replace("'", "").replace("`", "")
    return " ".join(_NOT_LETTERS.sub(" ", plain).split())


def spoken_forms(text: str) -> Iterator[str]:
    """The separate names in a field that may hold several ("Tee aka Lizzie Omar")."""
    lowered = text.lower()
    parts = _APART.split(lowered) if _APART.search(lowered) else (lowered,)
    for part in parts:
        name = folded(part)
        if name and name not in NOT_A_NAME:
            yield name


@lru_cache(maxsize=200_000)
def near_keys(token: str) -> tuple[str, ...]:
    """The token and what is left after dropping one letter: two tokens one slip of the pen apart share a key."""
    if len(token) < 4:
        return (token,)
    return tuple(dict.fromkeys([token, *(token[:i] + token[i + 1 :] for i in range(len(token)))]))


def given_names(text: str) -> Words:
    """Tokens of known_as and other_name joined by ';'. A descriptor ("Little") is no token alone, the whole form is."""
    tokens: dict[str, None] = {}
    singles: dict[str, None] = {}
    for name in spoken_forms(text):
        words = name.split()
        own = [w for w in words if w not in DESCRIPTORS] or words
        singles.update(dict.fromkeys(own[:2]))
        tokens.update(dict.fromkeys(own[:2]))
        if len(words) > 1:
            tokens[name.replace(" ", "_")] = None
    roots = dict.fromkeys(root for token in singles for root in sorted(nicknames.roots(token)))
    near = dict.fromkeys(key for token in singles for key in near_keys(token))
    stems = dict.fromkeys(token[:3] for token in singles if len(token) >= 3)
    return Words(tuple(tokens), tuple(roots), tuple(near), tuple(stems))


def last_names(text: str) -> Words:
    """Tokens of a last name; two for a double-barrelled one written with a blank or a hyphen."""
    tokens = dict.fromkeys(w for name in spoken_forms(text.replace("-", " ")) for w in name.split())
    near = dict.fromkeys(key for token in tokens for key in near_keys(token))
    return Words(tuple(tokens), (), tuple(near), ())


def last_name_within(text: str) -> str:
    """The last name inside a known-as such as "Jenn Wright", else ''; "Irish Sarah" holds none."""
    found = []
    for name in spoken_forms(text):
        words = name.split()
        if len(words) == 2 and words[0] not in DESCRIPTORS and nicknames.is_ordinary(words[0]):
            found.append(words[1])
    return ";".join(found)
