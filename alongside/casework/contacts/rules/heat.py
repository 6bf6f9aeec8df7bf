"""Contacts by hexagon, by the rule for small numbers: a map is copied, printed and shown.

It is the rule of figures that leave the partnership (`insight/rounding.py`, which no room of this floor may import; a
test holds the two together): 1 to 7 women are "*", and so are none, since a 0 among stars would tell.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

SMALL, NEAREST, HIDDEN = 7, 5, "*"
SHADES = 4


@dataclass(frozen=True, slots=True)
class Heat:
    """One hexagon as shown: "*", or to the nearest 5. `shade` 1 to 4, 0 for none; it follows from what is shown."""

    cell: str
    women: str
    contacts: str
    shade: int


def heat(cells: Sequence[str], contacts: Iterable[tuple[str, UUID | None]]) -> list[Heat]:
    """Every hexagon, in the order given. `contacts`: (hexagon, her record), None where she has none.

    Women without a record may be one woman or many: they count as contacts and never as women.
    """
    met: dict[str, int] = defaultdict(int)
    women: dict[str, set[UUID]] = defaultdict(set)
    for cell, record in contacts:
        met[cell] += 1
        if record is not None:
            women[cell].add(record)
    shown = {cell: _nearest(met[cell]) for cell in cells if len(women[cell]) > SMALL}
    return [_told(cell, len(women[cell]), shown) for cell in cells]


def _told(cell: str, women: int, shown: Mapping[str, int]) -> Heat:
    if cell not in shown:
        return Heat(cell, HIDDEN, HIDDEN, 0)
    shade = -(-SHADES * shown[cell] // max(shown.values()))
    return Heat(cell, str(_nearest(women)), str(shown[cell]), shade)


def _nearest(count: int) -> int:
    """The nearest multiple of 5, halves upwards."""
    return int((count + NEAREST / 2) // NEAREST) * NEAREST
