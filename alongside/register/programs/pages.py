"""The keys of the agency's programs: make one, see it once, end it.

Who and where: a service manager at a desk, with whoever runs the program on the telephone.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day
from alongside.register.programs import actions, queries
from alongside.register.programs.codes import Lasts, Reads
from alongside.register.programs.forms import KeyForm


@page("programs.keep", ("GET", "POST"))
def keys(request: HttpRequest) -> HttpResponse:
    """A POST makes a key and shows it, this once."""
    actor = request.actor  # type: ignore[attr-defined]
    form = KeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        token = actions.make_key(
            actor,
            name=" ".join(given["name"].split()),
            reads=[Reads(each) for each in given["reads"]],
            lasts=Lasts(given["lasts"]),
        )
        return screen(request, "programs/made.html", key=str(token))
    found = [
        (
            row,
            f"Reads {', '.join(each.value for each in row.reads)}, until {day(row.until)}. Made by {row.made_by}.",
        )
        for row in queries.keys(actor)
    ]
    return screen(request, "programs/keys.html", form=form, rows=found, status=422 if form.errors else 200)


@page("programs.keep", ("POST",))
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    actions.end_key(request.actor, key)  # type: ignore[attr-defined]
    messages.success(request, "The key is ended. Nothing is given for it any more.")
    return HttpResponseRedirect(reverse("programs:keys"))
