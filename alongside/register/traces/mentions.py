"""Where she is spoken of in rows that do not hang on her record: hand-over notes, women met without a record.

Erasing reads these texts of the agency and empties those in which one of her names stands. Nobody sees them meanwhile.
"""

import re
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.apps import apps

from alongside.foundation.vault.alone import MARK, open_alone
from alongside.foundation.vault.keys import ID_BYTES, KeyGone
from alongside.foundation.vault.seal import Place, SealBroken
from alongside.register.people.models import Identity
from alongside.register.people.queries import open_vault

# Free texts of an agency, sealed each under a key of its own, by model. `test_erasing.py` notices one that is missing.
TEXTS: dict[str, tuple[str, ...]] = {
    "contacts.Shift": ("hand_over",),
    "contacts.UnnamedContact": ("description", "note"),
    "rights.Breach": ("words", "closed_words"),
}
LEAST = 3  # letters of a name that is looked for: shorter ones stand in too many words


def erase_mentions(agency: UUID, record: UUID) -> list[bytes]:
    """Empty every free text of `agency` in which a name of the woman stands. Returns their data keys, to be destroyed.

    To be called before her names are gone, by the action that erases her.
    """
    spoken_of = pattern(_names(record))
    return [] if spoken_of is None else [key for label in TEXTS for key in _emptied(label, agency, spoken_of)]


def pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Finds one of these names as a whole word, as it is written, capitalised or in capitals: "May" is not "may"."""
    words = {word for name in names for word in re.findall(r"\w[\w'’-]*", name) if len(word) >= LEAST}
    forms = sorted({form for word in words for form in (word, word.capitalize(), word.upper())}, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)") if forms else None


def _names(record: UUID) -> Iterator[str]:
    versions = Identity.objects.unscoped("erasing her: what is looked for are her own names").filter(record_id=record)
    try:
        opened = open_vault(versions.order_by("version"))
    except KeyGone:  # erased before, and brought back by a restore: her names are not there to be looked for
        return
    for _, known in opened:
        yield from (*known.names, *known.last_names)


def _emptied(label: str, agency: UUID, spoken_of: re.Pattern[str]) -> Iterator[bytes]:
    model = apps.get_model(label)
    rows = model._default_manager.unscoped("erasing her: where she is spoken of beside her record")
    for field in TEXTS[label]:
        held = rows.filter(agency_id=agency).exclude(**{field: None}).order_by("pk").values_list("pk", field)
        sealed = [(pk, bytes(value)) for pk, value in held if bytes(value[:1]) == MARK]
        for pk, value in sealed:
            if spoken_of.search(_opened(agency, Place(model._meta.db_table, pk, field), value)):
                rows.filter(pk=pk).update(**{field: None})
                yield value[1 : 1 + ID_BYTES]


def _opened(agency: UUID, place: Place, sealed: bytes) -> str:
    """One at a time: a text whose key was destroyed for another woman tells nothing, and stops no other."""
    try:
        return open_alone(agency, place, sealed)
    except SealBroken:
        return ""
