"""What she agreed, for the agency that holds her record: to look at with her, to end, and to print.

Who and where: a key worker at a desk with her, who changed her mind. Two clicks from her page.
"""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen
from alongside.register.people.actions import NothingShared, SheHasDied, give_grant, hand_out, withdraw_grant
from alongside.register.people.codes import ON_PAPER, FieldGroup, HandoutKind, StandingKind
from alongside.register.people.forms.sharing import QUESTION, Agreed, TalkForm
from alongside.register.people.queries import audience, handouts, kept_out, sharing, standings
from alongside.register.people.queries.people_around import panels_for, receivers
from alongside.register.people.queries.sharing import code_of_record, holder_of


@page("people.list")
def sharing_page(request: HttpRequest, record_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    code = code_of_record(actor, record_id)
    rows = sharing(actor, record_id)
    told = audience(actor, record_id)
    return screen(
        request,
        "people/sharing.html",
        record=record_id,
        code=code,
        now=[row for row in rows if not row.ended_on],
        before=[row for row in rows if row.ended_on],
        kept_out=kept_out(actor, record_id),
        handouts=handouts(actor, record_id),
        seen_by=[(group.words, told.words(group)) for group in FieldGroup if group != FieldGroup.MONITORING],
    )


@page("people.list", ("GET", "POST"))
def talk_page(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """The conversation: one question a page, in words for her; read back to her before anything is kept."""
    actor = request.actor  # type: ignore[attr-defined]
    code_of_record(actor, record_id)
    if StandingKind.DIED in standings(actor, [record_id]).get(record_id, ()):
        messages.info(request, SheHasDied.words)
        return HttpResponseRedirect(reverse("people:sharing", args=[record_id]))
    to, panels = receivers(actor, record_id), panels_for(actor, record_id)
    form = TalkForm(to, panels, request.POST if QUESTION in request.POST else None)
    if form.is_bound and form.is_no():
        messages.success(request, "Nothing was changed. Nobody is told anything new.")
        return HttpResponseRedirect(reverse("people:sharing", args=[record_id]))
    if not form.is_bound or form.question():
        shown = form.shown()
        last = list(form.fields)
        number = last.index(shown.view.name) + 1
        return screen(
            request,
            "people/talk.html",
            status=422 if shown.errors else 200,
            record=record_id,
            form=shown,
            number=number,
            last=len(last),
        )
    agreed = form.agreed()
    if "keep" not in request.POST:
        return screen(
            request, "people/talk_back.html", record=record_id, agreed=agreed, answered=tuple(form.answered())
        )
    _keep(request, record_id, agreed)
    return HttpResponseRedirect(reverse("people:sharing", args=[record_id]))


def _keep(request: HttpRequest, record_id: UUID, agreed: Agreed) -> None:
    give_grant(
        request.actor,  # type: ignore[attr-defined]
        record_id,
        to_agency=agreed.agency,
        to_forum=agreed.forum,
        groups=agreed.groups,
        purpose=agreed.purpose,
        asked_on=timezone.localdate(),
        until=agreed.until,
        how_asked=agreed.how_asked,
    )
    messages.success(request, "Kept, as she said it.")


@page("people.list", ("POST",))
def stop_sharing(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """She changed her mind about one agency: over with this click."""
    actor = request.actor  # type: ignore[attr-defined]
    record = holder_of(actor, grant_id)
    with suppress(NothingShared):
        withdraw_grant(actor, grant_id)
    messages.success(request, "Ended. They see nothing of it from now on, and are asked to destroy their copies.")
    return HttpResponseRedirect(reverse("people:sharing", args=[record]))


@page("people.list", ("POST",))
def sheet_page(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Her own sheet, numbered. It names no service and nobody, so that she can be found with it."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = [row for row in sharing(actor, record_id) if not row.ended_on]
    lines = [(row.to_mark, ", ".join(ON_PAPER[group] for group in row.groups), row.until) for row in rows]
    number = hand_out(actor, record_id, HandoutKind.SHEET)
    return screen(request, "people/sheet.html", lines=lines, number=number)
