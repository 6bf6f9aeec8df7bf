"""A password that was stolen elsewhere is refused, where the operator has put the list on the machine."""

import hashlib
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from alongside.config import installation
from alongside.office.accounts import passwords
from alongside.office.tests.conftest import PASSWORD, Staff, signed_in
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Partnership, Worker

pytestmark = pytest.mark.django_db


def hashed(password: str) -> str:
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def write(path: Path, words: list[str], end: str = "\n") -> None:
    path.write_text("".join(f"{each}:{number + 1}{end}" for number, each in enumerate(sorted(map(hashed, words)))))


@pytest.fixture
def listed(settings, tmp_path: Path) -> Path:
    settings.STOLEN_PASSWORDS = tmp_path / "stolen.txt"
    return settings.STOLEN_PASSWORDS


STOLEN = [f"mossy-harbour-ferry-{number}" for number in range(100)]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_one_of_the_list_is_refused_wherever_it_stands(listed: Path, end: str) -> None:
    write(listed, STOLEN, end)
    for each in STOLEN:
        with pytest.raises(ValidationError, match="stolen from another place"):
            validate_password(each)
    validate_password(PASSWORD)


@pytest.mark.parametrize("content", ["", "\n", "0" * 40, "F" * 40 + ":3", "not a list at all\nof anything\n"])
def test_a_list_of_nothing_refuses_nothing(listed: Path, content: str) -> None:
    listed.write_text(content)
    validate_password(PASSWORD)


def test_the_last_line_needs_no_end(listed: Path) -> None:
    listed.write_text(f"{'0' * 40}:1\n{hashed(PASSWORD)}:7")
    with pytest.raises(ValidationError):
        validate_password(PASSWORD)


@runs(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sets(st.text(max_size=4), max_size=40), st.text(max_size=4))
def test_what_is_looked_for_by_halves_is_what_stands_there(tmp_path: Path, words: set[str], asked: str) -> None:
    path = tmp_path / "any.txt"
    write(path, list(words))
    assert passwords._stands_in(path, hashed(asked).encode()) is (asked in words)


def test_she_is_told_so_when_she_changes_hers_and_when_one_is_made_for_her(listed: Path, staff: Staff) -> None:
    write(listed, STOLEN)
    ines = staff("ines@invented.example", ("house", Role.SYSTEM_ADMIN), name="Ines Invented")
    client = signed_in(ines)
    changed = {"oldpassword": PASSWORD, "password1": STOLEN[3], "password2": STOLEN[3]}
    page = client.post(reverse("account_change_password"), changed).content.decode()
    assert "stolen from another place" in page
    given_to = {"email": "new@invented.example", "name": "Nina New", "agency": "", "role": "", "password": STOLEN[4]}
    assert "stolen from another place" in client.post(reverse("installation"), given_to).content.decode()
    assert Worker.objects.get(pk=ines.pk).check_password(PASSWORD)


def test_where_there_is_no_list_the_operator_is_advised(listed: Path, staff: Staff) -> None:
    Partnership.objects.update(is_invented=False)
    assert "no list of stolen passwords" in "".join(installation.advice({}))
    write(listed, STOLEN)
    assert "no list of stolen passwords" not in "".join(installation.advice({}))
