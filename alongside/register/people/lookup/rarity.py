"""How rare a value is among one agency's records, told by a sample of match keys: no name is opened for it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from math import floor, log2
from typing import Protocol

from alongside.register.people.linkage.features import RAREST
from alongside.register.people.lookup.keys import TELLS_LAST, TELLS_MARK, TELLS_NAME, Key

# Groups so common everywhere that sharing them says little; any other detail counts as one band rarer.
COMMON_DETAILS = frozenset(
    (
        "white british",
        "white other",
        "black caribbean",
        "black african",
        "black british",
        "asian other",
        "mixed white and black caribbean",
        "white irish",
    )
)
MORE = 250
_KIND_OF = {
    "tok": "token",
    "root": "root",
    "stem": "stem",
    "last": "last",
    "mark": "mark",
    "kind": "kind",
    "bare": "kind",
}
_AMONG = {
    "tok": TELLS_NAME,
    "root": TELLS_NAME,
    "stem": TELLS_NAME,
    "last": TELLS_LAST,
    "mark": TELLS_MARK,
    "kind": TELLS_MARK,
    "bare": TELLS_MARK,
}


class Rarity(Protocol):
    """Bands as in `linkage.features.bands`: 0 held by more than 1 in 32, one for each halving, 8 the rarest."""

    def band(self, column: str, value: str) -> int: ...

    def near(self, column: str, held: Mapping[str, Iterable[str]]) -> dict[str, int]:
        """Bands of near keys. `held`: each token in question with its near keys."""


def band_of(share: float) -> int:
    """The band of a share of records; of a value nobody holds, the rarest."""
    return max(0, min(RAREST, floor(-log2(share)) - 4)) if share > 0 else RAREST


class Sample:
    """Counts of keys in `size` of an agency's `records` records."""

    def __init__(self, counts: Counter[int], size: int, records: int) -> None:
        self.counts, self.size, self.records = counts, size, records

    @classmethod
    def of(cls, rows: Iterable[Iterable[int]], records: int) -> "Sample":
        counts: Counter[int] = Counter()
        size = 0
        for keys in rows:
            counts.update(keys)
            size += 1
        return cls(counts, size, records)

    def share(self, key: int, among: int | None = None) -> float:
        """Share of records with `key` among all, or among those with the key `among`."""
        whole = self.size if among is None else self.counts[among]
        return self.counts[key] / whole if whole else 0.0

    def usual(self, key: int, among: int) -> float:
        """How usual a value is: its share, as if MORE records without it were on file. One of eight is no rule."""
        return self.counts[key] / (self.counts[among] + MORE)

    def expected(self, key: int) -> float:
        """How many of the agency's records hold `key`, as far as the sample tells."""
        return self.share(key) * self.records

    def worth(self, key: int) -> float:
        """Bits that sharing `key` tells; of a key that the sample does not hold, as if half a record held it.

        It orders candidates before they are scored in full. Measured among 200,000 women: her record is among the
        first 50 in 85 % of look-ups, and in 78 % with worths fixed by kind; worths fitted to truth found no more.
        """
        return -log2(max(self.counts[key], 0.5) / self.size) if self.size else 0.0


class SampledRarity:
    """Rarity within one agency."""

    def __init__(self, sample: Sample, hashed: Callable[[Key], int]) -> None:
        self._sample, self._hashed = sample, hashed

    def band(self, column: str, value: str) -> int:
        if column == "detail":
            return 0 if value in COMMON_DETAILS else 1
        if column == "hood":
            return self._hood(value)
        return band_of(self._share(column, value))

    def near(self, column: str, held: Mapping[str, Iterable[str]]) -> dict[str, int]:
        shares: Counter[str] = Counter()
        for token, near in held.items():
            share = self._share("last" if column == "last_near" else "tok", token)
            shares.update(dict.fromkeys(near, share))
        return {key: band_of(share) for key, share in shares.items()}

    def _share(self, column: str, value: str) -> float:
        return self._sample.usual(self._hashed((_KIND_OF[column], value)), self._hashed(_AMONG[column]))

    def _hood(self, value: str) -> int:
        area, _, hood = value.partition("|")
        if area:
            return band_of(self._sample.share(self._hashed(("area + hood", value)), self._hashed(("area", area))))
        return band_of(self._sample.share(self._hashed(("area", hood))))
