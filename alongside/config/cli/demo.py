"""`alongside demo`: the invented partnership, with its lists taken in the way an agency hands them in."""

import argparse
from typing import Any

from alongside.config.cli.frame import Refused, ready, say


def add_to(commands: Any) -> None:
    parser = commands.add_parser("demo", help="make the invented partnership; a second run changes nothing")
    parser.add_argument("--no-lists", action="store_true", help="agencies and workers only")
    parser.set_defaults(run=demo)


def demo(given: argparse.Namespace) -> int:
    ready()
    build(with_lists=not given.no_lists)
    return 0


def is_built(with_lists: bool = True) -> bool:
    """Whether nothing of it is missing. Quick: nothing that counts is loaded."""
    from alongside.config.demo import personas

    partnership = personas.set_up()
    return partnership is not None and (not with_lists or personas.has_picture(partnership))


def build(with_lists: bool = True) -> None:
    """What is missing of the invented partnership."""
    from alongside.config.demo import personas

    if personas.has_real_partnership():
        raise Refused("This installation holds a partnership that is not invented. The demo needs one of its own.")
    partnership = personas.set_up()
    if partnership is None:
        say("Making the invented partnership …")
        partnership = personas.set_up_partnership()
    if with_lists and not personas.has_picture(partnership):
        from alongside.config.demo import story

        story.tell(partnership, say)
    say("The invented Riverside Partnership is ready.")
