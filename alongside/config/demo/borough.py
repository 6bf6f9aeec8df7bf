"""The women of an invented borough, and what each of five agencies would have noted of those whom it met.

Everyone is drawn by lot from the small tables below, always the same for one seed. Nobody is taken from life.
"""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

WOMEN = 260
YEAR = 2007
FIRST_NAMES = (
    "Abigail Agnes Aisha Alice Amber Angela Anita Bernadette Beverley Bridget Carly Caroline Chantelle Charlene Chloe"
    " Danielle Dawn Deborah Denise Donna Ebony Elaine Eleni Esther Fatima Fiona Gemma Georgina Gloria Hannah Hayley"
    " Heather Ioana Jacqueline Jade Janine Jasmine Joanne Josephine Karen Katarzyna Kelly Kerry Kirsty Lauren Leanne"
    " Lorraine Louise Magdalena Mandy Marcia Margaret Melissa Michelle Monique Nadia Natalie Nicola Patricia Paula"
    " Rachel Rebecca Rhiannon Roxanne Ruth Samantha Sandra Sarah Shanice Sharon Siobhan Sonia Stacey Stephanie Susan"
    " Tamara Tanya Teresa Tracey Vanessa Veronica Victoria Wendy Yvonne Zoe"
).split()
SHORT = {
    "Abigail": "Abi",
    "Angela": "Ange",
    "Bernadette": "Bernie",
    "Beverley": "Bev",
    "Caroline": "Caz",
    "Charlene": "Charlie",
    "Danielle": "Dani",
    "Deborah": "Debs",
    "Georgina": "George",
    "Jacqueline": "Jackie",
    "Josephine": "Josie",
    "Katarzyna": "Kasia",
    "Magdalena": "Magda",
    "Margaret": "Maggie",
    "Melissa": "Mel",
    "Michelle": "Shell",
    "Natalie": "Nat",
    "Nicola": "Nikki",
    "Patricia": "Trish",
    "Rebecca": "Becky",
    "Roxanne": "Roxy",
    "Samantha": "Sam",
    "Sandra": "Sandy",
    "Stephanie": "Steph",
    "Susan": "Sue",
    "Teresa": "Tess",
    "Veronica": "Ronnie",
    "Victoria": "Vicky",
}
LAST_NAMES = (
    "Alderwick Barrowby Blakemoor Brindley Calderon Castlemere Cotterdale Dunmore Eastbrook Fallowfield Farnsby Garside"
    " Hallam Harcastle Hethering Ilkeston Jessop Kellaway Kirkbride Langthorne Loxley Marchbank Mistry Netherby Okafor"
    " Ollerton Pemberley Quarmby Ravensdale Rowntree Sandiford Selwick Stavely Thackray Thornbury Ullswater Varley"
    " Wetherby Whinfield Wraysbury Yarborough Zielinska"
).split()
STREET_NAMES = (
    "Angel Babes Blondie Bubbles Candy Cherry Coco Diamond Duchess Flame Ginger Honey Jinx Kitten Lady Misty Pebbles"
    " Red Sapphire Shorty Smiler Sugar Tiger Tinks Trixie Twiggy"
).split()
AREAS = (
    "Mill Lane",
    "Dock Street",
    "Chapel Yard",
    "Station Approach",
    "Ferry Road",
    "Weavers Row",
    "North Quay",
    "Cross Keys",
)
MARKS = (
    ("rose", "left wrist"),
    ("butterfly", "ankle"),
    ("scar", "chin"),
    ("name Marcus", "neck"),
    ("stars", "right hand"),
    ("heart", "shoulder"),
    ("scar", "right eyebrow"),
    ("swallow", "left hand"),
)
ETHNICITY = (
    "White British",
    "White British",
    "White British",
    "Black Caribbean",
    "Mixed",
    "White Irish",
    "Asian",
    "White Other",
)
# How likely each agency is to have met a woman, by how she lives. Two ways of living make the lists depend on each
# other, as they do in truth: who sleeps outside meets the van and the police, who is housed meets the rest.
MEETS = {
    "nightlight": (0.62, 0.20),
    "bridge": (0.22, 0.38),
    "harbour": (0.40, 0.26),
    "lantern": (0.06, 0.34),
    "justice": (0.34, 0.08),
}


@dataclass(frozen=True, slots=True)
class Woman:
    """As she is. No agency knows all of it."""

    first: str
    last: str
    short: str
    street: str
    born: date
    ethnicity: str
    area: str
    mark: tuple[str, str] | None
    phone: str
    outside: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """What one agency wrote down. Empty where it never asked or she did not say."""

    reference: str
    first: str
    last: str
    alias: str
    born: date | None
    about: int | None
    ethnicity: str
    area: str
    mark: tuple[str, str] | None
    phone: str
    seen: date


def borough(seed: int = 11) -> list[Woman]:
    """The women, the same ones for the same seed."""
    lot = random.Random(seed)  # noqa: S311  an invented borough, no secret
    return [_woman(lot, number) for number in range(WOMEN)]


def noted(women: list[Woman], agency: str, seed: int = 11) -> list[Noted]:
    """What `agency` noted of the women whom it met in the year, in the order in which it met them."""
    lot = random.Random(f"{seed}:{agency}")  # noqa: S311
    met = [woman for woman in women if lot.random() < MEETS[agency][0 if woman.outside else 1]]
    rows = sorted((_note(lot, woman, agency) for woman in met), key=lambda row: row.seen)
    return [replace(row, reference=str(100 + place)) for place, row in enumerate(rows)]


def _woman(lot: random.Random, number: int) -> Woman:
    first = lot.choice(FIRST_NAMES)
    return Woman(
        first=first,
        last=lot.choice(LAST_NAMES),
        short=SHORT.get(first, first),
        street=lot.choice(STREET_NAMES) if lot.random() < 0.35 else "",
        born=date(YEAR, 1, 1) - timedelta(days=lot.randint(19 * 365, 47 * 365)),
        ethnicity=lot.choice(ETHNICITY),
        area=lot.choice(AREAS),
        mark=lot.choice(MARKS) if lot.random() < 0.3 else None,
        phone=f"07700 900{number:03d}" if lot.random() < 0.4 else "",
        outside=lot.random() < 0.55,
    )


def _note(lot: random.Random, woman: Woman, agency: str) -> Noted:
    """On the street a name and a guess; in a house nearly everything; the police everything, sometimes false."""
    knows = {"nightlight": 0.12, "harbour": 0.45, "bridge": 0.75, "lantern": 0.9, "justice": 0.92}[agency]
    age = (date(YEAR, 7, 1) - woman.born).days // 365
    knows_born = lot.random() < knows
    formal = agency in ("lantern", "justice")
    called = woman.first
    if not formal and lot.random() > 0.4:
        called = woman.street if woman.street and lot.random() < 0.5 else woman.short
    return Noted(
        reference="",
        first=_misspelt(lot, called),
        last=_misspelt(lot, woman.last) if lot.random() < knows else "",
        alias=woman.street if woman.street and called != woman.street and lot.random() < 0.4 else "",
        born=woman.born if knows_born else None,
        about=None if knows_born else max(18, age + lot.randint(-4, 4)),
        ethnicity=woman.ethnicity if lot.random() < 0.8 else "",
        area=woman.area if lot.random() < 0.75 else lot.choice(AREAS),
        mark=woman.mark if lot.random() < 0.6 else None,
        phone=woman.phone if lot.random() < 0.5 else "",
        seen=date(YEAR, 1, 2) + timedelta(days=lot.randint(0, 360)),
    )


def _misspelt(lot: random.Random, name: str) -> str:
    """One letter in eight names: doubled, dropped or swapped."""
    if len(name) < 4 or lot.random() > 0.12:
        return name
    place = lot.randint(1, len(name) - 2)
    return lot.choice(
        (
            name[:place] + name[place] + name[place:],
            name[:place] + name[place + 1 :],
            name[:place] + name[place + 1] + name[place] + name[place + 2 :],
        )
    )
