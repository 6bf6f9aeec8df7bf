"""The agency's phones: who has which, whether all of it arrived, and a lost one taken out of use. And sealed files.

Who and where: any caseworker, at any hour, from any browser: two clicks from the navigation to a lost phone closed.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import moment, plural
from alongside.phone import queries
from alongside.phone.actions import close_phone
from alongside.phone.filing import take_in_file
from alongside.phone.forms import SealedFile
from alongside.phone.queries import Phone


@page("phone.see")
def all_phones(request: HttpRequest) -> HttpResponse:
    rows = queries.phones(request.actor)  # type: ignore[attr-defined]
    return screen(
        request,
        "phone/phones.html",
        in_use=[(phone, facts_of(phone)) for phone in rows if phone.closed_at is None],
        closed=[(phone, facts_of(phone)) for phone in rows if phone.closed_at is not None],
        waiting=sum(phone.held for phone in rows),
    )


@page("phone.see", ("POST",))
def close(request: HttpRequest, device: UUID) -> HttpResponse:
    close_phone(request.actor, device)  # type: ignore[attr-defined]
    messages.success(request, "The phone is out of use. It deletes what it holds as soon as it reaches us.")
    return HttpResponseRedirect(reverse("phone:phones"))


@page("phone.hand_in", ("GET", "POST"))
def file(request: HttpRequest) -> HttpResponse:
    """The last resort: what a phone could not send comes in as a file."""
    sent = request.method == "POST"
    form = SealedFile(request.POST if sent else None, request.FILES if sent else None)
    if form.is_valid():
        came = take_in_file(request.actor, form.handed_in())  # type: ignore[attr-defined]
        words = f"{plural(came.new, 'contact has', 'contacts have')} come in; {came.again} were here already."
        if came.other:
            words += f" {came.other} could not be matched with what is here: keep the file and tell the office."
        messages.success(request, words)
        return HttpResponseRedirect(reverse("phone:phones"))
    return screen(request, "phone/file.html", form=form, status=422 if form.errors else 200)


def facts_of(phone: Phone) -> list[str]:
    """What is to be known of a phone, in sentences, what needs somebody first."""
    found = []
    if phone.missing:
        found.append(
            f"{plural(phone.missing, 'contact', 'contacts')} recorded on it never arrived: open it with a connection"
        )
    if phone.held:
        found.append(f"{plural(phone.held, 'contact waits', 'contacts wait')} for a person")
    if phone.skew_minutes:
        found.append(f"Its clock is {_apart(abs(phone.skew_minutes))} {'fast' if phone.skew_minutes > 0 else 'slow'}")
    found.append(f"Last heard of {_local(phone.seen_at)}" if phone.seen_at else "Not heard of yet")
    if phone.list_taken_at:
        found.append(f"Took a list {_local(phone.list_taken_at)}")
    if phone.closed_at:
        found.append(f"Out of use since {_local(phone.closed_at)}")
        told = f"It was told to delete what it holds {_local(phone.wiped_at)}"
        found.append(
            told if phone.wiped_at else "It has not reached us since: it may still hold its list, for 12 hours"
        )
    return found


def _apart(minutes: int) -> str:
    return f"{minutes} minutes" if minutes < 120 else f"{round(minutes / 60)} hours"


def _local(at: object) -> str:
    return moment(timezone.localtime(at)) if at else ""  # type: ignore[arg-type]
