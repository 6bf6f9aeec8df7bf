"""What a proof is worth: once, to one session, under a new key, by her alone (P21)."""

import pytest
from allauth.account.signals import authentication_step_completed
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from alongside.foundation.gate.level import acting_as
from alongside.office.accounts.session_life import renew
from alongside.office.tests.conftest import PASSWORD, Staff
from alongside.office.tests.passkey import FLAG, Passkey
from alongside.register.agencies import actions, queries
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Membership, Worker
from tests.world import enter

NAMES = "people:records"


@pytest.fixture
def ada(staff: Staff) -> Worker:
    worker = staff("ada@invented.example", ("van", Role.KEY_WORKER))
    TOTP.activate(worker, generate_totp_secret())
    return worker


@pytest.fixture
def key(ada: Worker) -> Passkey:
    made = Passkey(ada)
    made.add()
    return made


def by_code(worker: Worker) -> Client:
    return enter(Client(), worker, "totp")


def asked(client: Client) -> Client:
    """She is before the page with the button."""
    assert client.get(reverse(NAMES)).status_code == 403
    return client


def send(client: Client, answer: str) -> int:
    sent = {"credential": answer, "next": reverse(NAMES)}
    return client.post(reverse("mfa_reauthenticate_webauthn"), sent).status_code


def opens(client: Client) -> bool:
    return client.get(reverse(NAMES)).status_code == 200


def test_her_passkey_opens_the_names(ada: Worker, key: Passkey) -> None:
    client = asked(by_code(ada))
    assert send(client, key.answer(client)) == 302
    assert opens(client)


def replayed(ada: Worker, key: Passkey) -> bool:
    """Whether an answer that was listened to is taken a second time."""
    client = asked(by_code(ada))
    answer = key.answer(client)
    assert send(client, answer) == 302
    return send(client, answer) == 302


def test_an_answer_counts_once(ada: Worker, key: Passkey) -> None:
    assert not replayed(ada, key)
    thief = asked(by_code(ada))
    assert send(thief, key.answer(asked(by_code(ada)))) == 403  # to a question put to another session
    assert not opens(thief)


def test_a_question_that_stays_open_would_be_found(ada: Worker, key: Passkey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.clear_state", lambda: None)
    assert replayed(ada, key)


def test_only_her_own_key_at_this_address_with_her_own_finger(ada: Worker, key: Passkey, staff: Staff) -> None:
    other = Passkey(staff("eve@invented.example", ("van", Role.KEY_WORKER), name="Eve Invented"), name=b"another")
    other.add()
    false_page = Passkey(ada, "alongside.example", secret=key.secret)
    forged = Passkey(ada)
    client = by_code(ada)
    for answering, flags in ((other, FLAG.UP | FLAG.UV), (false_page, FLAG.UP | FLAG.UV), (forged, FLAG.UP | FLAG.UV)):
        assert send(asked(client), answering.answer(client, flags)) == 403
    assert send(asked(client), key.answer(client, FLAG.UP)) == 403  # touched, but it asked for no finger or PIN
    assert not opens(client)


def test_a_key_that_asks_nothing_would_be_found(ada: Worker, key: Passkey, settings) -> None:
    settings.MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
    client = asked(by_code(ada))
    assert send(client, key.answer(client, FLAG.UP)) == 302


def test_with_two_pages_open_the_earlier_one_asks_again(ada: Worker, key: Passkey) -> None:
    client = asked(by_code(ada))
    earlier = key.answer(client)
    asked(client)
    answer = client.post(reverse("mfa_reauthenticate_webauthn"), {"credential": earlier, "next": reverse(NAMES)})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Use your passkey once more" in page
    assert f'name="next" value="{reverse(NAMES)}"' in page
    assert send(client, key.answer(client)) == 302
    assert opens(client)


def test_her_other_session_stays_without(ada: Worker, key: Passkey) -> None:
    here, there = asked(by_code(ada)), by_code(ada)
    send(here, key.answer(here))
    assert opens(here)
    assert not opens(there)


def copied_key_stays(ada: Worker, key: Passkey) -> bool:
    """Whether a session key that was copied before she used her passkey opens names after it."""
    client, thief = asked(by_code(ada)), Client()
    thief.cookies["session"] = client.session.session_key
    assert send(client, key.answer(client)) == 302
    assert opens(client)
    return opens(thief)


def test_a_session_key_copied_before_is_worth_nothing_after(ada: Worker, key: Passkey) -> None:
    assert not copied_key_stays(ada, key)


def test_a_step_that_keeps_the_key_would_be_found(ada: Worker, key: Passkey) -> None:
    authentication_step_completed.disconnect(dispatch_uid="a new key for the session")
    try:
        assert copied_key_stays(ada, key)
    finally:
        authentication_step_completed.connect(renew, dispatch_uid="a new key for the session")


@pytest.mark.parametrize("route", ["account_reauthenticate", "mfa_reauthenticate"])
def test_each_way_of_proving_takes_a_new_key(ada: Worker, route: str) -> None:
    client = by_code(ada)
    client.get(reverse("home"))
    before = client.session.session_key
    sent = {"password": PASSWORD}
    if route == "mfa_reauthenticate":
        sent = {"code": _recovery_code(ada)}
    assert client.post(reverse(route), sent).status_code == 302
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [client.session.session_key]


def _recovery_code(worker: Worker) -> str:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    return str(RecoveryCodes.activate(worker).get_unused_codes()[0])


def test_ending_all_her_sessions_ends_the_one_that_was_just_renewed(ada: Worker, key: Passkey, staff: Staff) -> None:
    client = asked(by_code(ada))
    send(client, key.answer(client))
    ines = staff("ines@invented.example", ("house", Role.SYSTEM_ADMIN), name="Ines Invented")
    TOTP.activate(ines, generate_totp_secret())
    assert enter(Client(), ines).post(reverse("lost-passkey", args=[ada.pk])).status_code == 302
    assert client.get(reverse("home")).headers["Location"] == reverse("account_login")


def test_after_signing_out_the_answer_opens_nothing(ada: Worker, key: Passkey) -> None:
    client = asked(by_code(ada))
    answer = key.answer(client)
    client.post(reverse("account_logout"))
    assert send(client, answer) == 404  # signed out, that page does not exist
    assert not opens(client)


def test_a_role_that_changes_takes_the_names_from_a_session_with_a_passkey(ada: Worker, key: Passkey) -> None:
    client = asked(by_code(ada))
    send(client, key.answer(client))
    assert opens(client)
    operator, council = queries.operator(), queries.agency_called("council")
    assert council is not None
    held = Membership.objects.get(worker_id=ada.pk).id
    with acting_as(operator):
        actions.end_role(operator, membership=held)
        actions.give_role(operator, worker=ada.pk, agency=council.id, role=Role.COMMISSIONER)
    assert client.get(reverse(NAMES)).status_code == 403
    assert "This needs your passkey" not in client.get(reverse(NAMES)).content.decode()


def test_five_wrong_passwords_and_codes_lock_nobody_with_a_passkey_out(ada: Worker, key: Passkey) -> None:
    for _ in range(6):
        thief = Client()
        thief.post(reverse("account_login"), {"login": ada.email, "password": "not-the-password-1"})
    client = Client()
    client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    sent = {"credential": key.answer(client)}
    assert client.post(reverse("mfa_login_webauthn"), sent).status_code == 302
    assert opens(client)
