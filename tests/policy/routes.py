"""Every route that the resolver knows: nothing is listed by hand here, so that nothing can be forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Route:
    """`parameters`: the names that its address holds."""

    name: str
    pattern: URLPattern
    parameters: tuple[str, ...]

    @property
    def view(self) -> Any:
        return self.pattern.callback

    def address(self, *values: object) -> str:
        return reverse(self.name, args=values) if values else reverse(self.name)


def routes() -> dict[str, Route]:
    return {route.name: route for route in _walk(get_resolver(), ())}


def _walk(resolver: URLResolver, spaces: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, (*spaces, entry.namespace) if entry.namespace else spaces)
        else:
            # A route without a name would have no row of its own.
            name = ":".join((*spaces, entry.name or f"unnamed {entry.pattern}"))
            yield Route(name, entry, tuple(entry.pattern.converters))
