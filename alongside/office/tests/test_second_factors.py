"""The traps of the accounts package, each closed."""

import base64
import json
import subprocess
import sys
import time
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.fernet import InvalidToken
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from alongside.office.accounts.adapters import AccountAdapter, FactorAdapter
from alongside.office.tests.conftest import PASSWORD, Staff, signed_in
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Worker


@pytest.fixture
def worker(staff: Staff) -> Worker:
    return staff("ada@invented.example", ("van", Role.OUTREACH_WORKER))


def sign_in(client: Client, password: str = PASSWORD, email: str = "ada@invented.example"):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def code_of(secret: str, steps_on: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps_on))


def confirm(client: Client) -> None:
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def activate(client: Client) -> tuple[str, str]:
    """Set up the authenticator app as a worker does. Returns its secret and the code that was used."""
    confirm(client)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    code = code_of(secret)
    answer = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return secret, code


@pytest.fixture
def steady_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The middle of one thirty-second step, so that no test runs over its edge."""
    middle = time.time() // 30 * 30 + 15
    monkeypatch.setattr("time.time", lambda: middle)


@pytest.fixture
def with_app(worker: Worker, steady_clock: None) -> tuple[Client, str, str]:
    client = Client()
    sign_in(client)
    return client, *activate(client)


def test_a_password_alone_opens_only_the_setting_up_of_a_second_factor(worker: Worker) -> None:
    client = Client()
    assert sign_in(client).status_code == 302
    assert client.get(reverse("home")).headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("act-for")).headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("usersessions_list")).headers["Location"] == reverse("mfa_index")
    confirm(client)
    for route in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_change_password"):
        assert client.get(reverse(route)).status_code == 200, route


def test_setting_up_the_app_opens_the_work(with_app: tuple[Client, str, str]) -> None:
    client, _, _ = with_app
    assert client.get(reverse("home")).status_code == 200


def test_an_older_session_without_the_factor_stays_shut(worker: Worker, steady_clock: None) -> None:
    older, newer = Client(), Client()
    sign_in(older)
    sign_in(newer)
    activate(newer)
    assert newer.get(reverse("home")).status_code == 200
    assert older.get(reverse("home")).headers["Location"] == reverse("mfa_index")


def test_no_secret_of_a_second_factor_stands_in_the_database(with_app: tuple[Client, str, str]) -> None:
    _, secret, _ = with_app
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().generate_codes()
    clear = [secret, codes[0], base64.b32decode(secret).hex()]
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    sessions = json.dumps([each.get_decoded() for each in Session.objects.all()])
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(string_agg(t::text, ' '), '') FROM sign_in_limits t")
        limits = cursor.fetchone()[0]
    for each in clear:
        assert each not in stored
        assert each not in sessions
        assert each not in limits


def test_a_secret_opens_again_only_with_this_installations_key(settings) -> None:
    sealed = FactorAdapter().encrypt("a secret")
    assert FactorAdapter().decrypt(sealed) == "a secret"
    settings.SECOND_FACTOR_KEY = "another installation's"
    with pytest.raises(InvalidToken):
        FactorAdapter().decrypt(sealed)


def test_the_code_of_the_activation_is_not_taken_again(with_app: tuple[Client, str, str], monkeypatch) -> None:
    _, secret, code = with_app
    thief = Client()
    assert sign_in(thief).headers["Location"].startswith(reverse("mfa_authenticate"))
    refused = thief.post(reverse("mfa_authenticate"), {"code": code})
    assert refused.status_code == 200
    assert "Incorrect code" in refused.content.decode()
    later = time.time() + 30
    monkeypatch.setattr("time.time", lambda: later)
    assert thief.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302
    assert thief.get(reverse("home")).status_code == 200


def test_a_code_signs_in_once(with_app: tuple[Client, str, str], monkeypatch) -> None:
    _, secret, _ = with_app
    later = time.time() + 30
    monkeypatch.setattr("time.time", lambda: later)
    code = code_of(secret)
    first, second = Client(), Client()
    sign_in(first)
    assert first.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    sign_in(second)
    assert second.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


def test_a_recovery_code_works_once(with_app: tuple[Client, str, str]) -> None:
    code = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()[0]
    first, second = Client(), Client()
    sign_in(first)
    assert first.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    sign_in(second)
    assert second.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


@pytest.mark.parametrize(
    "route",
    [
        "account_signup",
        "account_email",
        "account_reset_password",
        "account_set_password",
        "account_request_login_code",
        "mfa_signup_webauthn",
        "mfa_download_recovery_codes",
        "socialaccount_signup",
    ],
)
def test_routes_that_we_do_not_use_do_not_exist(route: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(route)


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/signup/",
        "/accounts/email/",
        "/accounts/password/reset/",
        "/accounts/login/code/confirm/",
        "/accounts/signup/passkey/",
        "/accounts/social/signup/",
        "/accounts/",
        "/admin/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_there_is_no_way_to_sign_oneself_up(partnership: UUID, path: str, method: str) -> None:
    answer = getattr(Client(), method)(path, {"email": "stranger@invented.example", "password1": PASSWORD})
    assert answer.status_code == 404
    assert not Worker.objects.filter(email="stranger@invented.example").exists()


def test_strangers_are_never_made(worker: Worker, rf) -> None:
    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False
    before = Worker.objects.count()
    answer = sign_in(Client(), email="stranger@invented.example")
    assert answer.status_code == 200
    assert Worker.objects.count() == before


def test_a_stranger_and_a_wrong_password_get_the_same_words(worker: Worker) -> None:
    wrong, stranger = sign_in(Client(), "not-the-password-1"), sign_in(Client(), email="nobody@invented.example")

    def words(answer) -> str:
        text = answer.content.decode()
        return text[text.index("There is a problem") : text.index("</form>")].split("</ul>")[0]

    assert words(wrong) == words(stranger)


def test_after_five_wrong_passwords_the_right_one_waits_but_a_passkey_does_not(worker: Worker, monkeypatch) -> None:
    for _ in range(5):
        sign_in(Client(), "not-the-password-1")
    shut = Client()
    assert sign_in(shut).status_code == 200
    assert "_auth_user_id" not in shut.session
    passkey = Authenticator.objects.create(user=worker, type=Authenticator.Type.WEBAUTHN, data={"name": "ring"})
    for name, answer in (
        ("parse_authentication_response", None),
        ("extract_user_from_response", worker),
        ("complete_authentication", passkey),
    ):
        monkeypatch.setattr(f"allauth.mfa.webauthn.internal.auth.{name}", lambda *_, answer=answer: answer)
    client = Client()
    options = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert options.json()["request_options"]["publicKey"]["userVerification"] == "required"
    assert client.post(reverse("mfa_login_webauthn"), {"credential": '{"id": "ring"}'}).status_code == 302
    assert client.get(reverse("home")).status_code == 200


def elsewhere(statement: str) -> str:
    """What another process prints."""
    program = f"import django; django.setup()\nfrom django.core.cache import cache\n{statement}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip().splitlines()[-1]


def test_limits_hold_across_processes(db: None, settings) -> None:
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    assert elsewhere("cache.set('tries', [1, 2, 3], 60); print('written')") == "written"
    assert cache.get("tries") == [1, 2, 3]
    assert elsewhere("print(cache.get('tries')); cache.delete('tries')") == "[1, 2, 3]"


def test_wrong_codes_are_counted_for_the_worker_not_the_browser(with_app: tuple[Client, str, str]) -> None:
    _, secret, _ = with_app
    for _ in range(5):
        client = Client()
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    last = Client()
    sign_in(last)
    answer = last.post(reverse("mfa_authenticate"), {"code": code_of(secret, 1)})
    assert "Too many" in answer.content.decode()


def test_removing_the_last_factor_shuts_the_work_again(with_app: tuple[Client, str, str]) -> None:
    client, _, _ = with_app
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert answer.status_code == 302
    if "confirm" in answer.headers["Location"]:
        client.post(answer.headers["Location"], {"password": PASSWORD})
    assert not Authenticator.objects.exists()
    assert client.get(reverse("home")).headers["Location"] == reverse("mfa_index")


def test_changing_factors_asks_for_the_password_when_it_was_long_ago(worker: Worker, settings) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    client = signed_in(worker)
    answer = client.get(reverse("mfa_add_webauthn"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    "route",
    [
        "mfa_index",
        "mfa_list_webauthn",
        "usersessions_list",
        "account_change_password",
        "account_logout",
        "account_reauthenticate",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_deactivate_totp",
    ],
)
def test_every_own_page_shows(with_app: tuple[Client, str, str], route: str) -> None:
    client, _, _ = with_app
    answer = client.get(reverse(route), follow=True)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "– Alongside</title>" in text
    assert "ada@invented.example" not in text.split("</title>")[0]


@pytest.mark.parametrize("route", ["mfa_index", "usersessions_list", "account_change_password", "mfa_add_webauthn"])
def test_own_pages_do_not_exist_for_strangers(db: None, route: str) -> None:
    assert Client().get(reverse(route)).status_code == 404
