"""How a Django form becomes components: one frozen view per field, and the error summary from the same words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BoundField, widgets

from alongside.foundation.kit.fields import PartialDateWidget

if TYPE_CHECKING:
    from django.forms.forms import BaseForm as Base
else:
    Base = object

# The order matters: a later kind may inherit from an earlier one in Django.
KINDS: tuple[tuple[type[widgets.Widget], str], ...] = (
    (PartialDateWidget, "date"),
    (widgets.CheckboxSelectMultiple, "checkboxes"),
    (widgets.RadioSelect, "radios"),
    (widgets.CheckboxInput, "tick"),
    (widgets.Select, "select"),
    (widgets.FileInput, "file"),
    (widgets.PasswordInput, "password"),
    (widgets.HiddenInput, "hidden"),
    (widgets.Textarea, "textarea"),
    (widgets.NumberInput, "number"),
    (widgets.Input, "text"),
)


@dataclass(frozen=True, slots=True)
class ChoiceView:
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PartView:
    """One box of a date."""

    name: str
    words: str
    value: str
    width: int


@dataclass(frozen=True, slots=True)
class FieldView:
    """All that a component needs. `value` is what was typed, also when it was wrong."""

    kind: str
    name: str
    id: str
    label: str
    hint: str
    error: str
    value: str
    choices: tuple[ChoiceView, ...]
    parts: tuple[PartView, ...]
    options: dict[str, Any]  # the widget's attrs: rows, width, inputmode, autocomplete, accept, maxlength

    @property
    def focus_id(self) -> str:
        """The element to which the error summary leads: the first box of a date, else the field itself."""
        return f"{self.id}-day" if self.kind == "date" else self.id

    @property
    def items(self) -> list[dict[str, Any]]:
        """The choices, or the boxes of a date, in the shape that the design system's macros take."""
        if self.kind == "date":
            return [self._box(part) for part in self.parts]
        mark = "selected" if self.kind == "select" else "checked"
        return [{"value": each.value, "text": each.words, mark: each.chosen} for each in self.choices]

    def _box(self, part: PartView) -> dict[str, Any]:
        faulty = " govuk-input--error" if self.error else ""
        return {
            "id": f"{self.id}-{part.words.lower()}",
            "name": part.name,
            "label": part.words,
            "value": part.value,
            "classes": f"govuk-input--width-{part.width}{faulty}",
            "autocomplete": "off",
        }


@dataclass(frozen=True, slots=True)
class ErrorItem:
    words: str
    href: str


class Shown(Base):
    """Mixin for any Django form. In a template: `{{ fields.field(form.view("alias")) }}`."""

    use_required_attribute = False  # faults are told on sending, in our words, not by the browser

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _say_it_plainly(field, str(self[name].label).rstrip("?"))

    def view(self, name: str) -> FieldView:
        """The view of one field. Raises KeyError when the form has no such field."""
        bound = self[name]
        kind = _kind(bound.field.widget)
        value = bound.value()
        return FieldView(
            kind=kind,
            name=bound.html_name,
            id=str(bound.auto_id or bound.html_name),
            label=_label(bound),
            hint=str(bound.help_text),
            error=" ".join(str(each) for each in bound.errors),
            value="" if value is None or kind in {"file", "password", "date"} else str(value),
            choices=_choices(bound, kind, value),
            parts=_parts(bound, value) if kind == "date" else (),
            options=dict(bound.field.widget.attrs),
        )

    def views(self) -> tuple[FieldView, ...]:
        """Every field in the form's order, hidden ones too."""
        return tuple(self.view(name) for name in self.fields)

    def error_items(self) -> tuple[ErrorItem, ...]:
        """Items of the error summary in the order of the page; faults of the whole form come first."""
        if not self.is_bound:
            return ()
        whole = [ErrorItem(str(words), "") for words in self.non_field_errors()]
        views = [self.view(name) for name in self.fields if name in self.errors]
        return (*whole, *(ErrorItem(view.error, f"#{view.focus_id}") for view in views))


class PageForm(Shown, forms.Form):
    """A form on a page."""


def _say_it_plainly(field: forms.Field, name: str) -> None:
    """Replace Django's stock sentences, which name no field and repeat what was typed, unless the form has its own."""
    stock: dict[str, Any] = {}
    for family in reversed(type(field).__mro__):
        stock |= getattr(family, "default_error_messages", {})
    verb = "Choose an answer" if isinstance(field, forms.ChoiceField) else "Enter an answer"
    ours = {
        "required": f"{verb}: {name}",
        "invalid_choice": f"Choose one of the answers: {name}",
        "invalid": f"{name} must be a whole number" if isinstance(field, forms.IntegerField) else "",
        "incomplete": f"{name} is not complete",
        "empty": f"{name} is empty: choose another file",
    }
    if isinstance(field, forms.FileField):
        ours["required"] = f"Choose a file: {name}"
    for code, words in ours.items():
        if words and code in stock and field.error_messages.get(code) == stock[code]:
            field.error_messages[code] = words


def _kind(widget: widgets.Widget) -> str:
    for family, kind in KINDS:
        if isinstance(widget, family):
            return kind
    raise TypeError(f"No component shows {type(widget).__name__}")


def _label(bound: BoundField) -> str:
    # A single tick box is optional by its nature; saying so would be noise.
    plain = bound.field.required or isinstance(bound.field.widget, widgets.CheckboxInput | widgets.HiddenInput)
    return str(bound.label) if plain else f"{bound.label} (optional)"


def _choices(bound: BoundField, kind: str, value: Any) -> tuple[ChoiceView, ...]:
    if kind == "tick":
        return (ChoiceView("on", str(bound.label), bool(value)),)
    if kind not in {"select", "radios", "checkboxes"}:
        return ()
    given = value if isinstance(value, list | tuple) else [value]
    chosen = {"" if each is None else str(each) for each in given}
    return tuple(_flat(bound.field.choices, chosen))  # type: ignore[attr-defined]


def _flat(choices: Iterable[Any], chosen: set[str]) -> Iterable[ChoiceView]:
    for value, words in choices:
        if isinstance(words, list | tuple):
            yield from _flat(words, chosen)
        else:
            text = "" if value is None else str(value)
            yield ChoiceView(text, str(words), text in chosen)


def _parts(bound: BoundField, value: Any) -> tuple[PartView, ...]:
    widget = bound.field.widget
    assert isinstance(widget, PartialDateWidget)
    typed = value if isinstance(value, list | tuple) else widget.decompress(value)
    names = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))
    return tuple(
        PartView(f"{bound.html_name}_{name}", words, "" if part is None else str(part), width)
        for (name, words, width), part in zip(names, typed, strict=True)
    )
