"""How long things are kept. Once a day the data protection lead looks at what is due: one record, one decision."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.routes import page
from alongside.foundation.kit.rows import Cell, Column, SummaryRow
from alongside.foundation.kit.show import day
from alongside.register.rights.actions import keeping as actions
from alongside.register.rights.codes import Authority
from alongside.register.rights.forms.others import HoldForm, KeepOnForm, RuleForm, WhyForm
from alongside.register.rights.pages.steps import Step, one
from alongside.register.rights.queries import keeping as queries
from alongside.register.rights.queries.keeping import Due, Keeping, Rule

COLUMNS = (Column("Record"), Column("Last entry"), Column("Time over on"))


@page("rights.desk", methods=("GET", "POST"))
def schedule(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    due, count = queries.due(actor)
    return one(
        request,
        [_rule_step(actor, rule) for rule in queries.schedule(actor)],
        template="rights/schedule.html",
        title="How long we keep things",
        lede="Nothing is erased by itself. When its time is over, a record waits here for you.",
        caption="Retention",
        columns=COLUMNS,
        rows=lines(due),
        count=count,
    )


def lines(rows: list[Due]) -> list[tuple[object, ...]]:
    return [
        (Cell(row.code, reverse("rights:kept", args=[row.record])), day(row.last_entry), day(row.due_on))
        for row in rows
    ]


def _rule_step(actor: Actor, rule: Rule) -> Step:
    def form(*args: object, **kwargs: object) -> RuleForm:
        return RuleForm(*args, initial={"years": rule.years, "authority": rule.authority}, **kwargs)

    def do(said: dict[str, object]) -> str:
        actions.set_rule(
            actor, record_class=rule.record_class, years=int(str(said["years"])), authority=str(said["authority"])
        )
        return "Kept."

    about = "As proposed; your agency has not set it." if rule.is_default else "As your agency set it."
    return Step(rule.record_class.value, rule.record_class.words, "Keep this", form, do, about)


@page("rights.desk", methods=("GET", "POST"))
def kept(request: HttpRequest, record: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    view = queries.keeping(actor, record)
    return one(
        request,
        _steps(actor, record, view),
        title="Keep or erase",
        caption=f"Record {view.her.code}",
        back=("How long we keep things", reverse("rights:schedule")),
        summary=_summary(view),
        lacking=(),
        edit=None,
        history=[],
    )


def _steps(actor: Actor, record: UUID, view: Keeping) -> list[Step]:
    if view.hold:
        return [Step("lift", "Lift the hold", "Lift the hold", WhyForm, lambda said: _lifted(actor, record, said))]
    hold = Step("hold", "Legal hold", "Place a hold", HoldForm, lambda said: _held(actor, record, said), HELD)
    if view.is_to_be_erased:
        return [hold]
    keep = Step("keep", "Keep it on", "Keep it on", KeepOnForm, lambda said: _kept_on(actor, record, said))
    let_go = Step(
        "let-go", "Erase it", "Decide to erase", WhyForm, lambda said: _let_go(actor, record, said), ERASED, "warning"
    )
    return [keep, let_go, hold] if view.is_due else [hold]


HELD = "A court, the police, an inquiry or a claim needs it. Nothing of it can be erased until you lift the hold."
ERASED = "You decide, a service manager agrees, you erase it. Until then it can still be held."


def _lifted(actor: Actor, record: UUID, said: dict[str, str]) -> str:
    actions.lift_hold(actor, record, why=said["why"])
    return "Lifted."


def _held(actor: Actor, record: UUID, said: dict[str, str]) -> str:
    actions.place_hold(actor, record, authority=Authority(said["authority"]), why=said["why"])
    return "Held. Nothing of it can be erased."


def _kept_on(actor: Actor, record: UUID, said: dict[str, object]) -> str:
    actions.keep_on(actor, record, until=said["until"], why=str(said["why"]))  # type: ignore[arg-type]
    return "Kept on."


def _let_go(actor: Actor, record: UUID, said: dict[str, str]) -> str:
    actions.let_go(actor, record, why=said["why"])
    return "Decided. A service manager has to agree."


def _summary(view: Keeping) -> list[SummaryRow]:
    facts = (
        ("Last entry", day(view.last_entry)),
        ("Time over on", day(view.due_on)),
        ("Hold", view.hold),
        ("Why it is held", view.hold_words),
        ("Decided", "To be erased, once a service manager agrees" if view.is_to_be_erased else ""),
    )
    return [SummaryRow(key, text) for key, text in facts if text]
