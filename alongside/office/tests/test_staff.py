"""Once a quarter each agency says who still works there (T18, 3b): who left is out with the same click."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.office import staff as pages
from alongside.office.tests.conftest import Staff, signed_in
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Membership, StaffCheck, Worker


@pytest.fixture
def manager(staff: Staff) -> Client:
    staff("ada@invented.example", ("van", Role.OUTREACH_WORKER))
    staff("ben@invented.example", ("van", Role.KEY_WORKER), ("house", Role.KEY_WORKER), name="Ben Invented")
    return signed_in(staff("mia@invented.example", ("van", Role.MANAGER), name="Mia Invented"))


def line_of(name: str) -> Membership:
    return Membership.objects.get(worker__email=f"{name}@invented.example", agency__slug="van")


def says(client: Client, *left: str, sure: str = "on") -> int:
    lines = [str(pk) for pk in Membership.objects.filter(agency__slug="van", until=None).values_list("pk", flat=True)]
    ticked = {f"left_{line_of(each).pk}": "on" for each in left}
    return client.post(reverse("staff"), {"line": lines, "sure": sure, **ticked}).status_code


def test_who_left_is_out_with_the_same_click(manager: Client) -> None:
    ada = Worker.objects.get(email="ada@invented.example")
    hers = signed_in(ada)
    Authenticator.objects.create(user=ada, type="webauthn", data={"name": "Office key"})
    assert hers.get(reverse("home")).status_code == 200
    assert says(manager, "ada") == 302
    answer = hers.get(reverse("home"))
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert not Worker.objects.get(pk=ada.pk).is_active
    assert not Authenticator.objects.filter(user=ada).exists()
    row = StaffCheck.objects.get()
    assert (row.stayed, row.left) == (2, 1)


def test_who_works_elsewhere_too_keeps_that(manager: Client) -> None:
    ben = Worker.objects.get(email="ben@invented.example")
    says(manager, "ben")
    assert Worker.objects.get(pk=ben.pk).is_active
    assert [each.agency.slug for each in Membership.objects.filter(worker=ben, until=None)] == ["house"]


def test_it_stands_on_her_first_page_each_quarter_and_the_administrator_sees_who_did_not(
    manager: Client, staff: Staff
) -> None:
    admin = signed_in(staff("ines@invented.example", ("house", Role.SYSTEM_ADMIN), name="Ines Invented"))
    due, late = "Say who still works here", "nobody has said who still works there"
    assert due in manager.get(reverse("home")).content.decode()
    assert f"{late}: House, Van" in admin.get(reverse("installation")).content.decode()
    assert says(manager) == 302
    assert due not in manager.get(reverse("home")).content.decode()
    assert f"{late}: House." in admin.get(reverse("installation")).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=92)):
        again = signed_in(Worker.objects.get(email="mia@invented.example"))
        assert due in again.get(reverse("home")).content.decode()


def test_where_nobody_is_a_manager_the_administrator_says_it(manager: Client, staff: Staff) -> None:
    admin = signed_in(staff("ines@invented.example", ("house", Role.SYSTEM_ADMIN), name="Ines Invented"))
    page = admin.get(reverse("staff")).content.decode()
    assert "Ben Invented" in page
    assert "Mia Invented" not in page
    lines = [str(pk) for pk in Membership.objects.filter(agency__slug="house").values_list("pk", flat=True)]
    ben = Membership.objects.get(worker__email="ben@invented.example", agency__slug="house")
    assert admin.post(reverse("staff"), {"line": lines, "sure": "on", f"left_{ben.pk}": "on"}).status_code == 302
    assert [each.agency.slug for each in Membership.objects.filter(worker=ben.worker, until=None)] == ["van"]
    assert StaffCheck.objects.get().agency.slug == "house"


def test_nothing_is_written_down_unless_every_line_was_looked_at(manager: Client, staff: Staff) -> None:
    assert says(manager, "ada", sure="") == 422
    assert manager.post(reverse("staff"), {"sure": "on", "line": ["x", str(uuid4())]}).status_code == 409
    assert says(manager, "mia") == 409
    assert line_of("ada").until is line_of("mia").until is None
    assert not StaffCheck.objects.exists()


def test_nobody_of_another_agency_is_reached(manager: Client) -> None:
    other = Membership.objects.get(worker__email="ben@invented.example", agency__slug="house")
    says(manager)
    lines = [str(pk) for pk in Membership.objects.filter(agency__slug="van", until=None).values_list("pk", flat=True)]
    manager.post(reverse("staff"), {"line": lines, "sure": "on", f"left_{other.pk}": "on"})
    assert Membership.objects.get(pk=other.pk).until is None


def test_a_leaver_who_stays_signed_in_would_be_noticed(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A planted defect: her role ends and her session does not."""
    monkeypatch.setattr(pages, "sign_out", lambda *_: None)
    ada = Worker.objects.get(email="ada@invented.example")
    hers = signed_in(ada)
    says(manager, "ada")
    assert not hers.get(reverse("home")).headers.get("Location", "").startswith(reverse("account_login"))


def test_who_has_not_signed_in_for_three_months_is_marked(manager: Client) -> None:
    Worker.objects.exclude(email="ada@invented.example").update(last_login=timezone.now() - timedelta(days=2))
    page = manager.get(reverse("staff")).content.decode()
    assert page.count("Not signed in for three months") == 1


def test_get_changes_nothing(manager: Client) -> None:
    assert manager.get(reverse("staff")).status_code == 200
    assert not StaffCheck.objects.exists()
