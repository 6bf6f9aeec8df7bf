"""The console command `alongside`. Each group of commands has a file; nothing heavy is imported before it is used."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

GROUPS = ("serving", "demo", "operating", "keeping", "sealing", "importing", "linking", "evaluating", "picturing")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Refusals are one sentence on stderr and code 2."""
    parser = argparse.ArgumentParser(prog="alongside", description="Shared casework and honest counting.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for group in GROUPS:
        import_module(f"alongside.config.cli.{group}").add_to(commands)
    given = parser.parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    from alongside.config.cli.frame import Refused

    try:
        return int(given.run(given) or 0)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
