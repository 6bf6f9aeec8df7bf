import pytest
from jinja2 import DictLoader, UndefinedError

from alongside.foundation.kit.environment import PACKAGE, environment, template_directories

INPUT = '{% from "govuk_frontend_jinja/components/input/macro.html" import govukInput %}'


def rendered(source: str, **context: object) -> str:
    return environment(loader=DictLoader({"page": source})).get_template("page").render(**context)


def test_a_misspelt_name_fails() -> None:
    with pytest.raises(UndefinedError):
        rendered("{{ nmae }}")


def test_a_misspelt_attribute_fails() -> None:
    with pytest.raises(UndefinedError):
        rendered("{{ row.nmae }}", row={"name": "Sunny"})


def test_the_design_system_may_ask_for_absent_options() -> None:
    html = rendered(INPUT + '{{ govukInput({"name": "alias", "label": {"text": "Alias"}}) }}')
    assert 'name="alias"' in html


def test_a_misspelt_option_value_still_fails() -> None:
    with pytest.raises(UndefinedError):
        rendered(INPUT + '{{ govukInput({"name": nmae, "label": {"text": "Alias"}}) }}')


def test_what_was_typed_is_escaped_in_our_templates_and_in_the_macros() -> None:
    typed = "<script>alert(1)</script>\"'"
    ours = rendered("{{ typed }}", typed=typed)
    theirs = rendered(INPUT + '{{ govukInput({"name": "a", "value": typed, "label": {"text": typed}}) }}', typed=typed)
    assert "<script" not in ours + theirs
    assert theirs.count("&lt;script&gt;") == 2


def test_autoescape_and_strictness_cannot_be_switched_off_by_settings() -> None:
    built = environment(loader=DictLoader({"page": "{{ typed }}"}), autoescape=False)
    assert built.get_template("page").render(typed="<b>") == "&lt;b&gt;"


def test_every_room_brings_its_templates() -> None:
    folders = template_directories()
    assert f"{PACKAGE}/foundation/kit/templates" in folders
    assert folders == sorted(folders)


@pytest.mark.parametrize("extra", [{}, {"trim_blocks": False}])
def test_backend_options_are_taken(extra: dict[str, bool]) -> None:
    assert environment(**extra).trim_blocks is extra.get("trim_blocks", True)
