"""What the interface says: no word that blames, in templates, labels, hints, choices and sentences of the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.foundation.kit.words import hints

PACKAGE = Path(__file__).parents[2] / "alongside"
TEMPLATES = sorted(PACKAGE.rglob("*.html"))
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if not {"tests", "migrations", "linkage"} & set(path.parts))
# A word that is right where it stands, with the reason.
FITS = {
    ("foundation/kit/words.py", ""): "the list of the words itself",
    ("insight/interchange/understanding", ""): "what agencies' own headings say is read, never shown as ours",
    ("insight/interchange/reading", ""): "what files say",
    ("config/demo/lists.py", "case"): "a heading in an invented agency's own list",
    ("config/docs.py", "refused"): "a request without a right, not her",
    ("foundation/gate/actor.py", "user"): "for who reads the code: the account of a worker",
    ("foundation/gate/level.py", "user"): "a setting of PostgreSQL",
    ("insight/monitoring/asking.py", "case"): "a word of SQL",
    (
        "office/own_sign_in.py",
        "client",
    ): "what a sign-in service calls a program that asks it, as its IT officer says it",
    ("office/templates/office/own_sign_in.html", "client"): "as above",
    ("office/pages.py", "user"): "a word of robots.txt",
    ("register/people/second_line.py", "user"): "a setting of PostgreSQL",
    ("register/people/second_line.py", "case"): "a word of PostgreSQL",
}


def shown_by_template(text: str) -> str:
    """The words between tags, and what attributes say aloud."""
    plain = re.sub(r"\{#.*?#\}|\{%.*?%\}|<(script|style).*?</\1>", " ", text, flags=re.DOTALL)
    said = re.findall(r'(?:title|alt|aria-label|placeholder)="([^"]*)"', plain)
    strings = re.findall(r"\{\{.*?\}\}", plain, re.DOTALL)
    quoted = [part for each in strings for part in re.findall(r"\"([^\"]* [^\"]*)\"|'([^']* [^']*)'", each)]
    outside = re.sub(r"\{\{.*?\}\}|<[^>]+>", " ", plain, flags=re.DOTALL)
    return " ".join([outside, *said, *("".join(each) for each in quoted)])


def sentences(source: str) -> Iterator[str]:
    """Strings of a module that read like words for a person: with a space in them, and no docstring."""
    tree = ast.parse(source)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docs
            and " " in node.value
        ):
            yield node.value


def fits(path: Path, said: str) -> bool:
    where = str(path.relative_to(PACKAGE))
    return any(where.startswith(place) and (not word or word == said.lower()) for place, word in FITS)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_blames_no_one(path: Path) -> None:
    assert [each for each in hints(shown_by_template(path.read_text())) if not fits(path, each[0])] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_sentences_of_the_code_blame_no_one(path: Path) -> None:
    found = [(text, each) for text in sentences(path.read_text()) for each in hints(text) if not fits(path, each[0])]
    assert found == []


def test_a_word_that_blames_would_be_found() -> None:
    assert hints(shown_by_template("<p>She is a <b>chaotic</b> person</p>"))
    assert hints(" ".join(sentences('label = "She failed to engage with us"')))
