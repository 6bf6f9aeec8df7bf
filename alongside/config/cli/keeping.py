"""`alongside keys`, `alongside restore-erasures`: keys of the agencies, and what stays destroyed after a restore."""

import argparse
from pathlib import Path
from typing import Any
from uuid import UUID

from alongside.config import machine
from alongside.config.cli import dividing
from alongside.config.cli.frame import Refused, ready, say, set_up, telling


def add_to(commands: Any) -> None:
    keys = commands.add_parser("keys", help="the agencies' keys: state, rotation, copy, or run the key process")
    keys.set_defaults(run=_state)
    kinds = keys.add_subparsers(metavar="WHAT")
    serve = kinds.add_parser("serve", help="run the key process here, under this account, until it is ended")
    serve.set_defaults(run=_serve)
    rotate = kinds.add_parser("rotate", help="a new key for one agency; all its data keys are wrapped anew")
    dividing.ask_whose(rotate)
    rotate.set_defaults(run=_rotate)
    renew = kinds.add_parser("renew-indexes", help="new keys for one agency's blind indexes, all computed anew")
    dividing.ask_whose(renew)
    renew.set_defaults(run=_renew)
    dividing.add_to(kinds)
    copy = kinds.add_parser("copy", help="copy the key database for its own backup; keep it 7 days and no longer")
    copy.add_argument("file", type=Path)
    copy.set_defaults(run=_copy)
    kinds.add_parser("stop", help="end the key process; its keys leave memory").set_defaults(run=_stop)
    again = commands.add_parser("restore-erasures", help="after a restore: destroy again what was erased before it")
    again.set_defaults(run=_restore_erasures)


def _serve(given: argparse.Namespace) -> int:
    from alongside.foundation.vault.process import main

    code = main(machine.keys_folder(), machine.keys_sockets())
    if code == 3:
        raise Refused("A key process runs for this folder already.")
    return code


def _state(given: argparse.Namespace) -> int:
    ready()
    from alongside.foundation.vault.keys import key_service
    from alongside.register.agencies import queries

    names = {**queries.agency_names(), **{each.id: each.name for each in queries.partnerships()}}
    for holder in key_service().ask("state")["holders"]:
        name = names.get(UUID(holder["holder"]), "unknown")
        say(f"{name}: key {holder['version']}, {holder['data_keys']:,} data keys, {_rests(holder)}")
    return 0


def _rests(holder: dict[str, Any]) -> str:
    if holder["divided"]:
        return "divided, open" if holder["open"] else "divided, LOCKED: two key files open it (alongside keys unseal)"
    return "open" if holder["open"] else "LOCKED: its key file is not here"


def _rotate(given: argparse.Namespace) -> int:
    ready()
    from alongside.foundation.vault.keys import ROTATION_SECONDS, key_service

    whose, name = dividing.holder(given)
    told = key_service().ask("rotate", ROTATION_SECONDS, holder=str(whose))
    say(f"{name} has a new key; {told['count']:,} keys are wrapped under it.")
    say("Copy the key database and the new key file now: copies from before open with the earlier file only.")
    return 0


def _renew(given: argparse.Namespace) -> int:
    ready()
    from alongside.foundation.vault.keys import KeysLocked
    from alongside.register.people.renewing import renew_indexes

    whose, name = dividing.holder(given)
    say(f"Until this is done nobody of {name} looks up or takes in; names are read as ever.")
    say("If it breaks off, run it again.")
    try:
        with telling("Indexes") as progress:
            done = renew_indexes(whose, lambda done: progress(done, 0))
    except KeysLocked as locked:
        raise Refused(f"{name} is locked. {locked}") from None
    say(f"{name} has new index keys: {done:,} indexes were computed anew; the old keys are gone.")
    return 0


def _copy(given: argparse.Namespace) -> int:
    ready()
    if given.file.exists():
        raise Refused(f"{given.file} is there already.")
    from alongside.foundation.vault.keys import ROTATION_SECONDS, key_service

    key_service().ask("copy", ROTATION_SECONDS, to=str(given.file.absolute()))
    say(f"Copied to {given.file}. It opens nothing without the agencies' key files. Remove it after 7 days.")
    return 0


def _stop(given: argparse.Namespace) -> int:
    set_up()
    from alongside.foundation.vault.starting import stop

    stop(machine.keys_sockets())
    say("No key process runs.")
    return 0


def _restore_erasures(given: argparse.Namespace) -> int:
    ready()
    from alongside.office.departing import again
    from alongside.register.agencies import queries
    from alongside.register.traces.terminal import restore_erasures

    found = restore_erasures()
    for agency in found.left:
        if again(agency):
            say(f"{queries.agency_names().get(agency, 'An agency')} left before: it left again.")
    say(f"{found.records:,} erased records gone through: {found.rows:,} rows and {found.keys:,} keys had come back.")
    return 0
