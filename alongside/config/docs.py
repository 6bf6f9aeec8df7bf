"""What of the documentation is made from the code: `docs/policy.md`, `docs/rooms.md` and `docs/api/v1.json`."""

import json
from pathlib import Path

from django.apps import apps

from alongside.config.fields import FIELD_CLASSES
from alongside.config.openapi import document
from alongside.foundation.gate.permissions import declared

PACKAGE = Path(__file__).parents[1]


def policy_page() -> str:
    """Who may do what, for a reader who does not program."""
    lines = [
        "# Who may do what",
        "",
        "Made from the rules in the code (`python -m alongside.config.docs`); do not edit. Anything not listed is"
        " refused. Each rule holds when all conditions of any one line hold; not knowing counts as no.",
        "",
        "Whoever signed in without a passkey has only what says so in the last column, and no file of it.",
        "",
        "| Permission | In words | Allowed when she … | Without a passkey |",
        "|---|---|---|---|",
    ]
    for name, permission in sorted(declared().items()):
        clauses = "; or ".join(" and ".join(each.sentence for each in clause) for clause in permission.clauses)
        alone = "yes" if permission.without_passkey else ""
        lines.append(f"| `{name}` | {permission.sentence} | {clauses} | {alone} |")
    lines += [
        "",
        "# What each field may hold",
        "",
        "`name`, `special` and `restricted` fields about women are sealed in the vault; `pseudonymous` ones carry"
        " an identifier or date and no name; `open` ones nothing about a woman.",
        "",
        "| Field | Class |",
        "|---|---|",
    ]
    lines += [f"| `{name}` | {klass} |" for name, klass in sorted(FIELD_CLASSES.items())]
    return "\n".join(lines) + "\n"


def rooms_page() -> str:
    """The floors and rooms, each with the first lines of its own page."""
    lines = [
        "# Floors and rooms",
        "",
        "Made from the rooms' own pages (`python -m alongside.config.docs`); do not edit.",
    ]
    for floor in ("office", "insight", "casework", "register", "foundation"):
        lines += ["", f"## {floor}"]
        for readme in sorted([*(PACKAGE / floor).glob("README.md"), *(PACKAGE / floor).glob("*/README.md")]):
            text = readme.read_text().strip().splitlines()
            lines += ["", f"### {readme.parent.name}", "", *text[1:]]
    models = [model for model in apps.get_models() if model.__module__.startswith("alongside.")]
    lines += ["", "## Tables", "", "| Room | Tables |", "|---|---|"]
    for label in sorted({model._meta.app_label for model in models}):
        names = ", ".join(sorted(model.__name__ for model in models if model._meta.app_label == label))
        lines.append(f"| {label} | {names} |")
    return "\n".join(lines) + "\n"


def interface_page() -> str:
    """The interface for programs, as OpenAPI."""
    return json.dumps(document(), indent=1) + "\n"


def write(folder: Path) -> None:
    (folder / "policy.md").write_text(policy_page())
    (folder / "rooms.md").write_text(rooms_page())
    (folder / "api" / "v1.json").write_text(interface_page())


if __name__ == "__main__":
    import django

    django.setup()
    write(PACKAGE.parent / "docs")
