"""The agency is asked again while she works, and says no, or nothing (P21, T18)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from alongside.office.accounts import oidc
from alongside.office.tests.conftest import Staff, signed_in
from alongside.office.tests.provider import (
    Service,
    arrive,
    is_in,
    kept,
)
from alongside.register.agencies import queries
from alongside.register.agencies.models import ProviderSession, Worker


def pass_on(seconds: float) -> None:
    """So much later."""
    for row in ProviderSession.objects.all():
        row.checked_at -= timedelta(seconds=seconds)
        row.asked_at -= timedelta(seconds=seconds)
        row.save()


def test_five_minutes_after_her_account_is_closed_there_she_is_out_here(
    service: Service, ada: Worker, van: UUID
) -> None:
    client = Client()
    arrive(client, service, van)
    asked = len(service.asked)
    pass_on(299)
    assert client.get("/").status_code == 200
    assert len(service.asked) == asked
    pass_on(2)  # asked, and yes; what to ask with next is new
    assert client.get("/").status_code == 200
    assert service.asked[asked:] == ["/.well-known/openid-configuration", "/token"]
    pass_on(301)
    assert client.get("/").status_code == 200
    service.gone.add("sub-1")
    assert client.get("/").status_code == 200
    pass_on(300)
    answer = client.get(reverse("returns:index"))
    assert answer.headers["Location"] == reverse("account_login")
    assert not is_in(client)
    assert "says that this session has ended" in client.get(reverse("account_login")).content.decode()
    assert [row.user_id for row in kept("accounts.own_sign_in_ended")] == [ada.pk]


def test_she_would_stay_if_it_were_not_asked(
    service: Service, ada: Worker, van: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The defect that the test above finds."""
    monkeypatch.setattr(oidc, "ask_again", lambda client, tokens: (oidc.Verdict.YES, tokens))
    client = Client()
    arrive(client, service, van)
    service.gone.add("sub-1")
    pass_on(301)
    assert client.get("/").status_code == 200


def test_a_service_without_refresh_tokens_is_asked_who_she_is(service: Service, ada: Worker, van: UUID) -> None:
    service.refreshing = False
    client = Client()
    arrive(client, service, van)
    pass_on(301)
    assert client.get("/").status_code == 200
    assert service.asked[-1] == "/me"
    service.gone.add("sub-1")
    pass_on(301)
    assert client.get("/").headers["Location"] == reverse("account_login")


def test_a_service_that_wants_the_secret_in_the_header_is_given_it_there(
    service: Service, ada: Worker, van: UUID
) -> None:
    service.told = {"token_endpoint_auth_methods_supported": ["client_secret_basic"]}
    client = Client()
    arrive(client, service, van)
    pass_on(301)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(("again", "stays"), [("sub-1", True), ("sub-2", False)])
def test_asked_again_it_must_mean_her(again: str, stays: bool, service: Service, ada: Worker, van: UUID) -> None:
    service.again = again
    client = Client()
    arrive(client, service, van)
    pass_on(301)
    assert (client.get("/").status_code == 200) is stays


def test_a_service_that_does_not_answer_is_waited_for_and_not_for_long(
    service: Service, ada: Worker, van: UUID
) -> None:
    client = Client()
    arrive(client, service, van)
    service.silent = True
    pass_on(301)
    assert client.get("/").status_code == 200
    asked = len(service.asked)
    assert client.get("/").status_code == 200
    assert len(service.asked) == asked  # not with each click
    pass_on(31)
    assert client.get("/").status_code == 200
    assert len(service.asked) == asked + 1
    service.silent = False
    pass_on(31)
    assert client.get("/").status_code == 200
    service.silent = True
    pass_on(600)
    assert client.get("/").headers["Location"] == reverse("account_login")
    assert "has not answered for ten minutes" in client.get(reverse("account_login")).content.decode()


def test_switched_off_every_session_of_it_ends_with_its_next_click(
    staff: Staff, service: Service, ada: Worker, van: UUID
) -> None:
    client = Client()
    arrive(client, service, van)
    manager = signed_in(Worker.objects.get(email="manager-van@invented.example"))
    assert manager.post(reverse("own-sign-in-change", args=["off"])).status_code == 302
    assert client.get("/").headers["Location"] == reverse("account_login")


def test_who_signed_in_otherwise_pays_nothing_for_it(staff: Staff, ada: Worker, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(ada)
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert [each for each in asked if "provider" in each["sql"] or "socialaccount" in each["sql"]] == []
    assert queries.agency_called("van") is not None
