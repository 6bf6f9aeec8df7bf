"""Fourth door: every page names its permission."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from alongside.foundation.gate.changes import check

View = Callable[..., HttpResponse]


def page(permission: str, methods: tuple[str, ...] = ("GET",), *, takes_away: bool = False) -> Callable[[View], View]:
    """A view that runs only for actors who hold `permission`, and only by `methods` (HEAD goes with GET).

    `takes_away`: it answers with a file; that needs a passkey even where the screen with the same figures does not.
    """
    allowed = (*methods, "HEAD") if "GET" in methods else methods

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            check(request.actor, permission, takes_away=takes_away)  # type: ignore[attr-defined]
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            return view(request, *args, **kwargs)

        run.permission = permission  # type: ignore[attr-defined]
        run.methods = allowed  # type: ignore[attr-defined]
        return run

    return wrap
