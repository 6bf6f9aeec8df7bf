"""Frozen rows that the components show. A template receives these, never a model."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Column:
    words: str
    numeric: bool = False
    hidden: bool = False  # the heading is read aloud but not shown, as over a column of actions


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `tag` is a tag colour: neutral, teal, purple, green or yellow. `hidden` is read aloud only."""

    text: str
    href: str = ""
    tag: str = ""
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A fact with an optional link to change it; `hidden` completes the link for a screen reader."""

    key: str
    text: str
    href: str = ""
    action: str = "Change"
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline. A gap is shown as a gap, not left out."""

    title: str
    when: str
    by: str = ""
    text: str = ""
    href: str = ""
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A reason for or against, in a sentence, with how much it counts in words."""

    text: str
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with all that it needs to be honest: interval, denominator, definition and date.

    `count` is already in words, because a protected figure reads "fewer than 5".
    """

    name: str
    count: str
    definition: str
    as_of: str
    interval: str = ""
    of: str = ""
    href: str = ""
    link: str = "How this is counted"
    downloads: tuple[Download, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` draws the bar, `shown` is what is said of it. `value` None: withheld, no bar. Low and high: interval.

    `aim`: where a target stands, drawn as a line across the bar.
    """

    words: str
    value: float | None
    shown: str
    low: float | None = None
    high: float | None = None
    aim: float | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One time of a trend. `value` None: not counted or withheld, and the line has a gap there."""

    words: str
    value: float | None
    shown: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """How many came and how many went in the same time; None: not counted or withheld."""

    words: str
    came: float | None
    went: float | None
    came_shown: str
    went_shown: str


@dataclass(frozen=True, slots=True)
class Square:
    """One square of a grid: `value` shades it against the others, None leaves it empty; `shown` stands in it."""

    value: float | None
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many stand in exactly these sets. `members` are names out of the chart's own list of sets."""

    members: tuple[str, ...]
    value: float | None
    shown: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of a map: a `cell` that may be shaded (0 to 4), or an `area` that is only outlined.

    `outline` is a ring of (longitude, latitude); `label` stands on it, `words` are told when it is touched.
    """

    outline: tuple[tuple[float, float], ...]
    words: str
    label: str = ""
    shade: int = 0
    kind: str = "cell"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter in force; the link takes it away."""

    words: str
    remove_href: str


@dataclass(frozen=True, slots=True)
class Pages:
    """`total` rows in all; `number` of `last` pages; `address` holds `{page}`, and never a search term."""

    number: int
    last: int
    total: int
    address: str = field(default="?page={page}")

    def href(self, page: int) -> str:
        return self.address.replace("{page}", str(page))

    @property
    def shown(self) -> tuple[int | None, ...]:
        """First, last and the neighbours of this page; None where pages are left out."""
        wanted = sorted({1, self.last, *range(max(1, self.number - 1), min(self.last, self.number + 1) + 1)})
        out: list[int | None] = []
        for page in wanted:
            if out and page - (out[-1] or 0) > 1:
                out.append(None)
            out.append(page)
        return tuple(out)
