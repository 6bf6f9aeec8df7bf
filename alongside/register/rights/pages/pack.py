"""Her copy: made, checked by another person, printed, and given into her hand. It is never sent by mail."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.screens import screen
from alongside.register.people.actions import hand_out
from alongside.register.people.codes import FieldGroup, HandoutKind
from alongside.register.rights import pack as files
from alongside.register.rights.actions import hers as actions
from alongside.register.rights.codes import Exemption
from alongside.register.rights.forms.others import HowForm, PackForm, PlainForm
from alongside.register.rights.pages.steps import Step, one
from alongside.register.rights.queries.pack import Pack, her_pack


@page("rights.emergency", methods=("GET", "POST"))
def pack_page(request: HttpRequest, hers: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    pack = her_pack(actor, hers)
    return one(
        request,
        _steps(actor, pack) if pack.request.row.is_open else [],
        template="rights/pack.html",
        title="Her copy",
        caption=f"Record {pack.code}",
        back=("What she asked", reverse("rights:hers-one", args=[hers])),
        pack=pack,
        today=timezone.localdate(),
    )


@page("rights.emergency", methods=("POST",))
def pack_print(request: HttpRequest, hers: UUID) -> HttpResponse:
    """The copy as it is printed, numbered, without anything around it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    pack = her_pack(actor, hers)
    number = hand_out(actor, pack.request.row.record, HandoutKind.COPY, tuple(FieldGroup))
    return screen(request, "rights/print.html", pack=pack, number=number, today=timezone.localdate())


@page("rights.emergency", methods=("POST",))
def pack_file(request: HttpRequest, hers: UUID) -> HttpResponse:
    """The same as files for a computer, on a stick of hers; the number is in the name of the file."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    pack = her_pack(actor, hers)
    number = hand_out(actor, pack.request.row.record, HandoutKind.COPY, tuple(FieldGroup))
    content = files.packed([(each.title, each.columns, each.rows) for each in pack.sections])
    headers = {"Content-Disposition": f'attachment; filename="copy-{number}.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


def _steps(actor: Actor, pack: Pack) -> list[Step]:
    request = pack.request.row.id
    start = {
        "others": pack.request.others,
        "exemptions": [each.value for each in pack.request.exemptions],
        "held_back": pack.request.held_back,
    }

    def prepared(*args: object, **kwargs: object) -> PackForm:
        return PackForm(*args, initial=start, **kwargs)

    steps = [
        Step(
            "prepare",
            "Other people, and what is held back",
            "Keep this",
            prepared,
            lambda said: _prepared(actor, request, said),
        ),
        Step("check", "Check it", "I read all of it", PlainForm, lambda _: _checked(actor, request), CHECK),
    ]
    if pack.request.is_mine_to_hand_over:
        steps.append(
            Step(
                "hand-over",
                "Give it to her",
                "She has it in her hand",
                HowForm,
                lambda said: _handed_over(actor, request, said),
            )
        )
    return steps


CHECK = "Read the copy below from beginning to end. Another person than you gives it to her."


def _prepared(actor: Actor, request: UUID, said: dict[str, object]) -> str:
    actions.prepare_pack(
        actor,
        request,
        others=str(said["others"]),
        exemptions=[Exemption(each) for each in said["exemptions"]],  # type: ignore[attr-defined]
        held_back=str(said["held_back"]),
    )
    return "Kept. The copy has to be checked again."


def _checked(actor: Actor, request: UUID) -> str:
    actions.check_pack(actor, request)
    return "Checked. Someone else gives it to her."


def _handed_over(actor: Actor, request: UUID, said: dict[str, str]) -> str:
    actions.hand_over(actor, request, how=said["how"])
    return "Done: she has her copy."
