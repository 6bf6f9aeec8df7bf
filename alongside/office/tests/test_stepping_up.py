"""Names need a passkey: what a password and a code open, and the ways on from there (A3)."""

from datetime import date
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.foundation.gate.level import acting_as
from alongside.foundation.trail.models import TrailRow
from alongside.office.leaving import take_passkeys_away
from alongside.office.tests.conftest import PASSWORD, Staff, prove_second_factor
from alongside.register.agencies import queries
from alongside.register.agencies.acting import actor_for
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Membership, Worker
from alongside.register.agencies.passkeys import proved_passkey
from alongside.register.people.models import Record
from tests.world import enter, prove


@pytest.fixture
def ada(staff: Staff) -> Worker:
    return staff("ada@invented.example", ("van", Role.KEY_WORKER))


@pytest.fixture
def lead(staff: Staff) -> Worker:
    return staff("lena@invented.example", ("van", Role.DP_LEAD), name="Lena Invented")


@pytest.fixture
def key(ada: Worker, monkeypatch: pytest.MonkeyPatch) -> Authenticator:
    """Her passkey, which says yes to every question. What it signs has its test in a real browser."""
    made = Authenticator.objects.create(user=ada, type=Authenticator.Type.WEBAUTHN, data={"name": "ring"})
    for name, answer in (
        ("begin_authentication", {}),
        ("begin_registration", {}),
        ("parse_authentication_response", None),
        ("complete_authentication", made),
    ):
        monkeypatch.setattr(f"allauth.mfa.webauthn.internal.auth.{name}", lambda *_, answer=answer: answer)
    monkeypatch.setattr("alongside.office.accounts.stepping_up.begin_authentication", lambda user: {})
    return made


@pytest.fixture
def by_code(ada: Worker) -> Client:
    client = Client()
    client.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    prove_second_factor(client, ada)
    prove(client, ada, "totp")
    return client


def use_key(client: Client, back: str) -> str:
    """Where she stands after the button and her finger."""
    sent = {"credential": '{"id": "ring"}', "next": back}
    answer = client.post(reverse("mfa_reauthenticate_webauthn"), sent)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def asks(answer: object) -> bool:
    return answer.status_code == 403 and "This needs your passkey" in answer.content.decode()  # type: ignore[attr-defined]


def test_names_open_with_the_passkey_and_she_is_back_where_she_was(by_code: Client, key: Authenticator) -> None:
    wanted = f"{reverse('people:records')}?page=1"
    answer = by_code.get(wanted)
    assert asks(answer)
    page = answer.content.decode()
    assert f'name="next" value="{wanted}"' in page
    assert page.count("Use your passkey</button>") == 1
    assert use_key(by_code, wanted) == wanted
    assert by_code.get(wanted).status_code == 200


def test_figures_open_without_it_and_their_files_do_not(by_code: Client, key: Authenticator) -> None:
    for route in ("returns:index", "picture:picture", "commissioning:plans", "accommodation:figures"):
        assert by_code.get(reverse(route)).status_code == 200, route
    for route in ("accommodation:figures-csv", "commissioning:review-pdf", "picture:csv", "referrals:csv"):
        assert asks(by_code.get(reverse(route))), route


def test_what_she_sent_is_not_lost_in_silence(by_code: Client, key: Authenticator) -> None:
    before = Record.objects.unscoped("how many there are").count()
    answer = by_code.post(reverse("people:new"), {"called": "Invented"})
    assert asks(answer)
    assert "What you sent has not been saved" in answer.content.decode()
    assert f'name="next" value="{reverse("people:new")}"' in answer.content.decode()
    assert "Invented" not in str(by_code.session.items()).replace("ada@invented.example", "")
    assert Record.objects.unscoped("how many there are").count() == before


def test_after_sending_to_an_address_without_a_page_she_is_on_her_first(by_code: Client, key: Authenticator) -> None:
    answer = by_code.post(reverse("people:sheet", args=["00000000-0000-0000-0000-000000000007"]))
    assert asks(answer)
    assert f'name="next" value="{reverse("home")}"' in answer.content.decode()


def test_the_way_back_leads_to_no_other_site(by_code: Client, key: Authenticator) -> None:
    assert "elsewhere" not in use_key(by_code, "https://elsewhere.example/people/")


def test_her_first_page_says_what_is_shut(by_code: Client, key: Authenticator) -> None:
    page = by_code.get(reverse("home")).content.decode()
    assert "You signed in without a passkey" in page
    assert reverse("people:look-up") not in page
    assert reverse("returns:index") in page
    assert asks(by_code.get(reverse("step-up")))
    assert use_key(by_code, reverse("home")) == reverse("home")
    page = by_code.get(reverse("home")).content.decode()
    assert "You signed in without a passkey" not in page
    assert reverse("people:look-up") in page
    assert by_code.get(reverse("step-up")).headers["Location"] == reverse("home")


def test_who_has_no_passkey_is_led_to_adding_one(by_code: Client) -> None:
    answer = by_code.get(reverse("people:records"))
    assert asks(answer)
    assert reverse("mfa_add_webauthn") in answer.content.decode()


def rows(lead: Worker, permission: str) -> list[TrailRow]:
    actor = actor_for(Membership.objects.get(worker=lead), by_passkey=True)
    with acting_as(actor):
        return list(TrailRow.objects.filter(permission=permission).order_by("pk"))


def test_the_refusal_is_in_the_trail(by_code: Client, lead: Worker) -> None:
    by_code.get(reverse("people:records"))
    (row,) = rows(lead, "people.list")
    assert row.allowed is False
    assert row.rule == "people.list: needs a passkey"


def test_adding_one_counts_and_is_seen_by_the_data_protection_lead(
    by_code: Client, ada: Worker, lead: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_code.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    def add(request: object, name: str, credential: object) -> tuple[Authenticator, None]:
        return Authenticator.objects.create(user=ada, type="webauthn", data={"name": name}), None

    monkeypatch.setattr("allauth.mfa.webauthn.internal.flows.add_authenticator", add)
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.parse_registration_response", lambda given: None)
    monkeypatch.setattr(
        "allauth.mfa.webauthn.internal.auth.complete_registration",
        lambda given: SimpleNamespace(is_user_verified=lambda: True),
    )
    sent = {"name": "ring", "credential": '{"id": "ring"}', "passwordless": "on"}
    answer = by_code.post(reverse("mfa_add_webauthn"), sent)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    assert by_code.get(reverse("people:records")).status_code == 200
    assert [row.user_id for row in rows(lead, "accounts.passkey_added")] == [ada.pk]


CHANGES = (
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_add_webauthn",
)


@pytest.mark.parametrize("route", CHANGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stolen_password_and_code_add_no_passkey_of_the_thiefs(
    by_code: Client, key: Authenticator, route: str, method: str
) -> None:
    by_code.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert asks(getattr(by_code, method)(reverse(route)))


def test_nor_do_they_take_hers_away(by_code: Client, key: Authenticator) -> None:
    by_code.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert asks(by_code.post(reverse("mfa_remove_webauthn", args=[key.pk])))
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_with_a_code_from_the_safe_she_replaces_a_lost_one(
    by_code: Client, ada: Worker, key: Authenticator, lead: Worker
) -> None:
    prove(by_code, ada, "recovery_codes")
    assert asks(by_code.get(reverse("people:records")))  # the code alone shows no name
    by_code.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert by_code.get(reverse("mfa_add_webauthn")).status_code == 200
    assert by_code.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 302
    assert not Authenticator.objects.filter(pk=key.pk).exists()
    assert [row.user_id for row in rows(lead, "accounts.passkey_removed")] == [ada.pk]


def test_without_a_code_the_administrator_takes_the_lost_one_away(
    staff: Staff, by_code: Client, ada: Worker, key: Authenticator, lead: Worker
) -> None:
    admin = enter(Client(), staff("ines@invented.example", ("house", Role.SYSTEM_ADMIN), name="Ines Invented"))
    prove_second_factor(admin, Worker.objects.get(email="ines@invented.example"))
    by_code.get(reverse("home"))
    RecoveryCodes.activate(ada)
    assert "Lost her passkey" in admin.get(reverse("installation")).content.decode()
    assert admin.post(reverse("lost-passkey", args=[ada.pk])).status_code == 302
    left = {str(each.type) for each in Authenticator.objects.filter(user=ada)}
    assert left == {"totp"}  # a paper with codes may be where the key is
    assert not UserSession.objects.filter(user=ada).exists()
    assert by_code.get(reverse("home")).status_code == 302
    (row,) = rows(lead, "accounts.passkey_removed")
    assert row.rule == "by the system administrator"


def test_she_adds_a_new_one_with_what_is_left_to_her(by_code: Client, ada: Worker, key: Authenticator) -> None:
    with acting_as(queries.operator()):
        take_passkeys_away(queries.operator(), worker=ada.pk)
    again = enter(Client(), ada, "totp")
    assert reverse("mfa_add_webauthn") in again.get(reverse("people:records")).content.decode()
    again.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert again.get(reverse("mfa_add_webauthn")).status_code == 200


def test_of_another_partnership_she_takes_nothing_away(staff: Staff, ada: Worker, key: Authenticator) -> None:
    Membership.objects.filter(worker=ada).update(until=date(2008, 1, 1))
    admin = enter(Client(), staff("ines@invented.example", ("house", Role.SYSTEM_ADMIN), name="Ines Invented"))
    prove_second_factor(admin, Worker.objects.get(email="ines@invented.example"))
    assert admin.post(reverse("lost-passkey", args=[ada.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_an_administrator_by_code_changes_nothing(staff: Staff, ada: Worker, key: Authenticator) -> None:
    ines = staff("ines@invented.example", ("house", Role.SYSTEM_ADMIN), name="Ines Invented")
    admin = enter(Client(), ines)
    prove_second_factor(admin, ines)
    prove(admin, ines, "totp")
    for route in ("lost-passkey", "close-account"):
        assert asks(admin.post(reverse(route, args=[ada.pk])))
    assert asks(admin.get(reverse("installation")))
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_another_workers_proof_in_the_same_browser_counts_for_nothing(by_code: Client, staff: Staff) -> None:
    other = staff("eve@invented.example", ("van", Role.KEY_WORKER), name="Eve Invented")
    prove(by_code, other)
    assert by_code.get(reverse("people:records")).status_code in (302, 403)


def test_telling_costs_no_query(by_code: Client, ada: Worker, rf) -> None:
    request = rf.get("/")
    session: SessionBase = by_code.session
    session.items()  # loaded, as it is for every request of hers
    request.session, request.user = session, ada
    with CaptureQueriesContext(connection) as asked:
        assert proved_passkey(request) is False
    assert len(asked) == 0


def test_entering_the_demo_counts_as_one_on_this_machine_only(by_code: Client, ada: Worker, settings) -> None:
    session = by_code.session
    session["entered_demo"] = True
    session.save()
    settings.DEMO, settings.IS_LOCAL = True, False
    assert asks(by_code.get(reverse("people:records")))
    settings.IS_LOCAL = True
    assert by_code.get(reverse("people:records")).status_code == 200
