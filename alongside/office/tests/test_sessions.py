"""Sessions: listed, ended, renewed at sign-in, short; and roles that end at once."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import reverse

from alongside.foundation.gate.level import acting_as
from alongside.office.accounts.session_life import BEGAN, SEEN, SHARED
from alongside.office.tests.conftest import PASSWORD, Staff, signed_in
from alongside.register.agencies import actions, queries
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Membership, Worker


@pytest.fixture
def worker(staff: Staff) -> Worker:
    return staff("ada@invented.example", ("van", Role.OUTREACH_WORKER), ("house", Role.KEY_WORKER))


def test_all_sessions_are_listed_and_the_others_can_be_ended(worker: Worker) -> None:
    here, there = signed_in(worker), signed_in(worker)
    there.get(reverse("act-for"))
    page = here.get(reverse("usersessions_list")).content.decode()
    assert "This one" in page
    assert "Another" in page
    assert here.post(reverse("usersessions_list")).status_code == 302
    assert here.get(reverse("act-for")).status_code == 200
    assert there.get(reverse("act-for")).status_code == 302
    assert UserSession.objects.filter(user=worker).count() == 1


def planted_key_stays(client: Client) -> bool:
    """Whether a session that somebody else began is the one in which she is signed in."""
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "by someone else"
    session.save()
    planted = session.session_key
    client.cookies["session"] = planted
    client.post(reverse("account_login"), {"login": "ada@invented.example", "password": PASSWORD})
    assert "_auth_user_id" in client.session
    return client.session.session_key == planted


def test_signing_in_takes_a_new_session_key(worker: Worker) -> None:
    client = Client()
    assert not planted_key_stays(client)


def test_a_sign_in_that_keeps_the_key_would_be_found(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SessionStore, "cycle_key", lambda self: None)
    assert planted_key_stays(Client())


def test_a_planted_session_opens_nothing_for_whoever_planted_it(worker: Worker) -> None:
    client, other = Client(), Client()
    client.get(reverse("account_login"))
    planted = client.session.session_key
    client.post(reverse("account_login"), {"login": "ada@invented.example", "password": PASSWORD})
    other.cookies["session"] = planted
    assert other.get(reverse("mfa_index")).status_code == 404


def test_an_idle_session_ends_with_a_word(worker: Worker, settings) -> None:
    client = signed_in(worker)
    client.get(reverse("act-for"))
    session = client.session
    session[SEEN] -= settings.SESSION_IDLE_SECONDS + 1
    session.save()
    answer = client.get(reverse("act-for"), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("account_login")
    assert "nothing happened for a while" in answer.content.decode()
    assert client.get(reverse("act-for")).status_code == 302


def test_no_session_outlives_a_shift(worker: Worker, settings) -> None:
    client = signed_in(worker)
    client.get(reverse("act-for"))
    session = client.session
    session[BEGAN] -= settings.SESSION_COOKIE_AGE + 1
    session.save()
    assert client.get(reverse("act-for")).headers["Location"] == reverse("account_login")


def test_a_closed_account_is_out_with_the_next_click(worker: Worker) -> None:
    client = signed_in(worker)
    assert client.get(reverse("act-for")).status_code == 200
    operator = queries.operator()
    with acting_as(operator):
        actions.set_active(operator, worker=worker.pk, active=False)
    assert client.get(reverse("act-for")).status_code == 302
    client.post(reverse("account_login"), {"login": "ada@invented.example", "password": PASSWORD})
    assert client.get(reverse("act-for")).status_code == 302


def choose(client: Client, agency: str) -> Membership:
    chosen = Membership.objects.get(agency__slug=agency)
    assert client.post(reverse("act-for"), {"agency": str(chosen.id)}).status_code == 302
    return chosen


def test_with_two_agencies_she_says_for_whom_she_acts(worker: Worker) -> None:
    client = signed_in(worker)
    assert client.get(reverse("home")).headers["Location"] == reverse("act-for")
    choose(client, "house")
    page = client.get(reverse("home")).content.decode()
    assert "House, key worker" in page
    choose(client, "van")
    assert "Met someone?" in client.get(reverse("home")).content.decode()


def test_an_ended_role_opens_nothing_with_the_next_click(worker: Worker) -> None:
    client = signed_in(worker)
    chosen = choose(client, "house")
    choose(client, "van")
    chosen = Membership.objects.get(agency__slug="van")
    operator = queries.operator()
    with acting_as(operator):
        actions.end_role(operator, membership=chosen.id)
    answer = client.get(reverse("home"))
    assert "House, key worker" in answer.content.decode()
    assert client.post(reverse("act-for"), {"agency": str(chosen.id)}).status_code == 404


def test_a_role_that_has_not_begun_opens_nothing(staff: Staff) -> None:
    worker = staff("eve@invented.example", ("van", Role.MANAGER))
    Membership.objects.filter(worker=worker).update(since=date.today() + timedelta(days=1))
    client = signed_in(worker)
    assert "no role" in client.get(reverse("act-for")).content.decode()


def test_nobody_acts_for_an_agency_that_is_not_hers(worker: Worker, staff: Staff) -> None:
    other = staff("eve@invented.example", ("council", Role.COMMISSIONER))
    foreign: UUID = Membership.objects.get(worker=other).id
    client = signed_in(worker)
    for value in (str(foreign), "", "not-an-id"):
        assert client.post(reverse("act-for"), {"agency": value}).status_code == 404


def test_hiding_the_screen_ends_the_session_and_tells_nothing(worker: Worker) -> None:
    client = signed_in(worker)
    answer = client.post(reverse("hide"))
    assert answer.headers["Location"] == reverse("away")
    assert "cookies" in answer.headers["Clear-Site-Data"]
    away = client.get(reverse("away")).content.decode()
    assert away == Client().get(reverse("away")).content.decode()
    assert "Ada" not in away
    assert client.get(reverse("act-for")).status_code == 302


def test_signing_out_needs_a_post_and_clears_the_browser(worker: Worker) -> None:
    client = signed_in(worker)
    assert client.get(reverse("account_logout")).status_code == 200
    answer = client.post(reverse("account_logout"))
    assert answer.headers["Location"] == reverse("account_login")
    assert "cookies" in answer.headers["Clear-Site-Data"]
    assert client.get(reverse("act-for")).status_code == 302


def test_forged_requests_are_refused(worker: Worker) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(reverse("hide"))
    assert answer.status_code == 403
    assert "Ada" not in answer.content.decode()


@pytest.mark.parametrize(("shared", "seconds", "over"), [(True, 301, True), (True, 200, False), (False, 301, False)])
def test_on_a_shared_computer_five_minutes_end_it(worker: Worker, shared: bool, seconds: int, over: bool) -> None:
    client = signed_in(worker)
    client.get(reverse("act-for"))
    client.post(reverse("account_device"), {"shared": "yes" if shared else "no"})
    session = client.session
    session[SEEN] -= seconds
    session.save()
    answer = client.get(reverse("act-for"))
    assert (answer.status_code == 302) is over
    assert ("Clear-Site-Data" in answer.headers) is over


def test_she_says_so_when_she_signs_in(worker: Worker) -> None:
    client = Client()
    client.post(reverse("account_login"), {"login": "ada@invented.example", "password": PASSWORD, "shared": "on"})
    assert client.session[SHARED] is True
