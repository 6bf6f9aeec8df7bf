"""`alongside keys divide`, `unseal`, `lock`: an agency's key in three people's hands, of whom any two open it."""

import argparse
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import UUID

from alongside.config.cli.frame import Refused, ready, say


def add_to(kinds: Any) -> None:
    divide = kinds.add_parser("divide", help="a new key for one agency, in three files of which any two open it")
    ask_whose(divide)
    divide.add_argument("files", type=Path, nargs=3, metavar="FILE", help="where each goes: best three memory sticks")
    divide.set_defaults(run=_divide)
    unseal = kinds.add_parser("unseal", help="open a divided key with two of its files, until the key process ends")
    unseal.add_argument("files", type=Path, nargs=2, metavar="FILE")
    unseal.set_defaults(run=_unseal)
    lock = kinds.add_parser("lock", help="forget a divided key: that agency's names stay shut until two files open it")
    ask_whose(lock)
    lock.set_defaults(run=_lock)


def ask_whose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--agency", default="", help="the agency's short name")
    parser.add_argument(
        "--partnership", default="", help="needed when two have such an agency; alone: the key of what agencies share"
    )


def holder(given: argparse.Namespace) -> tuple[UUID, str]:
    """Whose key: an agency's, or a partnership's own."""
    from alongside.register.agencies import queries

    if not given.agency:
        found = [each for each in queries.partnerships() if each.slug == given.partnership]
        if not found:
            raise Refused("Say whose key: --agency, or --partnership alone for what agencies share.")
        return found[0].id, found[0].name
    agency = queries.agency_called(given.agency, given.partnership)
    if agency is None:
        raise Refused(f"There is not exactly one agency {given.agency}. Add --partnership if there are two.")
    return agency.id, agency.name


def _divide(given: argparse.Namespace) -> int:
    """The three files are written and read again first: nothing is changed unless all three can be."""
    ready()
    from alongside.foundation.vault import quorum, wire
    from alongside.foundation.vault.keys import ROTATION_SECONDS, KeysLocked, key_service

    whose, name = holder(given)
    for number, path in enumerate(given.files, start=1):
        try:
            quorum.write_keyholder(path, whose, number)
        except OSError as refused:
            raise Refused(f"{path} could not be written: {refused.strerror}. Nothing was changed.") from None
    secrets = [_secret(path)[1] for path in given.files]
    halves = [wire.to_text(quorum.public_half(each)) for each in secrets]
    try:
        told = key_service().ask("divide", ROTATION_SECONDS, holder=str(whose), keyholders=halves)
    except KeysLocked:
        raise Refused(f"{name} is locked. Open it first: alongside keys unseal. Nothing was changed.") from None
    for pair in combinations(secrets, quorum.NEEDED):
        key_service().ask("unseal", holder=str(whose), secrets=[wire.to_text(each) for each in pair])
    say(f"{name} has a new key; {told['count']:,} keys are wrapped under it. Any two files open it: tried.")
    say("Give each file to a person of the agency, apart from the others and from this machine.")
    say("When the key process starts again two of them say: alongside keys unseal FILE FILE")
    return 0


def _unseal(given: argparse.Namespace) -> int:
    ready()
    from alongside.foundation.vault import quorum, wire
    from alongside.foundation.vault.keys import key_service

    (whose, one), (also, other) = (_secret(path) for path in given.files)
    try:
        if whose != also:
            raise quorum.NotOpened
        secrets = [wire.to_text(each) for each in (one, other)]
        key_service().ask("unseal", holder=str(whose), secrets=secrets)
    except quorum.NotOpened:
        raise Refused("These two files do not open it together. Both must be of one agency, and its newest.") from None
    say(f"{_name(whose)} is open until the key process ends, or: alongside keys lock")
    return 0


def _lock(given: argparse.Namespace) -> int:
    ready()
    from alongside.foundation.vault.keys import key_service

    whose, name = holder(given)
    if not key_service().ask("lock", holder=str(whose))["locked"]:
        raise Refused(f"The key of {name} lies whole in a file here: take the file away, or divide it first.")
    say(f"{name} is locked. Two of its key files open it again.")
    return 0


def _secret(path: Path) -> tuple[UUID, bytes]:
    from alongside.foundation.vault import quorum

    try:
        return quorum.read_keyholder(path)
    except (OSError, quorum.NotOpened):
        raise Refused(f"{path} is no key file that can be read.") from None


def _name(holder: UUID) -> str:
    from alongside.register.agencies import queries

    names = {**queries.agency_names(), **{each.id: each.name for each in queries.partnerships()}}
    return names.get(holder, "It")
