"""Which tables hold rows about women: every sealed model's, and the trail."""

from django.apps import apps

from alongside.foundation.gate.rows import SealedModel
from alongside.foundation.trail.models import TrailRow


def sealed_tables() -> set[str]:
    models = [model for model in apps.get_models() if issubclass(model, SealedModel)]
    return {model._meta.db_table for model in models} | {TrailRow._meta.db_table}
