"""`alongside import`: an agency's lists, taken in by the operator: shown first, confirmed, then taken in."""

import argparse
import sys
from pathlib import Path
from typing import Any

from alongside.config.cli.frame import Progress, Refused, ready, say


def add_to(commands: Any) -> None:
    parser = commands.add_parser("import", help="take an agency's lists in, as the agency keeps them")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--agency", required=True, help="the agency's short name")
    parser.add_argument("--partnership", default="", help="needed when two partnerships have such an agency")
    parser.add_argument("--yes", action="store_true", help="take in what is understood without asking")
    parser.add_argument(
        "--with-gaps", action="store_true", help="take rows in that have a cell which cannot be read, without that cell"
    )
    parser.set_defaults(run=take_in)


def take_in(given: argparse.Namespace) -> int:
    ready()
    from alongside.insight.interchange import terminal
    from alongside.register.agencies.queries import agency_called

    agency = agency_called(given.agency, given.partnership)
    if agency is None:
        raise Refused(f"There is no one agency {given.agency}. Say which partnership, or add the agency first.")
    job, refused = terminal.intake_job(agency.partnership, agency.id), 0
    for number, path in enumerate(given.files, start=1):
        say(f"List {number} of {len(given.files)} for {agency.name}:")
        try:
            _one(terminal, job, path, given)
        except terminal.ListRefused as words:
            say(f"Not taken in. {words}")
            refused += 1
    return 1 if refused else 0


def _one(terminal: Any, job: Any, path: Path, given: argparse.Namespace) -> None:
    report = terminal.hand_in_file(job, path)
    for line in report.lines:
        say(line)
    if report.state == "taken" or not (report.ready or report.with_gaps):
        say("There is nothing to do.")
        return
    if not given.yes and not _confirmed(report.ready):
        say("Nothing was taken in. The list waits on the agency's page of lists.")
        return
    progress = Progress("Taking in")
    done = terminal.take_in_file(job, report.id, with_gaps=given.with_gaps, say=progress)
    progress.end()
    for line in done.lines:
        say(line)


def _confirmed(rows: int) -> bool:
    if not sys.stdin.isatty():
        raise Refused("Nobody is here to confirm. Say --yes to take in what was understood.")
    return input(f"Take in {rows:,} rows? [y/N] ").strip().lower() in ("y", "yes")
