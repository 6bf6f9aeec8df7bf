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
class KeptOut:
    """An exclusion: of one worker, or of an agency (`role` empty) or one role there."""

    worker: UUID | None = None
    agency: UUID | None = None
    role: str = ""

    def covers(self, agency: UUID, role: str) -> bool:
        return self.agency == agency and self.role in ("", role)


@dataclass(frozen=True, slots=True)
class Audience:
    """Of one record: the agency that holds it, what it gave, and whom she keeps out."""

    home: UUID
    home_name: str
    given: tuple[Given, ...] = ()
    kept_out: tuple[KeptOut, ...] = ()

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
        return role in self.roles(agency, group) or (named and role in CASEWORKERS)

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
        for each in self.given:
            if group not in each.groups or any(out.covers(each.agency, "") for out in self.kept_out):
                continue
            until = f"until {each.until.day} {each.until:%B %Y}"
            if each.worker is not None:
                yield f"{each.worker_name}, {each.agency_name}, {until}"
            elif roles := self.roles(each.agency, group):
                yield f"{each.agency_name} ({_in_words(roles)}) {until}"


def _in_words(roles: tuple[Role, ...]) -> str:
    """ "everyone who works with women, but not service managers": by who is left out, where that is shorter."""
    left_out = [role for role in CASEWORKERS if role not in roles]
    if len(left_out) > len(roles):
        return _plurals(roles)
    return f"everyone who works with women{', but not ' if left_out else ''}{_plurals(left_out)}"


def _plurals(roles: Iterable[Role]) -> str:
    return ", ".join(f"{role.words[0].lower()}{role.words[1:].replace(' or ', 's or ')}s" for role in roles)
