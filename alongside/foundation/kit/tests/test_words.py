import re
from pathlib import Path

import pytest

from alongside.foundation.kit.environment import environment
from alongside.foundation.kit.gallery import gallery
from alongside.foundation.kit.words import AVOIDED, hints

PACKAGE = Path(__file__).resolve().parents[3]
TEMPLATES = sorted(PACKAGE.glob("*/*/templates/**/*.html"))


def interface_words(source: str) -> str:
    """What a template can show: its text, its own quoted strings and the attributes that are read aloud."""
    source = re.sub(r"\{#.*?#\}", " ", source, flags=re.DOTALL)
    quoted = re.findall(r"\{[{%].*?[%}]\}", source, flags=re.DOTALL)
    strings = [words for each in quoted for pair in re.findall(r'"([^"]*)"|\'([^\']*)\'', each) for words in pair]
    spoken = re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]*)"', source)
    plain = re.sub(r"\{[{%].*?[%}]\}", " ", source, flags=re.DOTALL)
    plain = re.sub(r"<[^>]*>", " ", plain)
    return "\n".join([plain, *spoken, *(words for words in strings if "/" not in words)])


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_interface_string_blames(path: Path) -> None:
    assert hints(interface_words(path.read_text())) == []


def test_the_gallery_does_not_blame_either() -> None:
    page = environment().get_template("kit/gallery.html").render(gallery())
    assert hints(re.sub(r"<[^>]*>", " ", page)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She is a Prostitute", "Prostitute"),
        ("leads a chaotic lifestyle", "chaotic"),
        ("refused to come", "refused"),
        ("DNA on Friday", "DNA"),
        ("non-compliant", "non-compliant"),
        ("hard to reach", "hard to reach"),
        ("failed to engage", "failed to engage"),
        ("my caseload", "caseload"),
        ("relapsed in May", "relapsed"),
        ("high risk", "high risk"),
    ],
)
def test_words_that_blame_are_found(text: str, found: str) -> None:
    assert found in [word for word, _ in hints(text)]


ALLOWED = ["in case it rains", "We did not see her", "a drop-in session", "cleaning", "her file"]


@pytest.mark.parametrize("text", ALLOWED)
def test_other_words_are_left_alone(text: str) -> None:
    assert hints(text) == []


def test_every_avoided_word_has_something_to_say_instead() -> None:
    assert all(each.instead for each in AVOIDED)
    assert all(not each.found_in(each.instead) for each in AVOIDED)


def test_the_scan_sees_strings_and_spoken_attributes_but_no_comments() -> None:
    source = '{# chaotic #}<p class="case" aria-label="refused">{{ say("hooker") }} {{ user.name }}</p>'
    assert {word for word, _ in hints(interface_words(source))} == {"refused", "hooker"}
