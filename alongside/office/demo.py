"""Entering the invented demo partnership as one of its personas. This machine only, and never beside real women."""

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.foundation.kit.gallery import gallery
from alongside.foundation.kit.screens import screen
from alongside.register.agencies import queries
from alongside.register.agencies.acting import SESSION_KEY
from alongside.register.agencies.passkeys import DEMO_SESSION_KEY
from alongside.register.agencies.queries import MembershipRow

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def personas() -> list[MembershipRow]:
    """Everyone with a role in the invented partnership; 404 unless this is a demo on this machine and nothing else."""
    partnerships = queries.partnerships()
    if not (settings.DEMO and settings.IS_LOCAL) or not partnerships or not all(p.is_invented for p in partnerships):
        raise Http404
    return [member for each in partnerships for member in queries.memberships_in_force(each.id) if member.is_active]


def choose(request: HttpRequest) -> HttpResponse:
    """All personas, one button each."""
    members = personas()
    if request.method == "POST":
        return _enter(request, members)
    return screen(
        request,
        "office/demo.html",
        members=[(str(each.id), each.role.words, each.worker_name, each.agency_name) for each in members],
    )


def _enter(request: HttpRequest, members: list[MembershipRow]) -> HttpResponse:
    chosen = next((each for each in members if str(each.id) == request.POST.get("persona")), None)
    if chosen is None:
        raise Http404
    login(request, get_user_model().objects.get(pk=chosen.worker), backend=BACKEND)
    request.session[DEMO_SESSION_KEY] = True
    request.session[SESSION_KEY] = str(chosen.id)
    return HttpResponseRedirect(reverse("home"))


def components(request: HttpRequest) -> HttpResponse:
    """Every piece that pages are made of, in the frame of whoever looks: for those who build pages, and for axe."""
    personas()
    if request.method not in ("GET", "HEAD"):
        raise Http404
    return screen(request, "kit/gallery.html", **gallery())
