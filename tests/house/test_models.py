"""Tests that watch every model."""

from django.apps import apps
from django.db import models as m

from alongside.config.fields import FIELD_CLASSES, Klass
from alongside.foundation.gate.rows import SealedModel, rule_for
from alongside.foundation.gate.rows import _rules as rules

OURS = [model for model in apps.get_models() if model.__module__.startswith("alongside.")]
SEALED = [model for model in OURS if issubclass(model, SealedModel)]


def fields(model: type[m.Model]) -> list[str]:
    return [f"{model._meta.label_lower}.{field.name}" for field in model._meta.local_fields]


def test_every_field_is_classified_and_nothing_else_is():
    ours = {name for model in OURS for name in fields(model)}
    assert ours == set(FIELD_CLASSES)


def test_what_names_or_describes_her_is_kept_as_sealed_bytes():
    for model in OURS:
        for field in model._meta.local_fields:
            klass = FIELD_CLASSES[f"{model._meta.label_lower}.{field.name}"]
            if klass in (Klass.NAME, Klass.SPECIAL, Klass.RESTRICTED) and issubclass(model, SealedModel):
                assert isinstance(field, m.BinaryField), f"{model.__name__}.{field.name} is not sealed"


def test_every_sealed_model_has_a_rule_for_its_rows():
    assert len(SEALED) >= 9
    assert {model for model in SEALED if model not in rules} == set()
    assert all(callable(rule_for(model)) for model in SEALED)


def test_every_at_has_its_by():
    for model in SEALED:
        names = {field.name for field in model._meta.local_fields}
        for name in names:
            if name.endswith("_at"):
                assert f"{name.removesuffix('_at')}_by" in names, f"{model.__name__}.{name} does not say by whom"


def test_keys_of_sealed_rows_tell_nothing():
    for model in SEALED:
        pk = model._meta.pk
        assert isinstance(pk, m.UUIDField | m.OneToOneField), f"{model.__name__} has a key that can be counted up"


def test_sealed_models_are_never_deleted_by_cascade():
    for model in SEALED:
        for field in model._meta.local_fields:
            if field.remote_field:
                assert field.remote_field.on_delete is m.PROTECT
