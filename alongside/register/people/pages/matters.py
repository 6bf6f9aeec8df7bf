"""Private matters: what she told somebody she trusts, kept for those who may read it, and nobody else.

Who and where: the worker whom she told, at a desk afterwards: her record, "Private matters", two boxes and a button.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen
from alongside.register.people.actions import (
    CantBeNamed,
    NotForYourRole,
    NotYoursToName,
    end_matter,
    name_worker,
    write_matter,
)
from alongside.register.people.codes import FieldGroup
from alongside.register.people.forms.matters import MatterForm, NameForm
from alongside.register.people.matrix import PRIVATE
from alongside.register.people.pages.standing import ask_why
from alongside.register.people.queries import audience
from alongside.register.people.queries.matters import matters, may_be_named, named, record_of_matter
from alongside.register.people.queries.sharing import code_of_record


@page("people.list", ("GET", "POST"))
def matters_page(request: HttpRequest, record_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    code_of_record(actor, record_id)
    if asked := ask_why(request, record_id):
        return asked
    told = audience(actor, record_id)
    form = MatterForm({group: told.words(group) for group in PRIVATE}, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            write_matter(actor, record_id, group=FieldGroup(given["group"]), words=given["words"], risk=given["risk"])
        except NotForYourRole as fault:
            form.add_error("group", fault.words)
        else:
            messages.success(request, "Kept for those who may read it.")
            return HttpResponseRedirect(reverse("people:matters", args=[record_id]))
    return _shown(request, record_id, form, NameForm(may_be_named(actor)))


@page("people.list", ("POST",))
def name_page(request: HttpRequest, record_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    code_of_record(actor, record_id)
    form = NameForm(may_be_named(actor), request.POST)
    if form.is_valid():
        try:
            name_worker(
                actor, record_id, group=FieldGroup(form.cleaned_data["group"]), worker=UUID(form.cleaned_data["worker"])
            )
        except (NotYoursToName, CantBeNamed) as fault:
            form.add_error(None, fault.words)
        else:
            messages.success(request, "Named. She may read this one matter of this one woman.")
            return HttpResponseRedirect(reverse("people:matters", args=[record_id]))
    told = audience(actor, record_id)
    return _shown(request, record_id, MatterForm({group: told.words(group) for group in PRIVATE}), form)


def _shown(request: HttpRequest, record_id: UUID, form: MatterForm, name_form: NameForm) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    faulty = name_form if name_form.errors else form
    return screen(
        request,
        "people/matters.html",
        status=422 if faulty.errors else 200,
        record=record_id,
        code=code_of_record(actor, record_id),
        rows=matters(actor, record_id),
        named=named(actor, record_id),
        form=faulty,
        matter_form=form,
        name_form=name_form,
    )


@page("people.list", ("POST",))
def end_page(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    record = record_of_matter(actor, matter_id)
    end_matter(actor, matter_id)
    messages.success(request, "It stands there no more.")
    return HttpResponseRedirect(reverse("people:matters", args=[record]))
