"""Every address for programs is described, by the method it answers to; nothing is described that is not there."""

import re

from django.urls import reverse

from alongside.config.openapi import OPERATIONS, document
from tests.policy.routes import Route, routes

ONLY_READ = ("GET",)


def described(found: dict[str, Route]) -> set[tuple[str, str]]:
    """(address, method) of every route for programs that the resolver knows."""
    some = "00000000-0000-0000-0000-000000000007"
    there = set()
    for route in found.values():
        address = reverse(route.name, args=[some] * len(route.parameters)) if _has_ids(route) else ""
        if "api/v1/" not in address:
            continue
        methods = set(getattr(route.view, "methods", ONLY_READ)) - {"HEAD"}
        there |= {(address.lstrip("/").replace(some, "{id}"), method) for method in methods}
    return there


def _has_ids(route: Route) -> bool:
    return all(type(each).__name__ == "UUIDConverter" for each in route.pattern.pattern.converters.values())


def test_every_address_for_programs_is_described() -> None:
    assert described(routes()) == set(OPERATIONS), "Describe it in alongside/config/openapi.py"


def test_one_that_is_not_described_would_be_found() -> None:
    assert len(described(routes())) > 5
    assert described({name: route for name, route in routes().items() if name != "api-shifts"}) != set(OPERATIONS)


def test_every_reference_leads_somewhere() -> None:
    told = document()
    references = set(re.findall(r"'\$ref': '#/components/schemas/(\w+)'", str(told)))
    assert references == set(told["components"]["schemas"])
    doors = {door for path in told["paths"].values() for each in path.values() for door in each["security"][0]}
    assert doors == set(told["components"]["securitySchemes"])
