"""What shows on a tab, in a history, on a locked screen: no title, notice or message is made from who she is.

Titles and notices are read in the source, so that one that no test opens counts too; the canary tests look at what
comes out (`tests/policy/test_canaries.py`).
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import allauth
import pytest
from django.core import mail

from alongside.office.accounts.adapters import AccountAdapter

PACKAGE = Path(__file__).parents[2] / "alongside"
TITLE = re.compile(r"{%-?\s*set title = (.+?)-?%}|<title>(.*?)</title>", re.DOTALL)
TOLD = ("messages", ("success", "info", "error", "warning", "add_message"))
# Of a woman only her code, or the number of a thing about her.
OF_HER = re.compile(r"\b(her|woman|known|client|person|identity)\.(?!code\b|number\b)\w+")
WHO_SHE_IS = re.compile(
    r"\b(names|last_names|nickname|alias|aliases|called|born|phones|reference|description|reason|marks)\b"
)


def tells(expression: str) -> bool:
    """Whether an expression of a template or of Python holds something that tells who she is, or why."""
    without_words = re.sub(r"\"[^\"]*\"|'[^']*'", "", expression)
    return bool(OF_HER.search(without_words) or WHO_SHE_IS.search(without_words))


def titles() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.html")):
        for found in TITLE.findall(path.read_text()):
            yield str(path.relative_to(PACKAGE)), found[0] or " ".join(re.findall(r"{{(.*?)}}", found[1]))


def notices(source: str) -> Iterator[str]:
    """What is put into the sentences that are told after an action."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TOLD[1]):
            continue
        if isinstance(node.func.value, ast.Name) and node.func.value.id == TOLD[0]:
            for each in node.args[1:]:
                for part in ast.walk(each):
                    if isinstance(part, ast.FormattedValue):
                        yield ast.unparse(part.value)
                    elif isinstance(part, ast.Attribute):
                        yield ast.unparse(part)


def test_no_title_tells_who_she_is() -> None:
    found = list(titles())
    assert len(found) > 50
    assert [each for each in found if tells(each[1])] == []


def test_no_notice_tells_who_she_is() -> None:
    found = [
        (str(path.relative_to(PACKAGE)), each)
        for path in sorted(PACKAGE.rglob("*.py"))
        if "tests" not in path.parts
        for each in notices(path.read_text())
    ]
    assert len(found) > 10
    assert [each for each in found if tells(each[1])] == []


@pytest.mark.parametrize(
    "planted", ["her.name", '"Of " ~ known.names[0]', "row.called", "request.reason", "woman.first"]
)
def test_one_that_does_would_be_found(planted: str) -> None:
    assert tells(planted)


def test_a_name_put_into_a_notice_would_be_found() -> None:
    (told,) = set(notices("messages.success(request, f'Kept: {her.name}')"))
    assert tells(told)


def test_words_and_codes_are_not_taken_for_it() -> None:
    for good in ('"Her reason and names"', '"Record " ~ her.code', "unit.name", "to.answers_within_days"):
        assert not tells(good)


def mails() -> list[str]:
    """Every message that the accounts package could send, by its prefix."""
    folder = Path(allauth.__file__).parent / "templates"
    found = [path.relative_to(folder) for path in folder.rglob("*_subject.txt")]
    return sorted(str(path).removesuffix("_subject.txt") for path in found)


def test_there_are_messages_to_hold_back() -> None:
    assert len(mails()) > 10


@pytest.mark.parametrize("prefix", mails())
def test_no_message_of_the_accounts_package_leaves(prefix: str) -> None:
    AccountAdapter().send_mail(prefix, "ada@invented.example", {"user": "Ada"})
    assert getattr(mail, "outbox", []) == []
