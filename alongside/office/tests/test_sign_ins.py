"""Sign-ins in the trail, passwords that anybody here would try, and headers that only a proxy may set."""

import os
import subprocess
import sys

import pytest
from allauth.core.internal.httpkit import get_client_ip
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.foundation.gate.level import acting_as
from alongside.foundation.trail.queries import entries
from alongside.office.accounts import adapters, sign_ins
from alongside.office.tests.conftest import PASSWORD, Staff
from alongside.office.trail import by_day
from alongside.register.agencies.acting import actor_for
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Membership, Partnership, Worker

ADA = "ada@invented.example"


@pytest.fixture
def worker(staff: Staff) -> Worker:
    staff("dpo@invented.example", ("van", Role.DP_LEAD))
    return staff(ADA, ("van", Role.OUTREACH_WORKER), ("house", Role.KEY_WORKER))


def sign_in(password: str = PASSWORD, email: str = ADA) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return client


def kept(agency: str = "van") -> list[tuple[str, bool]]:
    """What the agency's data protection lead reads, the oldest first."""
    lead = actor_for(Membership.objects.filter(agency__slug=agency).order_by("role").first(), by_passkey=True)
    with acting_as(lead):
        rows = entries(lead)
    return [(row.permission, row.allowed) for row in reversed(rows) if row.permission.startswith("accounts.")]


def test_signing_in_and_out_stands_in_the_trail_of_each_of_her_agencies(worker: Worker) -> None:
    client = sign_in()
    client.post(reverse("account_logout"))
    for agency in ("van", "house"):
        assert kept(agency) == [(sign_ins.SIGNED_IN, True), (sign_ins.SIGNED_OUT, True)]


def test_a_wrong_password_does_too_and_nothing_that_was_typed(worker: Worker) -> None:
    sign_in(password="Zq a wrong pass phrase")
    assert kept() == [(sign_ins.WRONG, False)]
    lead = actor_for(Membership.objects.get(agency__slug="van", role=Role.DP_LEAD), by_passkey=True)
    with acting_as(lead):
        lines = [line for each in by_day(lead, entries(lead), {}) for line in each.lines]
    assert [line.what for line in lines] == ["was not allowed: signing in with a wrong password"]
    assert "Zq" not in str(lines)


def test_an_unknown_address_costs_as_much_and_is_not_kept(worker: Worker) -> None:
    def cost(email: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            sign_in("a wrong pass phrase", email)
        return len(asked)

    one_agency = "dpo@invented.example"
    assert cost("stranger@elsewhere.example") == cost(one_agency)
    assert "stranger" not in str(kept())


def test_without_its_hook_nothing_would_be_kept(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    for hook in ("login", "authentication_failed"):
        monkeypatch.delattr(adapters.AccountAdapter, hook)
    sign_in()
    sign_in(password="a wrong pass phrase")
    assert kept() == []


@pytest.mark.parametrize(
    "password",
    [
        "alongside alongside 1",
        "Along-Side 2026 winter",
        "my area is Fernhill ok",
        "F e r n h i l l 1234567",
        "lovelace is my surname",
        "countess.ada.lovelace",
    ],
)
def test_words_of_here_are_refused(worker: Worker, password: str) -> None:
    worker.name, worker.email = "Ada Lovelace", "countess@invented.example"
    Partnership.objects.update(area="Fernhill")
    with pytest.raises(ValidationError, match="Leave out your name"):
        validate_password(password, worker)


def test_four_words_that_do_not_belong_together_are_taken(worker: Worker) -> None:
    validate_password("kettle maple orbit thirteen", worker)
    validate_password(PASSWORD, worker)


class TestHeaders:
    """Only the proxy of an installation that is served to others is believed, and only its own word."""

    def test_on_this_machine_nobody_is(self, rf, settings) -> None:
        asked = rf.get("/", HTTP_X_FORWARDED_FOR="203.0.113.9", HTTP_X_FORWARDED_PROTO="https")
        assert get_client_ip(asked) == "127.0.0.1"
        assert settings.SECURE_PROXY_SSL_HEADER is None
        assert not asked.is_secure()

    def test_what_a_stranger_puts_before_the_proxys_word_does_not_count(self, rf, settings) -> None:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        asked = rf.get("/", HTTP_X_FORWARDED_FOR="10.0.0.1, 192.0.2.7")
        assert get_client_ip(asked) == "192.0.2.7"

    def test_served_to_others_it_is_told_so(self) -> None:
        program = (
            "from alongside.config import settings as s;"
            "print(s.SECURE_PROXY_SSL_HEADER, s.ALLAUTH_TRUSTED_PROXY_COUNT, s.SECURE_SSL_REDIRECT)"
        )
        told = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "ALONGSIDE_HOST": "alongside.example"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.split() == ["('HTTP_X_FORWARDED_PROTO',", "'https')", "1", "True"]
