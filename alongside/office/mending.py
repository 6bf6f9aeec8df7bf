"""What the quarter's return will need and nobody wrote down, mended on the spot: joins contacts and names.

Task: between two women at the desk, mend a few. Who: any caseworker. Taps: To mend, the answer: two, and one for each
woman more; ten seconds at most each.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.casework.contacts.actions import fill_in
from alongside.casework.contacts.codes import Staying, Topic
from alongside.casework.contacts.queries import gaps
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import day
from alongside.insight.monitoring.figures import quarter
from alongside.register.people.queries import called, names

MOST = 20
# One tap for what is said most; the others are behind one more.
FIRST_PLACES = (Staying.OWN, Staying.FRIENDS, Staying.OUTSIDE, Staying.HOSTEL, Staying.NOT_SAID, Staying.NOT_KNOWN)
FIRST_TOPICS = (Topic.SAFETY, Topic.PLACE, Topic.HEALTH, Topic.DRUGS_ALCOHOL, Topic.MONEY)
PLACES = (
    [(each.value, each.words) for each in FIRST_PLACES],
    [(each.value, each.words) for each in Staying if each not in FIRST_PLACES],
)
TOPICS = (
    [(each.value, each.words) for each in FIRST_TOPICS],
    [(each.value, each.words) for each in Topic if each not in FIRST_TOPICS],
)


@page("contacts.see")
def to_mend(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found, total = gaps(actor, quarter(timezone.localdate()).since, MOST)
    known = names(actor, [each.record for each in found])
    rows = []
    for each in found:
        whom, when = called(known.get(each.record)), day(timezone.localtime(each.occurred_at).date())
        at = reverse("mend", args=[each.contact])
        if each.staying:
            rows.append((whom, f"Met on {when}. Where does she stay?", at, "staying", *PLACES))
        if each.topics:
            rows.append((whom, f"Met on {when}. What was spoken about?", at, "topic", *TOPICS))
    return screen(request, "office/to_mend.html", rows=rows, total=total, shown=len(found))


@page("contacts.see", methods=("POST",))
def mend(request: HttpRequest, pk: UUID) -> HttpResponse:
    place, topic = request.POST.get("staying", ""), request.POST.get("topic", "")
    try:
        staying = Staying(place) if place else None
        spoken = Topic(topic) if topic else None
    except ValueError:
        raise Http404 from None
    if fill_in(request.actor, pk, staying=staying, topic=spoken):  # type: ignore[attr-defined]
        messages.success(request, "Written down.")
    else:
        messages.info(request, "There was nothing to mend: it was written down already.")
    return HttpResponseRedirect(reverse("to-mend"))
