"""An invented world of women and what five agencies wrote down about them, with the truth: for training and benchmarks.

Every name, number and place is made up. Habits (who asks for a last name, who guesses ages) are drawn anew for each
seed around typical values, so that nothing is fitted to one set of agencies. Profiles: easy, base, hard.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.csv as csv

from alongside.register.people.linkage import nicknames

STREET = (
    "Foxy Honey Angel Star Candy Coco Sugar Princess Blondie Tink Giggles Smiley Roxy Diamond Kitten Bubbles Duchess "
    "Silk Pepper Storm Rain Lady Sparkle Tiger Trouble Peaches Cookie Cherry Ginger Dolly Bambi Pixie Minnie Toots "
    "Sunny Sky Lucky Shorty Red Gypsy Venus Queenie Chardonnay Misty Jewel Ruby Crystal Mercedes Porsche Tinker"
).split()
PLACES = (
    "hand|neck|face|left arm|right arm|left wrist|right wrist|leg|ankle|shoulder|lower back|chest|stomach|finger".split(
        "|"
    )
)
KINDS = (
    "scar|heart|rose|butterfly|missing tooth|star|cross|burn scar|dolphin|flower|tribal|angel wings|fairy|snake|dragon|"
    "teardrop|panther|birthmark|swallow|skull|lips|initials|crown"
).split("|")
BELOVED = (
    "Leon Leroy Mark Tony Jordan Ellie Jack Mum Marlon Dad Tyler Kai Lee Dean Chloe Ryan Jamie Paul Steve Nan".split()
)
COMMON_LAST = (
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Evans Thomas Roberts Walker White Edwards Green Hall "
    "Wood Clarke Jackson Harris Lewis Turner Hill Scott Cooper Moore Ward King Watson Baker Morgan Allen Young "
    "Bailey Parker Cook Murphy Kelly Campbell Reid Gordon Francis Grant Samuels Walcott Barrett Stewart"
).split()
LAST_OF = {
    "A": "Patel Khan Begum Ahmed Singh Kaur Ali Hussain Shah Akhtar Islam Chowdhury Sharma Mistry Uddin".split(),
    "AF": "Mensah Okafor Adeyemi Boateng Owusu Mohamed Diallo Kamara Nwosu Asante Bello Conteh".split(),
    "EE": "Nowak Kowalska Popescu Dumitru Szabo Radu Petrova Ivanova Kaminska Horvath Stoica Balan".split(),
    "PT": "Santos Silva Souza Pereira Costa Ferreira Oliveira Gomes".split(),
}
GIVEN_OF = {
    "A": (
        "aisha amina ayesha farah farzana fatima gurpreet halima harpreet jamila khadija manisha mariam nadia nasreen nazia "
        "parveen priya rukhsana sabina sadia salma samina samira shabana shahida shazia shivani sunita uzma yasmin zainab"
    ).split(),
    "AF": (
        "abena adaeze akosua amina aminata blessing chioma comfort esi esther fatou grace joy kehinde mariam mercy ngozi "
        "nkechi oluwaseun patience precious queen taiwo temitope thandi yetunde zainab"
    ).split(),
    "EE": (
        "adriana agata agnieszka alina anna beata daniela danuta dorota elena ewa gabriela grazyna ioana irina iwona "
        "karolina katarzyna kristina larisa magdalena malgorzata marta mihaela monika natalia oksana olga patrycja raluca "
        "simona svetlana tatiana valentina veronica zofia"
    ).split(),
    "PT": "ana-maria fernanda maria mariana gabriela carmen rosa lucia daniela beatrice claudia roxana".split(),
}
ODD_GIVEN = frozenset(n for names in GIVEN_OF.values() for n in names)
DETAILS = {
    "W": (
        ("White British", 70, ""),
        ("White Irish", 5, ""),
        ("White Other - Portuguese/Latin", 9, "PT"),
        ("White Other - Eastern European", 9, "EE"),
        ("Gypsy or Irish Traveller", 2, ""),
    ),
    "B": (("Black Caribbean", 55, ""), ("Black African", 28, "AF"), ("Black Other", 17, "")),
    "M": (
        ("Mixed White and Black Caribbean", 65, ""),
        ("Mixed Other", 27, ""),
        ("Mixed White and Black African", 8, "AF"),
    ),
    "A": (
        ("Asian Indian", 30, "A"),
        ("Asian Pakistani", 25, "A"),
        ("Asian Bangladeshi", 20, "A"),
        ("Asian Other", 25, "A"),
    ),
    "O": (("Arab", 35, "A"), ("Chinese", 20, ""), ("Other", 45, "")),
}
BROAD = (("W", 62), ("B", 19), ("M", 11), ("A", 5), ("O", 3))


@dataclass(frozen=True)
class Habit:
    """How one agency meets and writes down: chances, given that it knows her at all."""

    agency: str
    reach: float
    again: float
    formal: float
    everyday: float
    street: float
    other: float
    last: float
    dob: float
    age: float
    detail: float
    no_ethnicity: float
    no_area: float
    marks: float
    phone: float
    typo: float
    false_name: float


BASE = (
    Habit("A_outreach", 0.46, 0.30, 0.38, 0.34, 0.24, 0.07, 0.12, 0.16, 0.80, 0.00, 0.16, 0.03, 0.30, 0.14, 0.11, 0.02),
    Habit("B_casework", 0.39, 0.20, 0.58, 0.28, 0.11, 0.24, 0.41, 0.42, 0.70, 0.85, 0.07, 0.06, 0.20, 0.40, 0.06, 0.01),
    Habit("C_dropin", 0.26, 0.25, 0.50, 0.36, 0.13, 0.13, 0.35, 0.42, 0.50, 0.83, 0.20, 0.20, 0.07, 0.32, 0.08, 0.02),
    Habit("D_hostel", 0.10, 0.05, 0.88, 0.10, 0.02, 0.24, 0.97, 0.96, 0.30, 0.88, 0.04, 0.09, 0.13, 0.70, 0.04, 0.01),
    Habit("E_justice", 0.27, 0.08, 0.84, 0.10, 0.03, 0.23, 0.96, 0.94, 0.40, 0.00, 0.02, 0.02, 0.33, 0.22, 0.06, 0.08),
)
PROFILE = {"easy": (1.25, 0.97, 0.7), "base": (1.0, 1.0, 1.0), "hard": (0.55, 0.62, 1.5)}


def _jitter(rng: Random, value: float, by: float = 0.2) -> float:
    return (
        min(0.99, value * rng.uniform(1 - by, 1 + by)) if value < 0.6 else 1 - (1 - value) * rng.uniform(1 - by, 1 + by)
    )


def habits(profile: str, rng: Random) -> list[Habit]:
    """The five agencies' habits in one world."""
    low, high, slips = PROFILE[profile]
    made = []
    for h in BASE:
        values = {k: _jitter(rng, v) for k, v in vars(h).items() if k != "agency"}
        for field in ("last", "dob"):
            values[field] = min(0.98, values[field] * (high if values[field] > 0.6 else low))
        values["typo"] = min(0.2, values["typo"] * slips)
        values["no_area"] *= slips
        made.append(Habit(h.agency, **values))
    return made


def _pick(rng: Random, weighted: Any) -> Any:
    return rng.choices([x[0] for x in weighted], [x[1] for x in weighted])[0]


def _invented(rng: Random) -> str:
    start = rng.choice("Ka De Sha La Ta Ra Za Ny Ja Mo Chan Kei El Re Ty Mar Sa Li Ro Ke".split())
    return (
        start
        + rng.choice("nei ki ri shi la qua di ni li mi ne vo ti ra".split())
        + rng.choice("sha ka a na sse lle ra ya nda".split())
    )


def _slip(rng: Random, text: str) -> str:
    if len(text) < 3:
        return text
    i = rng.randrange(1, len(text) - 1)
    how = rng.random()
    if how < 0.3:
        return text[:i] + text[i + 1 :]
    if how < 0.55:
        return text[:i] + text[i] + text[i:]
    if how < 0.8:
        return text[:i] + rng.choice("aeiouylnrst") + text[i + 1 :]
    return text[:i] + text[i + 1] + text[i] + text[i + 2 :]


class Names:
    """Name lists of one world, with popularity; three in ten everyday forms are ones that no table knows."""

    def __init__(self, rng: Random) -> None:
        table = nicknames.table()
        self.forms = {formal: [f for f in forms if rng.random() < 0.75] for formal, forms in table.items()}
        plain = [n for n in table if n not in ODD_GIVEN]
        rng.shuffle(plain)
        self.plain = plain
        self.weights = [1 / (i + 8) for i in range(len(plain))]
        self.rare_last = [
            a + b
            for a in "Hart Lang Clay Mer Yar East Long Roth Stan Ship Til Hol Fair Crow Ham Dray Rush Nor Wex Bram".split()
            for b in "kin wick dale brook hurst stone worth man sett ley gate cott lock ton smith stead ford by".split()
        ]
        self.street = STREET[:]
        rng.shuffle(self.street)

    def given(self, rng: Random, group: str) -> str:
        if group in GIVEN_OF and rng.random() < 0.75:
            return rng.choice(GIVEN_OF[group])
        if group in ("B", "M") and rng.random() < 0.22:
            return _invented(rng)
        return rng.choices(self.plain, self.weights)[0]

    def everyday(self, rng: Random, formal: str) -> str:
        known = self.forms.get(formal.lower(), [])
        if known and rng.random() < 0.72:
            return rng.choice(known)
        stem = formal[: rng.choice((3, 3, 4))]
        return stem + rng.choice(("", "", "y", "ie", "s", "z", "za", "a"))

    def last(self, rng: Random, group: str) -> str:
        if group in LAST_OF and rng.random() < 0.8:
            return rng.choice(LAST_OF[group])
        if rng.random() < 0.55:
            return COMMON_LAST[min(int(rng.expovariate(1 / 14)), len(COMMON_LAST) - 1)]
        return rng.choice(self.rare_last)


def _woman(rng: Random, names: Names, area: int, number: int) -> dict[str, Any]:
    broad = _pick(rng, BROAD)
    detail, _, group = rng.choices(DETAILS[broad], [d[1] for d in DETAILS[broad]])[0]
    group = group or broad
    given = names.given(rng, group)
    streets = [
        names.street[min(int(rng.expovariate(1 / 14)), len(names.street) - 1)]
        for _ in range(_pick(rng, ((0, 55), (1, 35), (2, 10))))
    ]
    if rng.random() < 0.06:
        streets.append(f"{rng.choice('Little Big Irish Scottish Young Mad Posh'.split())} {given}")
    lasts = [names.last(rng, group) for _ in range(2 if rng.random() < 0.1 else 1)]
    born = date(2007, 6, 1) - timedelta(days=int(365.25 * min(62, max(16, rng.gammavariate(9, 1.6) + 16))))
    marks = [
        (
            f"name {rng.choice(BELOVED)}"
            if rng.random() < 0.12
            else KINDS[min(int(rng.expovariate(1 / 6)), len(KINDS) - 1)],
            rng.choice(PLACES),
        )
        for _ in range(_pick(rng, ((0, 40), (1, 32), (2, 20), (3, 8))))
    ]
    phones = [f"07700{900000 + number * 3 + i}" for i in range(_pick(rng, ((0, 35), (1, 40), (2, 20), (3, 5))))]
    return {
        "broad": broad,
        "detail": detail,
        "group": group,
        "given": given,
        "everyday": [names.everyday(rng, given) for _ in range(2)],
        "streets": streets,
        "lasts": lasts,
        "born": born,
        "area": area,
        "hood": rng.randrange(6),
        "marks": marks,
        "phones": phones,
        "lean": rng.gauss(0, 0.3),
        "false": None,
    }


def _sister(rng: Random, names: Names, other: dict[str, Any], number: int) -> dict[str, Any]:
    woman = _woman(rng, names, other["area"], number)
    woman |= {k: other[k] for k in ("broad", "detail", "group", "hood")}
    woman |= {
        "lasts": other["lasts"][:1],
        "given": names.given(rng, other["group"]),
        "born": other["born"] + timedelta(days=rng.choice((-1, 1)) * rng.randrange(330, 1800)),
    }
    woman["everyday"] = [names.everyday(rng, woman["given"]) for _ in range(2)]
    return woman


def _false(rng: Random, names: Names, woman: dict[str, Any]) -> tuple[str, str, date]:
    if woman["false"] is None:
        woman["false"] = (
            names.given(rng, woman["group"]),
            names.last(rng, woman["group"]),
            woman["born"] + timedelta(days=rng.randrange(-2500, 2500)),
        )
    made: tuple[str, str, date] = woman["false"]
    return made


def _dob(rng: Random, born: date, typo: float) -> date:
    if rng.random() > typo:
        return born
    how = rng.random()
    try:
        if how < 0.25:
            return born.replace(day=1, month=1)
        if how < 0.45:
            return born.replace(year=born.year + rng.choice((-10, -1, 1, 10)))
        if how < 0.6:
            return born.replace(month=rng.randrange(1, 13))
        if how < 0.85:
            return born.replace(day=rng.randrange(1, 29))
        return born.replace(month=born.day, day=born.month)
    except ValueError:
        return born


def _called(rng: Random, woman: dict[str, Any], h: Habit, given: str) -> str:
    kind = rng.choices(
        ("formal", "everyday", "street", "none"), (h.formal, h.everyday, h.street if woman["streets"] else 0.01, 0.02)
    )[0]
    name = {
        "formal": given,
        "everyday": rng.choice(woman["everyday"]),
        "none": "",
        "street": rng.choice(woman["streets"]) if woman["streets"] else rng.choice(woman["everyday"]),
    }[kind]
    return _slip(rng, name) if rng.random() < h.typo else name


def _marks(rng: Random, woman: dict[str, Any], h: Habit) -> str:
    if rng.random() > h.marks:
        return ""
    told = []
    for kind, place in woman["marks"]:
        if rng.random() < 0.65:
            where = "" if rng.random() < 0.08 else place if rng.random() < 0.93 else rng.choice(PLACES)
            told.append(f"{kind}@{where}")
    return ";".join(told)


def _record(rng: Random, names: Names, woman: dict[str, Any], h: Habit, areas: int) -> dict[str, Any]:
    seen = date(2007, 1, 1) + timedelta(days=rng.randrange(365))
    given, last, born = woman["given"], rng.choice(woman["lasts"]), woman["born"]
    if rng.random() < h.false_name:
        given, last, born = _false(rng, names, woman)
    known = _called(rng, woman, h, given)
    other = (
        _called(rng, woman, h, woman["given"])
        if rng.random() < h.other * 0.5
        else (rng.choice(woman["streets"]) if woman["streets"] and rng.random() < h.other else "")
    )
    has_dob = rng.random() < h.dob
    age = max(16.0, (seen - born).days / 365.25 + rng.gauss(0, 3.2))
    age = round(age / 5) * 5.0 if rng.random() < 0.4 else float(int(age))
    broad = woman["broad"] if rng.random() > 0.1 else _pick(rng, BROAD)
    ethnicity = "" if rng.random() < h.no_ethnicity else woman["detail"] if rng.random() < h.detail else broad
    area = woman["area"] if rng.random() < 0.968 else rng.randrange(areas)
    told = rng.random() > h.no_area
    hood = f"B{area:05d}-{woman['hood'] if area == woman['area'] and rng.random() < 0.74 else rng.randrange(6)}"
    phone = rng.choice(woman["phones"]) if woman["phones"] and rng.random() < h.phone else ""
    return {
        "agency": h.agency,
        "rec_date": seen.isoformat(),
        "known_as": known.title(),
        "other_name": "" if other == known else other.title(),
        "last_name": (_slip(rng, last) if rng.random() < h.typo else last) if rng.random() < h.last else "",
        "dob": _dob(rng, born, h.typo).isoformat() if has_dob else "",
        "approx_age": "" if has_dob or rng.random() > h.age else str(age),
        "ethnicity": ethnicity,
        "area": f"B{area:05d}" if told else "",
        "hood": hood if told and rng.random() < 0.86 else "",
        "marks": _marks(rng, woman, h),
        "phone": phone,
    }


def make(size: int, profile: str = "base", seed: int = 1, areas: int | None = None) -> pa.Table:
    """About `size` records with person_id, in the columns of the linkage input, in random order."""
    rng = Random(f"{seed} {profile}")
    names, agencies = Names(rng), habits(profile, rng)
    women, areas = round(size / 1.86), areas or max(1, round(size / 1.86 / 300))
    weight = [rng.uniform(0.4, 2.2) for _ in range(areas)]
    home = rng.choices(range(areas), weight, k=women)
    rows: list[dict[str, Any]] = []
    before: dict[str, Any] | None = None
    for number in range(women):
        woman = (
            _sister(rng, names, before, number)
            if before and rng.random() < 0.03
            else _woman(rng, names, home[number], number)
        )
        for h in agencies:
            if rng.random() < min(0.97, h.reach * 2.718 ** woman["lean"] * 0.93):
                rows.append(_record(rng, names, woman, h, areas) | {"person_id": str(number)})
                while rng.random() < h.again:
                    rows.append(_record(rng, names, woman, h, areas) | {"person_id": str(number)})
        before = woman
    rng.shuffle(rows)
    table = pa.Table.from_pylist(rows)
    return table.add_column(0, "rec_id", pa.array([str(i) for i in range(len(rows))]))


def main() -> None:
    """Write one world to a CSV file."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("file")
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--profile", choices=sorted(PROFILE), default="base")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    csv.write_csv(make(given.size, given.profile, given.seed), given.file)


if __name__ == "__main__":
    main()
