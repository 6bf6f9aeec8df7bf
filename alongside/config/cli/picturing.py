"""`alongside picture`: count a partnership now and print what was found, without a name."""

import argparse
from typing import Any

from alongside.config.cli.frame import Refused, ready, say


def add_to(commands: Any) -> None:
    parser = commands.add_parser("picture", help="count a partnership and print its picture")
    parser.add_argument("--partnership", default="", help="its short name; not needed when there is one")
    parser.set_defaults(run=picture)


def picture(given: argparse.Namespace) -> int:
    ready()
    from alongside.config.cli.linking import partnership_called
    from alongside.insight.population.console import count_and_tell
    from alongside.insight.population.refusals import NotCompared

    try:
        say(count_and_tell(partnership_called(given.partnership)))
    except NotCompared as not_compared:
        raise Refused(str(not_compared)) from None
    return 0
