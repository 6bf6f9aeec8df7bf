"""Whether a text names a woman whom the agency itself knows: by its match keys, without opening a name.

No oracle between agencies: the keys of two agencies never agree, and each asks about its own women alone.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import check
from alongside.foundation.vault.keys import key_service
from alongside.register.people.linkage.names import folded
from alongside.register.people.lookup import keys
from alongside.register.people.models import Identity

WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
SENTENCE = re.compile(r"[.!?]\s|\n")
BESIDE_A_NUMBER = re.compile(r"^\W{0,2}\d|\d\W{0,2}$")
MONTHS = frozenset("january february march april may june july august september october november december".split())
# Words that are names too. They count when they are written as a name: with a capital, and not first in a sentence.
ORDINARY = frozenset(
    "a all an and are as at be been black bishop bright brown by came can carter charity church clear close cook"
    " cross day days did down drew early east faith field first fish for frank from garden gave gay given golden good"
    " grace grant gray green grey had hall has have heath hill his holly home hope hostel house how hunt in is it its"
    " ivy joy just king lane late little long love low main many march mark may mercy met miles mill more moon most new"
    " newly night no north not of old on one or our out over own page park patience pearl poppy price prudence rain ray"
    " read reed rich rise river rose ruby sage sandy say school sharp she short sky small snow so south spring star"
    " still stone storm street strong summer sun than that the their them then there they this to town two up very was"
    " week well were west what when white who why will winter with women wood work year years yes young".split()
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A word of the text that is a name of the agency's, and the number of its sentence, from 1."""

    word: str
    sentence: int


def names_in(actor: Actor, text: str) -> list[Standing]:
    """Where names of women known to the actor's own agency stand in `text`. Never tells whose they are."""
    check(actor, "people.find_names")
    assert actor.agency is not None
    words = list(_words(text))
    if not words:
        return []
    hashed = keys.hasher(key_service().index_key(actor.agency, keys.FIELD))
    asked = {(kind, token): hashed((kind, token)) for _, token in words for kind in ("token", "last")}
    rows = Identity.objects.visible_to(actor).filter(agency_id=actor.agency, is_current=True)
    found = rows.filter(match_keys__overlap=list(asked.values())).order_by("id").values_list("match_keys", flat=True)
    held = {key for match_keys in found for key in match_keys}
    named = [each for each, token in words if any(asked[kind, token] in held for kind in ("token", "last"))]
    return list(dict.fromkeys(named))


def of_the_same_last_name(
    job: Actor, bearers: Mapping[UUID, str], read: Mapping[UUID, Collection[UUID]]
) -> dict[UUID, list[UUID]]:
    """Which of the records that each worker read are of a woman with the worker's own last name, by match keys alone.

    `bearers`: names of workers; `read`: what each opened. `job`: `acting.checking_job` of their agency. A first name
    that is another woman's last one is not found, nor a name that was not written down.
    """
    check(job, "people.find_names")
    assert job.agency is not None
    hashed = keys.hasher(key_service().index_key(job.agency, keys.FIELD))
    asked = {
        worker: {
            hashed(("last", part)) for part in map(folded, bearers[worker].split()[-1].split("-")) if len(part) > 1
        }
        for worker in read
        if bearers.get(worker, "").strip()
    }
    rows = Identity.objects.visible_to(job).filter(agency_id=job.agency, is_current=True)
    rows = rows.filter(record_id__in={each for records in read.values() for each in records})
    rows = rows.filter(match_keys__overlap=sorted({key for each in asked.values() for key in each}))
    held = dict(rows.order_by("record_id").values_list("record_id", "match_keys"))
    found = {
        worker: [each for each in dict.fromkeys(read[worker]) if mine & set(held.get(each, ()))]
        for worker, mine in asked.items()
    }
    return {worker: records for worker, records in found.items() if records}


def _words(text: str) -> Iterator[tuple[Standing, str]]:
    """Each word that could be a name, as it stands and as names are compared."""
    begins = {0, *(match.end() for match in SENTENCE.finditer(text))}
    for match in WORD.finditer(text):
        sentence = sum(at <= match.start() for at in begins)
        word, is_first = match[0], text[: match.start()].strip() == "" or match.start() in begins
        plain = re.sub(r"['’]s$", "", word)
        token = folded(plain)
        if len(token) < 2 or (token in ORDINARY and (is_first or not word[0].isupper())):
            continue
        if token in MONTHS and (
            BESIDE_A_NUMBER.search(text[match.end() :][:4]) or BESIDE_A_NUMBER.search(text[: match.start()][-4:])
        ):
            continue
        for part in dict.fromkeys([token, *map(folded, plain.split("-"))]):  # a double last name is kept as two
            yield Standing(word, sentence), part
