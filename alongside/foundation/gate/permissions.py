"""Permissions with a sentence each, and the one evaluator. No ORM, no domain."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from alongside.foundation.gate.actor import Actor


@dataclass(frozen=True, slots=True)
class Subject:
    """What is acted on, as far as deciding needs it."""

    kind: str = ""
    id: UUID | None = None
    partnership: UUID | None = None
    agency: UUID | None = None


NOTHING = Subject()


@dataclass(frozen=True, slots=True)
class Predicate:
    """A question about actor and subject. None (unknown) counts as no."""

    name: str
    sentence: str
    asks: Callable[[Actor, Subject], bool | None]


@dataclass(frozen=True, slots=True)
class Permission:
    """Allowed when all predicates of any one clause say yes; to a worker whose session proved no passkey, only if
    `without_passkey`: so a screen that nobody thought about needs one.
    """

    name: str
    sentence: str
    clauses: tuple[tuple[Predicate, ...], ...]
    field_groups: tuple[str, ...] = ()
    without_passkey: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided and by which rule."""

    allowed: bool
    rule: str
    needs_passkey: bool = False


class Denied(Exception):
    """The actor may see the subject, or no subject is meant, but lacks the right: 403."""


class NeedsPasskey(Denied):
    """She has the right, but this session of hers proved no passkey."""


class NotFound(Exception):
    """Absent and forbidden look the same from outside: 404."""


_declared: dict[str, Permission] = {}


def permit(
    name: str,
    sentence: str,
    *clauses: tuple[Predicate, ...],
    field_groups: Iterable[str] = (),
    without_passkey: bool = False,
) -> Permission:
    """Declare a permission. Declaring a name twice, or without a clause, is an error of the house.

    `without_passkey`: for screens of figures only, that is what a password and a code open.
    """
    if name in _declared:
        raise ValueError(f"Permission {name} is declared twice.")
    if not clauses or not all(clauses):
        raise ValueError(f"Permission {name} needs at least one predicate in each clause.")
    _declared[name] = Permission(name, sentence, clauses, tuple(field_groups), without_passkey)
    return _declared[name]


def declared() -> dict[str, Permission]:
    return dict(_declared)


def decide(actor: Actor, permission: str, subject: Subject = NOTHING, *, takes_away: bool = False) -> Verdict:
    """The one evaluator. An undeclared permission is denied. `takes_away`: as a file, which always needs a passkey."""
    known = _declared.get(permission)
    if known is None:
        return Verdict(False, f"{permission}: not declared")
    for clause in known.clauses:
        if all(predicate.asks(actor, subject) is True for predicate in clause):
            # A job has no passkey: what let it in (a phone's secret, a program's key, the machine) was its own proof.
            if actor.user and not actor.by_passkey and (takes_away or not known.without_passkey):
                return Verdict(False, f"{permission}: needs a passkey", needs_passkey=True)
            return Verdict(True, f"{permission}: " + " + ".join(each.name for each in clause))
    return Verdict(False, f"{permission}: no clause holds")


def holds(*roles: str) -> Predicate:
    """The actor holds one of these roles in the agency she acts for."""
    words = " or ".join(role.replace("_", " ") for role in roles)
    return Predicate(f"role {'|'.join(roles)}", f"is {words}", lambda actor, _: bool(actor.roles & set(roles)))


def is_job(*names: str) -> Predicate:
    """The actor is one of these named jobs."""
    return Predicate(f"job {'|'.join(names)}", f"is the job {' or '.join(names)}", lambda a, _: a.job in names)


signed_in = Predicate("signed in", "is signed in", lambda actor, _: actor.is_signed_in)
same_agency = Predicate(
    "own agency",
    "acts for the agency that holds it",
    lambda actor, subject: None if subject.agency is None else actor.agency == subject.agency,
)
same_partnership = Predicate(
    "own partnership",
    "acts in the partnership it belongs to",
    lambda actor, subject: None if subject.partnership is None else actor.partnership == subject.partnership,
)
