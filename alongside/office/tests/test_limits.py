"""Each limit by itself: reached at its number, not before, by nobody else, and told to whom it concerns (A6)."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from alongside.foundation.gate.level import acting_as
from alongside.foundation.trail.queries import limits_reached
from alongside.office.accounts import limits, proof
from alongside.office.accounts.limits import FILE_TAKEN, LIMITS, REACHED, Counts, Limit, Then
from alongside.office.accounts.session_life import BEGAN
from alongside.register.agencies.acting import SESSION_KEY
from tests.world import World, prove

pytestmark = pytest.mark.django_db
BY_NAME = {limit.name: limit for limit in LIMITS}
# As security.md A6 has them, and one of our own for the list; by hand, so that a change of the table is noticed.
AGREED = {
    "women opened": (25, 3600, Then.PROVE),
    "pages of the list": (20, 3600, Then.PROVE),
    "look-ups": (60, 3600, Then.WAIT),
    "files with names": (5, 86400, Then.WAIT),
}


def test_the_table_is_as_agreed():
    told = {limit.name: (limit.most, limit.within.total_seconds(), limit.then) for limit in LIMITS}
    assert told == AGREED


def browser(world: World, persona: str = "key_worker", proved: float | None = None) -> Client:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    worker, client = world.workers[persona], Client()
    if not Authenticator.objects.filter(user=worker).exists():
        TOTP.activate(worker, generate_totp_secret())
    client.force_login(worker, backend=settings.AUTHENTICATION_BACKENDS[0])
    at = time.time() - 3000 if proved is None else proved
    prove(client, worker, at=at)
    session = client.session
    session[BEGAN] = at
    session[SESSION_KEY] = str(world.memberships[persona].id)
    session.save()
    return client


def done(world: World, limit: Limit, times: int, persona: str = "key_worker", ago: float = 60) -> None:
    """The trail of having done it so many times, some time ago."""
    actor = world.actor(persona)
    from django.db import connection

    records = [record for (agency, _), record in world.records.items() if agency == "van"]
    with acting_as(actor), connection.cursor() as cursor:
        for number in range(times):
            at = datetime.now(UTC) - timedelta(seconds=ago + 20 * number)
            one = [records[0]] if limit.counts is Counts.WOMEN else []
            cursor.execute(
                "INSERT INTO trail_trailrow (at, partnership_id, agency_id, user_id, job, purpose, permission, allowed,"
                " rule, kind, subjects, field_groups, count, route)"
                " VALUES (%s, %s, %s, %s, '', '', %s, true, '', 'Record', %s::uuid[], '{}', 1, %s)",
                [
                    *(at, actor.partnership, actor.agency, actor.user, limit.permission),
                    [_woman(number)] if one else one,
                    limit.asked_by[0] if limit.asked_by else "",
                ],
            )


def _woman(number: int):
    from uuid import UUID

    return UUID(int=1000 + number)


def ask(world: World, limit: Limit, client: Client):
    record = world.records["van", 1]
    route = sorted(limit.routes - {"people:correct"})[0]
    about = [record] if route == "people:record" else [record] if route.startswith("lists:") else []
    address = reverse(route, args=about)
    return client.post(address, {"words": "zq"}) if limit.methods == ("POST",) else client.get(address)


def is_held_back(answer, limit: Limit) -> bool:
    if limit.then is Then.WAIT:
        return answer.status_code == 429
    return answer.status_code == 302 and answer.headers["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
class TestEach:
    def proved(self, limit: Limit) -> float:
        return time.time() - (10 if limit.permission == FILE_TAKEN else 3000)

    def test_it_holds_at_its_number_and_not_before(self, world, limit):
        client = browser(world, proved=self.proved(limit))
        done(world, limit, limit.most - 1)
        assert not is_held_back(ask(world, limit, client), limit)
        done(world, limit, 1, ago=30 + 20 * limit.most)
        assert is_held_back(ask(world, limit, client), limit)

    def test_it_holds_back_nothing_else(self, world, limit):
        client = browser(world, proved=self.proved(limit))
        done(world, limit, limit.most)
        for other in LIMITS:
            if other is not limit and not (other.permission == limit.permission and not other.asked_by):
                assert not is_held_back(ask(world, other, client), other), other.name

    def test_a_colleague_is_not_held_back(self, world, limit):
        done(world, limit, limit.most, persona="outreach_worker")
        assert not is_held_back(ask(world, limit, browser(world, proved=self.proved(limit))), limit)

    def test_what_was_long_ago_does_not_count(self, world, limit):
        done(world, limit, limit.most, ago=limit.within.total_seconds() + 60)
        assert not is_held_back(ask(world, limit, browser(world, proved=self.proved(limit))), limit)

    def test_the_data_protection_lead_is_told_and_no_name_is(self, world, limit):
        client = browser(world, proved=self.proved(limit))
        done(world, limit, limit.most)
        answer = ask(world, limit, client)
        assert "xv" not in answer.content.decode()
        lead = world.actor("dp_lead")
        with acting_as(lead):
            (told,) = limits_reached(lead, datetime.now(UTC) - timedelta(minutes=5), REACHED)
        assert (told.user, told.rule) == (world.workers["key_worker"].id, limit.words)

    def test_without_its_middleware_it_would_not_hold(self, world, limit, monkeypatch):
        monkeypatch.setattr(limits, "LIMITS", ())
        client = browser(world, proved=self.proved(limit))
        done(world, limit, limit.most)
        assert not is_held_back(ask(world, limit, client), limit)


def test_a_new_proof_begins_the_count_anew(world):
    limit = BY_NAME["women opened"]
    done(world, limit, limit.most)
    assert is_held_back(ask(world, limit, browser(world)), limit)
    assert ask(world, limit, browser(world, proved=time.time())).status_code == 200


def test_typing_on_is_one_look_up(world):
    limit, client = BY_NAME["look-ups"], browser(world)
    for _ in range(5):
        assert ask(world, limit, client).status_code == 200
    actor = world.actor("key_worker")
    with acting_as(actor):
        _, spans = limits.own_count(actor, datetime.now(UTC) - timedelta(hours=1), "people.look_up")
    assert spans <= 2


class TestProof:
    """Names within an hour of proving that it is she, files with names within five minutes (A5)."""

    @pytest.mark.parametrize(
        ("route", "seconds", "asked"),
        [
            ("people:records", proof.NAMES_SECONDS - 60, False),
            ("people:records", proof.NAMES_SECONDS + 60, True),
            ("act-for", proof.NAMES_SECONDS + 60, False),
        ],
    )
    def test_how_long_it_lasts(self, world, route, seconds, asked):
        answer = browser(world, proved=time.time() - seconds).get(reverse(route))
        assert (answer.status_code == 302) is asked
        if asked:
            assert answer.headers["Location"] == f"{reverse('account_reauthenticate')}?next=%2Fpeople%2F"

    @pytest.mark.parametrize("route", sorted(proof.FILES))
    @pytest.mark.parametrize(("seconds", "asked"), [(240, False), (360, True)])
    def test_files_with_names_want_a_fresh_one(self, world, route, seconds, asked):
        answer = browser(world, proved=time.time() - seconds).post(reverse(route, args=[world.records["van", 1]]))
        assert (answer.status_code == 302) is asked

    def test_looking_up_is_reading_and_writing_is_not(self, world):
        client = browser(world, proved=time.time() - proof.NAMES_SECONDS - 60)
        assert client.post(reverse("people:look-up"), {"words": "zq"}).status_code == 302
        made = client.post(reverse("people:new"), {"called": "Invented"})
        assert made.status_code == 302
        assert "confirm" not in made.headers["Location"]

    @pytest.mark.parametrize(("seconds", "asked"), [(-60, False), (60, True)])
    def test_a_phone_takes_names_along_only_with_a_proof_within_the_hour(self, world, seconds, asked):
        client = browser(world, proved=time.time() - proof.NAMES_SECONDS - seconds)
        answer = client.post(reverse("phone:list"), {"device": "no phone"})
        assert answer.status_code == (302 if asked else 404)

    @pytest.mark.parametrize("route", sorted(proof.PRINTS))
    @pytest.mark.parametrize(("seconds", "asked"), [(60, False), (proof.NAMES_SECONDS + 60, True)])
    def test_a_print_is_reading_and_leads_back_to_the_first_page(self, world, route, seconds, asked):
        client = browser(world, proved=time.time() - seconds)
        about = {"accommodation:take-away": [], "leaving-part": [1]}.get(route, [world.records["van", 1]])
        answer = client.post(reverse(route, args=about))
        assert answer.headers.get("Location", "").startswith(reverse("account_reauthenticate")) is asked
        if asked:
            assert answer.headers["Location"].endswith("?next=%2F")

    def test_what_she_looked_for_stands_in_no_address(self, world):
        client = browser(world, proved=time.time() - proof.NAMES_SECONDS - 60)
        answer = client.post(reverse("people:look-up"), {"words": "Zqriverside"})
        assert "Zq" not in answer.headers["Location"]

    def test_every_page_not_named_nameless_asks(self):
        from alongside.foundation.gate.permissions import declared

        assert set(declared()) >= proof.NAMELESS


def test_nothing_of_ours_sends_a_message():
    """No message leaves, so none with a name, a service or a reason: no e-mail, no SMS (T21)."""
    import re
    from pathlib import Path

    root = Path(limits.__file__).parents[2]
    senders = re.compile(r"django\.core\.mail|smtplib|send_mail\(|EmailMessage|twilio|urllib\.request|requests\.post")
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if "tests" not in path.parts and senders.search(path.read_text())
    }
    assert found == {"office/accounts/adapters.py"}  # where what allauth would send is thrown away
    assert senders.search("from django.core.mail import send_mail")
