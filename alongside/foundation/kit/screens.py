"""Answering with a page or with a part of one."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template import engines

from alongside.foundation.kit.shell import Notice

FRAGMENT = "X-Fragment"


def wants_fragment(request: HttpRequest) -> bool:
    """Whether a script of our own asks for a part of the page it is already showing."""
    return request.headers.get(FRAGMENT) == "1"


def screen(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A whole page. Its frame, `shell`, comes from a context processor; without one it is the signed-out frame."""
    context.setdefault("notices", _notices(request))
    return HttpResponse(_render(request, template, context), status=status)


def fragment(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A part of a page, marked as such: the script shows nothing that is not marked."""
    return HttpResponse(_render(request, template, context), status=status, headers={FRAGMENT: "1"})


def _render(request: HttpRequest, template: str, context: dict[str, Any]) -> str:
    return str(engines["jinja2"].get_template(template).render(context, request))


def _notices(request: HttpRequest) -> tuple[Notice, ...]:
    if not hasattr(request, "_messages"):
        return ()
    return tuple(
        Notice(str(message), "success" if "success" in message.tags else "information")
        for message in get_messages(request)
    )
