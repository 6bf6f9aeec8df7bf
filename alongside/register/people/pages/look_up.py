"""Look up before making a record: one box, results while she types, and on to a new record with what she typed.

Who and where: an outreach worker in the street with one hand, a key worker at a desk. Three letters, then one tap.
"""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import fragment, screen, wants_fragment
from alongside.register.people.forms.look_up import LookUp
from alongside.register.people.lookup.reasons import likelihood
from alongside.register.people.pages.shown import Result
from alongside.register.people.queries import Likely, called, look_up

CARRIED = ("words", "age", "area", "marks", "phone")


@page("people.look_up", ("GET", "POST"))
def look_up_page(request: HttpRequest) -> HttpResponse:
    form = LookUp(request.POST if request.method == "POST" else None)
    results: list[Result] | None = None
    if request.method == "POST":
        form.is_valid()
        asked = form.asked(timezone.localdate())
        found = look_up(request.actor, asked) if asked else []  # type: ignore[attr-defined]
        results = [_result(each) for each in found] if asked else None
    carried = [(name, form.data.get(name, "")) for name in CARRIED if form.data.get(name)]
    if wants_fragment(request):
        return fragment(request, "people/look_up_results.html", results=results, carried=carried)
    return screen(request, "people/look_up.html", asking=form, results=results, carried=carried)


def _result(likely: Likely) -> Result:
    return Result(
        likely.record.id,
        called(likely.known),
        ", ".join(likely.known.names[1:]),
        likely.record.code,
        likely.record.last_seen_on,
        likelihood(likely.probability),
        likely.why.speaks_for,
        likely.why.speaks_against,
    )
