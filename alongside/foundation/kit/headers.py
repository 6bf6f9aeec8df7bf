"""Headers that keep a page from leaving a trace where it was read. Control E2."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

NO_POWERS = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"

HEADERS = {
    "Cache-Control": "no-store",
    # Not "no-referrer": browsers then send forms with "Origin: null", which the check against forged requests refuses.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": NO_POWERS,
    "X-Robots-Tag": "noindex, nofollow",
}

# Signing out and hiding the screen. "storage" is not among them: contacts that a phone has not yet sent
# lie there sealed, and what a worker has recorded is never thrown away.
CLEARING_PATHS = frozenset({"/accounts/logout/", "/hide/"})
CLEAR = '"cache", "cookies"'

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class HeadersMiddleware:
    """Static files are served before it and may be cached; everything else may not."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        response.headers.pop("ETag", None)  # an entity tag would tell one body from another
        if request.method == "POST" and request.path in CLEARING_PATHS:
            response.headers["Clear-Site-Data"] = CLEAR
        return response
