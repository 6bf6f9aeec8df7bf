"""`alongside check`, `alongside migrate`, `alongside worker`: for whoever runs the installation."""

import argparse
import getpass
import sys
from typing import Any

from alongside.config.cli.frame import Refused, ready, say


def add_to(commands: Any) -> None:
    check = commands.add_parser("check", help="say what makes this installation unsafe; code 1 if anything does")
    check.set_defaults(run=_check)
    migrate = commands.add_parser("migrate", help="start the database if need be and bring its tables up to date")
    migrate.set_defaults(run=_migrate)
    _add_worker(commands)
    _add_agency(commands)


def _add_worker(commands: Any) -> None:
    worker = commands.add_parser("worker", help="workers and their roles").add_subparsers(required=True)
    add = worker.add_parser("add", help="give a worker, known or new, a role in an agency")
    add.add_argument("--email", required=True)
    add.add_argument("--name", required=True)
    add.add_argument("--agency", required=True, help="the agency's short name")
    add.add_argument("--partnership", default="", help="needed when two partnerships have such an agency")
    add.add_argument("--role", required=True, help="for example outreach_worker or system_admin")
    add.set_defaults(run=_worker_add)
    lost = worker.add_parser("lost-passkey", help="take a worker's lost passkeys and recovery codes away")
    lost.add_argument("--email", required=True)
    lost.set_defaults(run=_worker_lost_passkey)


def _add_agency(commands: Any) -> None:
    agency = commands.add_parser("agency", help="agencies").add_subparsers(required=True)
    add = agency.add_parser("add", help="add an agency, and its partnership if it is the first")
    for name, about in (
        ("--partnership", "the partnership's short name"),
        ("--partnership-name", "its name, for the first agency"),
        ("--area", "its area, for the first agency"),
        ("--slug", "the agency's short name"),
        ("--name", "its name"),
        ("--prefix", "one to four letters that begin its records' codes"),
    ):
        add.add_argument(name, required=name not in ("--partnership-name", "--area"), default="", help=about)
    add.add_argument("--kind", required=True, choices=("specialist", "generic", "commissioner", "contributor"))
    add.add_argument(
        "--setting", default="none", choices=("street", "casework", "dropin", "accommodation", "justice", "none")
    )
    add.set_defaults(run=_agency_add)
    ways = agency.add_parser("open-other-ways", help="its workers can sign in by passkey or password again")
    ways.add_argument("--slug", required=True, help="the agency's short name")
    ways.add_argument("--partnership", default="", help="needed when two partnerships have such an agency")
    ways.set_defaults(run=_agency_open_other_ways)


def _check(given: argparse.Namespace) -> int:
    ready()
    from alongside.config import installation
    from alongside.register.agencies import queries

    problems = installation.problems()
    for each in problems:
        say(f"- {each}")
    for each in installation.advice(queries.agency_names()):
        say(f"- Advice: {each}")
    say("Nothing is wrong." if not problems else f"{len(problems)} to put right.")
    return 1 if problems else 0


def _migrate(given: argparse.Namespace) -> int:
    ready()
    say("The tables are up to date.")
    return 0


def _worker_add(given: argparse.Namespace) -> int:
    """The first password is asked for (or read from a pipe), never taken from the command line."""
    ready()
    from django.core.exceptions import ValidationError

    from alongside.foundation.gate.level import acting_as
    from alongside.register.agencies import actions, queries
    from alongside.register.agencies.codes import Role

    if given.role not in set(Role):
        raise Refused(f"There is no role {given.role}. Roles: {', '.join(Role)}.")
    password = getpass.getpass("First password: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    _check_password(password)
    operator = queries.operator()
    try:
        with acting_as(operator):
            agency = queries.agency_called(given.agency, given.partnership)
            if agency is None:
                raise Refused(f"There is not exactly one agency {given.agency}. Add --partnership if there are two.")
            worker = actions.set_up_worker(operator, email=given.email, name=given.name, password=password)
            actions.give_role(operator, worker=worker, agency=agency.id, role=Role(given.role))
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages)) from None
    say(f"{given.name} is {Role(given.role).words.lower()} at {agency.name}. She sets up a second factor first.")
    return 0


def _worker_lost_passkey(given: argparse.Namespace) -> int:
    """For the system administrator who lost her own: for everyone else she does it on her page."""
    ready()
    from alongside.foundation.gate.level import acting_as
    from alongside.office.accounts.sign_ins import known_as
    from alongside.office.leaving import take_passkeys_away
    from alongside.register.agencies import queries

    operator = queries.operator()
    with acting_as(operator):
        worker = known_as(given.email)
        if worker is None:
            raise Refused("No worker has this e-mail address.")
        take_passkeys_away(operator, worker=worker.pk)
    say("Her passkeys and recovery codes no longer sign anyone in. She adds a new passkey when she next signs in.")
    return 0


def _check_password(password: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        validate_password(password)
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages)) from None


def _agency_add(given: argparse.Namespace) -> int:
    ready()
    from alongside.foundation.gate.level import acting_as
    from alongside.register.agencies import actions, queries
    from alongside.register.agencies.codes import AgencyKind, Setting

    operator = queries.operator()
    with acting_as(operator):
        partnership = actions.set_up_partnership(
            operator,
            slug=given.partnership,
            name=given.partnership_name or given.partnership,
            area=given.area or given.partnership_name or given.partnership,
        )
        actions.set_up_agency(
            operator,
            partnership=partnership,
            slug=given.slug,
            name=given.name,
            kind=AgencyKind(given.kind),
            setting=Setting(given.setting),
            prefix=given.prefix.upper(),
        )
    say(f"{given.name} belongs to {given.partnership}.")
    return 0


def _agency_open_other_ways(given: argparse.Namespace) -> int:
    """When its own sign-in, made the only way, fails: nobody of the agency could switch it off."""
    ready()
    from alongside.foundation.gate.level import acting_as
    from alongside.register.agencies import providers, queries

    operator = queries.operator()
    with acting_as(operator):
        agency = queries.agency_called(given.slug, given.partnership)
        if agency is None:
            raise Refused(f"There is not exactly one agency {given.slug}. Add --partnership if there are two.")
        providers.open_other_ways(operator, agency=agency.id)
    say(f"Workers of {agency.name} can sign in by passkey, or password and code, again.")
    return 0
