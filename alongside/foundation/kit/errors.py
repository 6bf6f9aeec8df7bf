"""Error pages: the same bytes for everyone, so that nothing can be learnt from them.

A thing that is absent and a thing that is not for her get the same 404. The 500 and 503 pages need no database.
"""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse

from alongside.foundation.kit.environment import environment


@cache
def error_page(status: int) -> str:
    """The page for 400, 403, 404, 500 or 503, made once and without looking at the request."""
    return environment().get_template(f"kit/errors/{status}.html").render()


def bad_request(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    return HttpResponse(error_page(400), status=400)


def forbidden(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    return HttpResponse(error_page(403), status=403)


def not_found(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    return HttpResponse(error_page(404), status=404)


def server_error(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    return HttpResponse(error_page(500), status=500)


def names_locked(request: HttpRequest) -> HttpResponse:
    """The key process is out of reach: no sealed value can be read or written."""
    return HttpResponse(error_page(503), status=503, headers={"Retry-After": "60"})
