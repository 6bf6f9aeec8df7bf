"""The tables are what the models say."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState


def missing(state: ProjectState) -> set[str]:
    loader = MigrationLoader(None)
    assert not loader.detect_conflicts()
    return set(MigrationAutodetector(loader.project_state(), state).changes(graph=loader.graph))


def test_no_migration_is_missing():
    assert not missing(ProjectState.from_apps(apps))


def test_a_missing_migration_would_be_found():
    state = ProjectState.from_apps(apps)
    person = state.models["people", "person"]
    fields = {name: field for name, field in person.fields.items() if name != "partnership"}
    state.models["people", "person"] = ModelState("people", person.name, fields, person.options, person.bases)
    assert missing(state) == {"people"}
