"""Who will see a kind of facts about one woman, in words and as a question: worked out from the same matrix, grants and
exclusions as the gate's answer. No framework.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.register.agencies.codes import CASEWORKERS, Role
from alongside.register.people.codes import FieldGroup
from alongside.register.people.matrix import Scope, scopes

NOBODY_ELSE = "nobody until a worker is named for it"


@dataclass(frozen=True, slots=True)
class Given:
    """A grant in force. `worker`: for her alone."""

    agency: UUID
    agency_name: str
    groups: tuple[FieldGroup, ...]
    until: date
    worker: UUID | None = None
    worker_name: str = ""


@dataclass(frozen=True, slots=True)
class GivenForum:
    """A grant in force to a forum. `seats`: worker and agency of those who sit on it; `listed_until`: None while she is
    not on its list."""

    name: str
    groups: tuple[FieldGroup, ...]
    until: date
    seats: frozenset[tuple[UUID, UUID]]
    listed_until: date | None = None

    @property
    def words(self) -> str:
        if self.listed_until is None:
            return f"{self.name}, once she is brought to it"
        return f"{self.name} ({len(self.seats)} people) until {_day(min(self.until, self.listed_until))}"


@dataclass(frozen=True, slots=True)
class KeptOut:
    """An exclusion: of one worker, or of an agency (`role` empty) or one role there."""

    worker: UUID | None = None
    agency: UUID | None = None
    role: str = ""

    def covers(self, agency: UUID, role: str) -> bool:
        return self.agency == agency and self.role in ("", role)


@dataclass(frozen=True, slots=True)
class Audience:
    """Of one record: the agency that holds it, what it gave to whom, and whom she keeps out."""

    home: UUID
    home_name: str
    given: tuple[Given, ...] = ()
    kept_out: tuple[KeptOut, ...] = ()
    forums: tuple[GivenForum, ...] = ()

    def includes(
        self, group: FieldGroup, worker: UUID, acts_as: tuple[UUID, Role], teams: Collection[tuple[UUID, Role]]
    ) -> bool:
        """Whether a worker will see `group`, acting for one agency in one role; `teams`: all her agencies and roles."""
        if any(
            each.worker == worker or any(each.covers(*team) for team in {*teams, acts_as}) for each in self.kept_out
        ):
            return False
        agency, role = acts_as
        named = any(each.worker == worker and each.agency == agency and group in each.groups for each in self.given)
        sits = any(
            each.listed_until is not None and (worker, agency) in each.seats and group in each.groups
            for each in self.forums
        )
        return role in self.roles(agency, group) or ((named or sits) and role in CASEWORKERS)

    def roles(self, agency: UUID, group: FieldGroup) -> tuple[Role, ...]:
        """The roles of an agency in which workers see `group`, but for single workers who are kept out."""
        if agency == self.home:
            scope = Scope.OWN
        elif any(each.agency == agency and each.worker is None and group in each.groups for each in self.given):
            scope = Scope.SHARED
        else:
            return ()
        seeing = (role for role in CASEWORKERS if scope in scopes([role], group))
        return tuple(role for role in seeing if not any(each.covers(agency, role) for each in self.kept_out))

    def words(self, group: FieldGroup) -> str:
        """ "Night Van (key workers, service managers); Green House (key workers) until 3 May 2027"."""
        told = "; ".join(self._told(group)) or NOBODY_ELSE
        single = any(each.worker is not None for each in self.kept_out)
        return f"{told}. Not the people she asked to keep out" if single else told

    def words_here(self, group: FieldGroup | None = None) -> str:
        """The same for what no other agency is told. Without a group: for what every role there reads."""
        roles = self.roles_here(group)
        told = f"{self.home_name} ({_in_words(roles)})" if roles else NOBODY_ELSE
        single = any(each.worker is not None for each in self.kept_out)
        return f"{told}. Not the people she asked to keep out" if single else told

    def roles_here(self, group: FieldGroup | None = None) -> tuple[Role, ...]:
        if group is not None:
            return self.roles(self.home, group)
        return tuple(role for role in CASEWORKERS if not any(each.covers(self.home, role) for each in self.kept_out))

    def _told(self, group: FieldGroup) -> Iterator[str]:
        if roles := self.roles(self.home, group):
            yield f"{self.home_name} ({_in_words(roles)})"
        last: dict[tuple[UUID, UUID | None], Given] = {}  # of two that tell the same, the one that lasts longer
        for each in sorted(self.given, key=lambda each: each.until):
            if group in each.groups:
                last[each.agency, each.worker] = each
        for each in self.given:
            if last.get((each.agency, each.worker)) is not each or any(
                out.covers(each.agency, "") for out in self.kept_out
            ):
                continue
            until = f"until {_day(each.until)}"
            if each.worker is not None:
                yield f"{each.worker_name}, {each.agency_name}, {until}"
            elif roles := self.roles(each.agency, group):
                yield f"{each.agency_name} ({_in_words(roles)}) {until}"
        yield from (each.words for each in self.forums if group in each.groups)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _in_words(roles: tuple[Role, ...]) -> str:
    """ "everyone who works with women, but not service managers": by who is left out, where that is shorter."""
    left_out = [role for role in CASEWORKERS if role not in roles]
    if len(left_out) > len(roles):
        return _plurals(roles)
    return f"everyone who works with women{', but not ' if left_out else ''}{_plurals(left_out)}"


def _plurals(roles: Iterable[Role]) -> str:
    return ", ".join(f"{role.words[0].lower()}{role.words[1:].replace(' or ', 's or ')}s" for role in roles)
