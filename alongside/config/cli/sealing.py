"""`alongside trail`: seal the trail, check it whole, and go on after a restore."""

import argparse
import time
from typing import Any

from alongside.config import machine, postgres
from alongside.config.cli.frame import Refused, ready, say


def add_to(commands: Any) -> None:
    trail = commands.add_parser("trail", help="the record of who read and did what").add_subparsers(required=True)
    verify = trail.add_parser("verify", help="read the whole trail; code 1 if anything is not as it was sealed")
    verify.set_defaults(run=_verify)
    seal = trail.add_parser("seal", help="seal what is ready, every 30 seconds until ended")
    seal.add_argument("--once", action="store_true", help="one round and no more")
    seal.set_defaults(run=_seal)
    restored = trail.add_parser(
        "restored", help="after the database came back from a copy: go on, and say what was lost"
    )
    restored.add_argument("--reason", required=True)
    restored.set_defaults(run=_restored)


def _verify(given: argparse.Namespace) -> int:
    ready()
    from alongside.foundation.trail.sealing import EVERY_SECONDS, Keeper, verify

    began = time.monotonic()
    with postgres.connect_as_sealer() as connection:
        found = verify(connection, Keeper(machine.seals_folder()))
    for fault in found.faults:
        say(f"- batch {fault.batch}: {fault.words}")
    if found.waiting_seconds > 2 * EVERY_SECONDS:
        say(f"- {found.waiting:,} rows wait for a seal, the oldest for {found.waiting_seconds:,.0f} seconds")
    say(f"{found.rows:,} rows under {found.seals:,} seals read in {time.monotonic() - began:.1f} s.")
    say(
        "The trail is whole." if not found.faults else f"{len(found.faults)} faults: the trail is NOT as it was sealed."
    )
    return 1 if found.faults else 0


def _seal(given: argparse.Namespace) -> int:
    from alongside.foundation.trail.sealing import EVERY_SECONDS, Keeper, TakenBack, seal_once

    keeper = Keeper(machine.seals_folder())
    while True:
        try:
            with postgres.connect_as_sealer() as connection:
                seal_once(connection, keeper)
        except TakenBack as taken:
            raise Refused(f"{taken} If it was restored, say: alongside trail restored --reason WHY") from None
        if given.once:
            return 0
        time.sleep(EVERY_SECONDS)


def _restored(given: argparse.Namespace) -> int:
    ready()
    from alongside.foundation.trail.sealing import Keeper, accept_restore

    try:
        with postgres.connect_as_sealer() as connection:
            made = accept_restore(connection, Keeper(machine.seals_folder()), given.reason)
    except ValueError as nothing:
        raise Refused(str(nothing)) from None
    say(f"Seal {made.number} says: {made.note}")
    return 0
