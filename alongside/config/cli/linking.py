"""`alongside link`: compare the records of a partnership and group those of one woman, for counting."""

import argparse
from typing import Any
from uuid import UUID

from alongside.config.cli.frame import Progress, Refused, ready, say


def add_to(commands: Any) -> None:
    parser = commands.add_parser("link", help="find which records of a partnership are the same woman")
    parser.add_argument("--partnership", default="", help="its short name; not needed when there is one")
    parser.set_defaults(run=link)


def link(given: argparse.Namespace) -> int:
    ready()
    partnership = partnership_called(given.partnership)
    from alongside.register.people.linking import linkage_job, run_linkage

    progress = Progress("Linking")
    step = ""

    def tell(words: str, percent: int) -> None:
        nonlocal step
        if words != step:
            step = words
            say(f"{words} …")
        progress(percent, 100)

    run_linkage(linkage_job(partnership), tell)
    progress.end()
    return 0


def partnership_called(slug: str) -> UUID:
    """The partnership of this short name; without one, the only partnership there is."""
    from alongside.register.agencies import queries

    rows = [each for each in queries.partnerships() if not slug or each.slug == slug]
    if len(rows) == 1:
        return rows[0].id
    if not rows:
        raise Refused(f"There is no partnership {slug}." if slug else "There is no partnership yet.")
    raise Refused(f"Say which with --partnership: {', '.join(each.slug for each in rows)}.")
