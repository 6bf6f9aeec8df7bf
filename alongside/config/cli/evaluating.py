"""`alongside evaluate`: how good linkage and estimate are on data whose truth is known. Needs no database."""

import argparse
import json
from pathlib import Path
from typing import Any

from alongside.config.cli.frame import Refused, say


def add_to(commands: Any) -> None:
    parser = commands.add_parser("evaluate", help="measure linkage or estimate on labelled data")
    kinds = parser.add_subparsers(required=True, metavar="WHAT")
    for name, run, about in (
        ("linkage", _linkage, "records with person_id: precision, recall, calibration, time and memory"),
        ("estimate", _estimate, "a table of who was on which list: seen, estimated, with an interval"),
    ):
        kind = kinds.add_parser(name, help=about)
        kind.add_argument("file", type=Path)
        kind.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
        kind.set_defaults(run=run)


def _linkage(given: argparse.Namespace) -> int:
    from alongside.register.people.linkage.evaluate import evaluate

    file = _readable(given.file)
    return _show(evaluate(file) | {"population": _population(file)}, given.json)


def _population(file: Path) -> dict[str, float | None]:
    """All women, met or not, from the evidence of pairs: no link is decided. None where the file bears no number."""
    from alongside.insight.population.evidence import PairEvidence
    from alongside.insight.population.refusals import NotEstimable
    from alongside.insight.population.unlinked import estimate_without_links
    from alongside.register.people.linkage.bayes import own_factors
    from alongside.register.people.linkage.evaluate import read

    factors, times = own_factors(read(file).drop_columns(["person_id"]))
    ends = (factors.left, factors.right, factors.log_bf)
    try:
        found = estimate_without_links(PairEvidence(factors.agencies, factors.agency, factors.area, *ends)).interval
    except NotEstimable:
        return dict.fromkeys(("estimate", "low", "high"))
    return {name: round(getattr(found, name) * times, 1) for name in ("estimate", "low", "high")}


def _estimate(given: argparse.Namespace) -> int:
    from alongside.insight.population.estimate import evaluate_estimate

    return _show(evaluate_estimate(_readable(given.file)), given.json)


def _readable(path: Path) -> Path:
    if not path.is_file():
        raise Refused(f"There is no file {path.name} there.")
    return path


def _show(found: dict[str, Any], as_json: bool) -> int:
    if as_json:
        say(json.dumps(found, default=float))
    else:
        for name, value in found.items():
            say(f"{name.replace('_', ' ')}: {_words(value)}")
    return 0


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_words(each)}" for name, each in value.items())
    if value is None:
        return "cannot be told"
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return str(value)
