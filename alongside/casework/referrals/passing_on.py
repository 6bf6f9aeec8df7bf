"""What a referral passes on, sealed: chosen parts of what an agency knows of her; and what is told before an answer.

Before an answer the service is told no name: what she needs, and an age within five years if she agreed to her age.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.foundation.vault.keys import key_service
from alongside.foundation.vault.seal import Place, seal, unseal
from alongside.register.agencies.codes import Takes
from alongside.register.people.codes import FieldGroup
from alongside.register.people.known import Age, Born, Known, as_texts, from_texts

FIELDS: dict[FieldGroup, tuple[str, ...]] = {
    FieldGroup.IDENTITY: ("names", "last_names", "born", "age", "ethnicity", "marks", "untold"),
    FieldGroup.SAFE_CONTACT: ("phones",),
    FieldGroup.WHEREABOUTS: ("area",),
    FieldGroup.NOTES: ("note",),
}
BAND = 5


@dataclass(frozen=True, slots=True)
class Summary:
    """What a service is told before it answers. `age`: a span of years in words; empty where she did not agree."""

    needs: tuple[Takes, ...] = ()
    age: str = ""


def part_of(known: Known, groups: Iterable[str]) -> Known:
    """What she agreed to pass on. The agency's own reference never goes."""
    wanted = {name for group in groups for name in FIELDS[FieldGroup(group)]}
    return from_texts({name: text for name, text in as_texts(known).items() if name in wanted})


def summary_of(known: Known, groups: Sequence[str], needs: Sequence[Takes], today: date) -> Summary:
    tells_age = FieldGroup.IDENTITY in groups
    return Summary(tuple(needs), _age_words(known.born, known.age, today) if tells_age else "")


def _age_words(born: Born | None, age: Age | None, today: date) -> str:
    """`25 to 34`: five-year steps around what is known, so that a birthday does not show."""
    if born is not None:
        low, high = (today - born.latest).days // 365.25, (today - born.earliest).days // 365.25
    elif age is not None:
        since = (today - age.on).days // 365 if age.on else 0
        low, high = age.low + since, age.high + since
    else:
        return ""
    return f"{int(low) // BAND * BAND} to {int(high) // BAND * BAND + BAND - 1}"


def new_key(agency: UUID) -> tuple[bytes, bytes]:
    """(data key, the same wrapped for this agency)."""
    return key_service().new_data_keys(agency, 1)[0]


def _opened(agency: UUID, data_key: bytes | memoryview | None) -> bytes | None:
    """The data key; None once it was destroyed."""
    return key_service().unwrap(agency, [bytes(data_key)])[0] if data_key else None


def sealed_summary(key: bytes, referral: UUID, summary: Summary) -> bytes:
    text = json.dumps({"needs": list(summary.needs), "age": summary.age})
    return seal(key, Place("referrals_referral", referral, "summary"), text)


def summaries(
    agency: UUID, rows: Sequence[tuple[UUID, bytes | memoryview | None, bytes | memoryview | None]]
) -> dict[UUID, Summary]:
    """Summaries of referrals that one agency sent: (referral, data key, summary) each. Keys are opened in one call."""
    whole = [(referral, bytes(key), bytes(sealed)) for referral, key, sealed in rows if key and sealed]
    keys = key_service().unwrap(agency, [key for _, key, _ in whole])
    found = {}
    for (referral, _, sealed), key in zip(whole, keys, strict=True):
        told = json.loads(unseal(key, Place("referrals_referral", referral, "summary"), sealed))
        found[referral] = Summary(tuple(Takes(need) for need in told["needs"]), told["age"])
    return found


def sealed_package(key: bytes, referral: UUID, known: Known, words: str) -> dict[str, bytes | None]:
    """The fields of a package's row."""
    text = json.dumps(as_texts(known))
    return {
        "known": seal(key, Place("referrals_package", referral, "known"), text),
        "words": seal(key, Place("referrals_package", referral, "words"), words) if words else None,
    }


def package(
    agency: UUID,
    referral: UUID,
    data_key: bytes | memoryview | None,
    known: bytes | memoryview | None,
    words: bytes | memoryview | None,
) -> tuple[Known, str]:
    """The inverse of `sealed_package`; nothing once its key was destroyed."""
    key = _opened(agency, data_key)
    if key is None:
        return Known(), ""
    told = unseal(key, Place("referrals_package", referral, "known"), bytes(known)) if known else "{}"
    said = unseal(key, Place("referrals_package", referral, "words"), bytes(words)) if words else ""
    return from_texts(json.loads(told)), said
