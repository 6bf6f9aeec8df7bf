"""Every table that hangs on a woman's record is told in her copy, or left out for a stated reason."""

from django.apps import apps
from django.db import models

from alongside.foundation.gate.rows import SealedModel
from alongside.register.rights import about_her


def tables_about_her() -> set[str]:
    """Sealed tables with a `record`, whatever their room: "contacts.contact". A proxy is its table."""
    return {
        model._meta.label_lower
        for model in apps.get_models()
        if issubclass(model, SealedModel) and not model._meta.proxy and _has_record(model)
    }


def _has_record(model: type[models.Model]) -> bool:
    return any(field.name == "record" and field.is_relation for field in model._meta.get_fields())


def unaccounted_for() -> set[str]:
    return tables_about_her() - about_her.told_tables() - set(about_her.left_out_tables())


def test_each_table_is_told_or_left_out_for_a_reason() -> None:
    assert len(tables_about_her()) > 30
    assert unaccounted_for() == set()


def test_none_is_both_and_none_is_gone() -> None:
    told, out = about_her.told_tables(), set(about_her.left_out_tables())
    assert not told & out
    assert told | out <= {model._meta.label_lower for model in apps.get_models()}


def test_a_table_that_nobody_tells_would_be_found(monkeypatch) -> None:
    """A planted defect: the notes are forgotten."""
    kept = {name: told for name, told in about_her._holdings.items() if name != "notes"}
    monkeypatch.setattr(about_her, "_holdings", kept)
    assert unaccounted_for() == {"contacts.note", "contacts.notedraft"}


def test_a_reason_taken_away_would_be_found(monkeypatch) -> None:
    """A planted defect: a table is left out and nobody says why."""
    monkeypatch.setattr(about_her, "_left_out", {})
    assert "rights.legalhold" in unaccounted_for()
