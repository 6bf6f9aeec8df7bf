"""The app's own files: the same bytes for everyone, signed in or not, so that they can be kept on any phone."""

import hashlib
import json

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse

from alongside.casework.contacts.codes import NextStep, PlaceKind, Staying, Topic, Worry
from alongside.casework.contacts.queries import STANDARDS
from alongside.casework.supplies.codes import STOCKED
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.shell import APP_NAME

FILES = ("phone/app.js", "phone/phone.css", "phone/icon-180.png", "phone/icon-192.png")
FRAME_FILES = (
    "alongside/js/theme.js",
    "alongside/js/alongside.js",
    "alongside/css/alongside.css",
    "alongside/icons/icon.svg",
    "alongside/fonts/atkinson-hyperlegible-latin-400-normal.woff2",
    "alongside/fonts/atkinson-hyperlegible-latin-700-normal.woff2",
)


def app(request: HttpRequest) -> HttpResponse:
    """Tonight's shift. Who uses it: an outreach worker at 2 a.m., one hand, no signal; a contact in six taps."""
    _looks(request)
    return screen(
        request,
        "phone/app.html",
        notices=(),
        staying=Staying.choices(),
        items=[(item.value, item.words) for item in STOCKED],
        topics=Topic.choices(),
        worries=Worry.choices(),
        places=PlaceKind.choices(),
        next_steps=NextStep.choices(),
        said=[standard for standard in STANDARDS if standard.said],
        answers=(("yes", "Yes"), ("no", "No")),
    )


def helping(request: HttpRequest) -> HttpResponse:
    """What the phone can and can't do, said plainly; there without a connection too."""
    _looks(request)
    return screen(request, "phone/help.html", notices=())


def service(request: HttpRequest) -> HttpResponse:
    """The service worker. It stands in the app's folder, as its reach is the folder it comes from."""
    _looks(request)
    files = [
        reverse("phone:app"),
        reverse("phone:help"),
        reverse("phone:manifest"),
        *map(static, (*FILES, *FRAME_FILES)),
    ]
    found = finders.find("phone/service.js")
    with open(str(found), encoding="utf-8") as source:
        code = source.read()
    # Another name for another app, file or code: the old ones are thrown away together.
    name = hashlib.sha256("".join([*files, code]).encode() + app(request).content).hexdigest()[:16]
    shell = json.dumps({"name": name, "files": files})
    return HttpResponse(f"const SHELL = {shell};\n{code}", content_type="text/javascript; charset=utf-8")


def manifest(request: HttpRequest) -> HttpResponse:
    """Name and icon tell nothing: they stand on the screen of a phone that others may see."""
    _looks(request)
    icons = [
        {"src": static(f"phone/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)
    ]
    told = {
        "name": APP_NAME,
        "short_name": APP_NAME,
        "start_url": reverse("phone:app"),
        "scope": "/phone/",
        "display": "standalone",
        "background_color": "#faf8f5",
        "theme_color": "#0f4c5c",
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")


def _looks(request: HttpRequest) -> None:
    if request.method not in ("GET", "HEAD"):
        raise Http404
