"""Invented records for the tests of linkage."""

from __future__ import annotations

from random import Random
from typing import Any

import pyarrow as pa

from alongside.register.people.linkage.features import COLUMNS
from alongside.register.people.linkage.nicknames import table

AGENCIES = ("van", "office", "bridewell")
KINDS = ("scar", "rose", "name Leon", "heart")


def _row(rng: Random, number: int, woman: dict[str, Any]) -> dict[str, str]:
    blank = rng.random
    return {
        "rec_id": f"r{number:05d}",
        "agency": rng.choice(AGENCIES),
        "rec_date": "2007-06-01",
        "known_as": rng.choice((woman["given"], woman["short"], woman["street"])),
        "other_name": woman["street"] if blank() < 0.2 else "",
        "last_name": woman["last"] if blank() < 0.5 else "",
        "dob": woman["dob"] if blank() < 0.5 else "",
        "approx_age": str(max(16, 2007 - int(woman["dob"][:4]) + rng.randrange(-4, 5))) if blank() < 0.5 else "",
        "ethnicity": rng.choice((woman["group"], woman["group"][0], "")),
        "area": woman["area"] if blank() < 0.9 else "",
        "hood": f"{woman['area']}-{woman['hood'] if blank() < 0.6 else rng.randrange(5)}" if blank() < 0.7 else "",
        "marks": f"{woman['kind']}@{rng.choice(('leg', 'neck', ''))}" if blank() < 0.4 else "",
        "phone": woman["phone"] if blank() < 0.3 else "",
    }


def invented(count: int = 700, women: int = 350, areas: int = 2, seed: int = 5) -> pa.Table:
    """Records of invented women, with person_id."""
    rng = Random(seed)
    names = table()
    people = []
    for number in range(women):
        given = rng.choice(list(names))
        people.append(
            {
                "given": given.title(),
                "short": rng.choice(names[given] or (given,)),
                "street": rng.choice(("Foxy", "Honey", "Little " + given.title(), "Ttink")),
                "last": rng.choice(
                    ("Smith", "Jones", "Hartkin", "Claywick", "O'Dell-Marsh", "Yarbrook", "Longsett", "Brown")
                ),
                "dob": f"{rng.randrange(1960, 1990)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}",
                "area": f"B{rng.randrange(areas)}",
                "kind": rng.choice(KINDS),
                "hood": rng.randrange(5),
                "group": rng.choice(("White British", "White British", "Black Caribbean", "Asian Other")),
                "phone": f"07700{900000 + number}",
            }
        )
    rows = []
    for number in range(count):
        person = rng.randrange(women)
        rows.append(_row(rng, number, people[person]) | {"person_id": str(person)})
    return pa.Table.from_pylist(rows).select([*COLUMNS, "person_id"])
