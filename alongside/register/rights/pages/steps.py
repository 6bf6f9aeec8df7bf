"""A page about one thing shows what can be done with it now: each step is a small form with one button."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from alongside.foundation.kit.forms import PageForm
from alongside.foundation.kit.rows import Moment
from alongside.foundation.kit.screens import screen
from alongside.foundation.kit.show import moment
from alongside.register.rights.queries.signed import Signature
from alongside.register.rights.refusals import AgainstRule


@dataclass(frozen=True, slots=True)
class Step:
    """`do` takes the answers and returns the sentence that is told afterwards. `form` is built for each request."""

    name: str
    title: str
    button: str
    form: Callable[..., PageForm]
    do: Callable[[dict[str, Any]], str]
    about: str = ""
    kind: str = "secondary"
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    step: Step
    form: PageForm


def one(
    request: HttpRequest, steps: Sequence[Step], *, template: str = "rights/one.html", **context: Any
) -> HttpResponse:
    """The page of one thing. A POST does the step that it names, and comes back here; a fault is told beside it."""
    sent = request.POST.get("step", "") if request.method == "POST" else ""
    shown, faulty = [], None
    for step in steps:
        form = step.form(request.POST if step.name == sent else None, auto_id=f"{step.name}_%s")
        if step.name == sent:
            if done := _done(request, step, form):
                return done
            faulty = form
        shown.append(Shown(step, form))
    if sent and faulty is None:
        messages.info(request, "That can’t be done any more. What stands here is as it is now.")
        return HttpResponseRedirect(request.path)
    fault = {"form": faulty} if faulty is not None else {}
    return screen(
        request, template, status=422 if fault else 200, steps=shown, address=request.path, **fault, **context
    )


def _done(request: HttpRequest, step: Step, form: PageForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        said = step.do(form.cleaned_data)
    except AgainstRule as error:
        form.add_error(None, error.words)
        return None
    messages.success(request, said)
    return HttpResponseRedirect(request.path)


def history(signed: Sequence[Signature]) -> list[Moment]:
    """Who did what when, newest first."""
    return [Moment(each.what, moment(timezone.localtime(each.at)), each.by) for each in signed]
