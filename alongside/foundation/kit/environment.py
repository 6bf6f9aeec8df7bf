"""The template environment: strict for our own templates, tolerant for the design system's macros only."""

from functools import cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)

from alongside.foundation.kit.shell import APP_NAME, Shell
from alongside.foundation.kit.show import FILTERS

DESIGN_SYSTEM = "govuk_frontend_jinja"
PACKAGE = Path(__file__).resolve().parents[2]


class StrictEnvironment(Environment):
    """An undefined name raises, except inside the design system's macros, which ask for absent options.

    Jinja knows one `undefined` per environment, so those macros are compiled by a second one.
    """

    tolerant: Environment

    def get_template(self, name: str | Template, *args: Any, **kwargs: Any) -> Template:
        if isinstance(name, str) and name.startswith(f"{DESIGN_SYSTEM}/"):
            return self.tolerant.get_template(name)
        return super().get_template(name, *args, **kwargs)


def template_directories() -> list[str]:
    """Every room's own `templates` folder: floor/room/templates (office is one room), in a fixed order."""
    folders = [*PACKAGE.glob("*/templates"), *PACKAGE.glob("*/*/templates")]
    return [str(folder) for folder in sorted(folders) if folder.is_dir()]


def url(route: str, **told: Any) -> str:
    """The address of a route. One that takes no value is the same on every page, and is looked for once."""
    return reverse(route, **told) if told else _fixed(route)


@cache
def _fixed(route: str) -> str:
    return reverse(route)


def environment(**options: Any) -> Environment:
    """Build the environment. Called by Django's Jinja2 backend with its OPTIONS, and by tests with none."""
    given: BaseLoader | None = options.pop("loader", None)
    design_system = PrefixLoader({DESIGN_SYSTEM: PackageLoader(DESIGN_SYSTEM)})
    own: list[BaseLoader] = [FileSystemLoader(template_directories()), design_system]
    loader = ChoiceLoader([given, *own] if given else own)
    common = {"trim_blocks": True, "lstrip_blocks": True, "auto_reload": False, **options}
    common |= {"autoescape": True, "loader": loader}
    built = StrictEnvironment(**common | {"undefined": StrictUndefined})
    built.tolerant = Environment(**common | {"undefined": ChainableUndefined})  # noqa: S701  it is on, in `common`
    built.globals.update(static=static, url=url, app_name=APP_NAME, shell=Shell(), notices=())
    built.filters.update(FILTERS)
    return built
