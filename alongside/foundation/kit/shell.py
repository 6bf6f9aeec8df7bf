"""What surrounds every page: who is signed in, for which agency she acts, where she can go."""

from dataclasses import dataclass

# Neutral on purpose: it stands in titles, tabs and histories that someone else may see.
APP_NAME = "Alongside"


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the shell. `shortcut` is one key; `count` is shown beside the words when above 0."""

    words: str
    href: str
    current: bool = False
    count: int = 0
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """An agency that the worker can act for; `value` is sent to `Shell.switch_url` as `agency`."""

    value: str
    words: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence after an action. `kind` is `success` or `information`."""

    words: str
    kind: str = "information"


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page. The default is the signed-out one: no name, no navigation, nothing to hide."""

    worker: str = ""
    acting_for: str = ""
    agencies: tuple[Membership, ...] = ()
    navigation: tuple[Link, ...] = ()
    account: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()
    home_url: str = "/"
    switch_url: str = ""
    sign_out_url: str = ""
    hide_url: str = ""
    away_url: str = "/away/"

    @property
    def signed_in(self) -> bool:
        return bool(self.worker)
