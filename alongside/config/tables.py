"""Which tables need row-level security: every sealed model's, the trail, and what agencies kept of its seals."""

from django.apps import apps

from alongside.foundation.gate.rows import SealedModel
from alongside.foundation.trail.models import KeptHead, TrailRow


def sealed_tables() -> set[str]:
    models = [model for model in apps.get_models() if issubclass(model, SealedModel)]
    return {model._meta.db_table for model in models} | {TrailRow._meta.db_table, KeptHead._meta.db_table}
