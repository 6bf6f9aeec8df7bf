"""First page, for whom she acts, hiding the screen, and the faults."""

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.routes import page
from alongside.foundation.kit import errors
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import moment
from alongside.office import desk
from alongside.office.shell import acting_words, places
from alongside.register.agencies.acting import SESSION_KEY
from alongside.register.agencies.arriving import came_by
from alongside.register.agencies.codes import Role
from alongside.register.agencies.suspending import is_suspended
from alongside.register.rights.pages import emergency
from alongside.register.traces.queries import limit_notices

# What the first page says above her work.
FIRST_WORDS = {
    Role.OUTREACH_WORKER: "Met someone? Look her up first: one name and a corner are enough.",
    Role.KEY_WORKER: "The women your agency works with.",
    Role.HOSTEL_WORKER: "The women your house works with.",
    Role.NURSE: "Look her up first; what the others wrote of where she is, you see when she agreed.",
    Role.COURT_WORKER: "The women your agency works with, before court and before release.",
    Role.TREATMENT_WORKER: "The women your agency works with.",
    Role.MANAGER: "What your agency knows, and what it has handed in.",
    Role.COORDINATOR: "Decide about possible same women first: the picture rests on it.",
    Role.COMMISSIONER: "Figures with their definitions. There is no woman's name behind them that you could open.",
    Role.CONTRIBUTOR: "Hand in what the partnership asked you for. You will not be shown what others handed in.",
    Role.DP_LEAD: "Who did or read what in your agency.",
    Role.SYSTEM_ADMIN: "Who works here, and whether the installation is well.",
}


def _limits(actor: Actor) -> list[tuple[str, str]]:
    """Who came to a limit: (sentence, where to read more), for the data protection lead. No name of a woman."""
    return [
        (
            f"{each.worker} came to a limit on {moment(timezone.localtime(each.last))}: {each.what}.",
            reverse("traces:unusual"),
        )
        for each in limit_notices(actor)
    ]


def home(request: HttpRequest) -> HttpResponse:
    """Her work, not totals. Signed out it leads to signing in, so it is a public route."""
    if request.method not in ("GET", "HEAD"):
        raise Http404
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_signed_in:
        return HttpResponseRedirect(reverse("account_login"))
    acting = request.acting_as  # type: ignore[attr-defined]
    if acting is None:
        return HttpResponseRedirect(reverse("act-for"))
    # Without a passkey there are figures only; what waits for her is work, and opens with the rest.
    knows = actor.by_passkey
    return screen(
        request,
        "office/home.html",
        lede=FIRST_WORDS[Role(acting.role)],
        needs_passkey=not knows,
        looks=[*emergency.told_of(actor), *_limits(actor)] if knows else [],
        waiting=[*desk.due(actor), *desk.stuck(actor), *desk.waiting(actor)] if knows else [],
        groups=[
            (group, [(place.words, place.about, address) for place, address in members])
            for group, members in places(actor)
        ],
    )


@page("agencies.choose", methods=("GET", "POST"))
def act_for(request: HttpRequest) -> HttpResponse:
    """For which agency, and in which role, she acts. Kept in the session, read anew with every request."""
    mine = request.memberships  # type: ignore[attr-defined]
    if request.method == "POST":
        chosen = request.POST.get("agency", "")
        if not any(str(each.id) == chosen for each in mine):
            raise Http404
        request.session[SESSION_KEY] = chosen
        return HttpResponseRedirect(reverse("home"))
    choices = [(str(each.id), acting_words(each)) for each in mine]
    return screen(
        request,
        "office/act_for.html",
        choices=choices,
        suspended=is_suspended(request.user.pk),
        shut=request.shut,  # type: ignore[attr-defined]
        came=came_by(request) is not None,
    )


def hide(request: HttpRequest) -> HttpResponse:
    """Someone is looking: sign out at once and show a page that tells nothing."""
    if request.method != "POST":
        raise Http404
    logout(request)
    return HttpResponseRedirect(reverse("away"))


def away(request: HttpRequest) -> HttpResponse:
    return screen(request, "kit/away.html")


def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


bad_request, forbidden, not_found, server_error = (
    errors.bad_request,
    errors.forbidden,
    errors.not_found,
    errors.server_error,
)
