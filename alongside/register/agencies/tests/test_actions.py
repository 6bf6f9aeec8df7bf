"""Partnerships, agencies, workers and roles: made once, ended and never deleted, and by nobody else."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError

from alongside.foundation.gate.actor import NOBODY, Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.register.agencies import actions, queries
from alongside.register.agencies.codes import AgencyKind, Role, ServiceKind, Setting, Source, Takes
from alongside.register.agencies.models import Agency, Membership, Partnership, Service, Worker

OPERATOR = queries.operator()


@pytest.fixture
def partnership(db: None) -> UUID:
    with acting_as(OPERATOR):
        made: UUID = actions.set_up_partnership(OPERATOR, slug="invented", name="Invented", area="Nowhere")
        return made


def agency(partnership: UUID, slug: str = "van", kind: AgencyKind = AgencyKind.SPECIALIST) -> UUID:
    with acting_as(OPERATOR):
        made: UUID = actions.set_up_agency(
            OPERATOR,
            partnership=partnership,
            slug=slug,
            name=slug.title(),
            kind=kind,
            setting=Setting.NONE,
            prefix=slug[:2].upper(),
        )
        return made


def worker(email: str = "ada@invented.example", password: str | None = None) -> UUID:
    with acting_as(OPERATOR):
        made: UUID = actions.set_up_worker(OPERATOR, email=email, name="Ada Invented", password=password)
        return made


def test_setting_up_twice_changes_nothing(partnership: UUID) -> None:
    first = (agency(partnership), worker())
    with acting_as(OPERATOR):
        again = actions.set_up_partnership(OPERATOR, slug="invented", name="Another name", area="", is_invented=True)
    assert again == partnership
    assert (agency(partnership), worker("ADA@invented.example")) == first
    assert Partnership.objects.get().name == "Invented"
    assert Partnership.objects.get().is_invented is False
    assert (Agency.objects.count(), Worker.objects.count()) == (1, 1)


def test_a_worker_without_a_password_signs_in_by_passkey_only(partnership: UUID) -> None:
    assert not Worker.objects.get(pk=worker()).has_usable_password()
    assert Worker.objects.get(pk=worker("eve@invented.example", "lantern-otter-quiet-31")).has_usable_password()


def test_a_faulty_address_makes_no_worker(partnership: UUID) -> None:
    with pytest.raises(ValidationError):
        worker("not an address")
    assert not Worker.objects.exists()


@pytest.mark.parametrize("kind", list(AgencyKind))
@pytest.mark.parametrize("role", list(Role))
def test_which_agency_gives_which_role(partnership: UUID, kind: AgencyKind, role: Role) -> None:
    """A contributor sees nothing, a commissioner no woman, an outside agency has no account, whatever someone types."""
    allowed = {
        AgencyKind.CONTRIBUTOR: {Role.CONTRIBUTOR, Role.DP_LEAD},
        AgencyKind.COMMISSIONER: {Role.COMMISSIONER, Role.DP_LEAD},
        AgencyKind.OUTSIDE: set(),
    }.get(kind, set(Role) - {Role.CONTRIBUTOR, Role.COMMISSIONER})
    home, ada = agency(partnership, kind=kind), worker()
    with acting_as(OPERATOR):
        if role in allowed:
            actions.give_role(OPERATOR, worker=ada, agency=home, role=role)
        else:
            with pytest.raises(ValidationError):
                actions.give_role(OPERATOR, worker=ada, agency=home, role=role)
    assert Membership.objects.exists() == (role in allowed)


def test_a_role_given_twice_is_one_role_and_ends_without_being_deleted(partnership: UUID) -> None:
    home, ada = agency(partnership), worker()
    with acting_as(OPERATOR):
        first = actions.give_role(OPERATOR, worker=ada, agency=home, role=Role.MANAGER, since=date(2007, 1, 1))
        assert actions.give_role(OPERATOR, worker=ada, agency=home, role=Role.MANAGER) == first
        assert [each.role for each in queries.memberships_in_force(partnership)] == [Role.MANAGER]
        actions.end_role(OPERATOR, membership=first)
        assert queries.memberships_in_force(partnership) == []
        with pytest.raises(NotFound):
            actions.end_role(OPERATOR, membership=first)
    assert Membership.objects.get().until == date.today() - timedelta(days=1)


def administrator(partnership: UUID, home: UUID) -> Actor:
    return Actor(
        partnership=partnership,
        agency=home,
        user=uuid4(),
        roles=frozenset({"system_admin"}),
        reach="counter",
        by_passkey=True,
    )


def test_an_administrator_reaches_her_own_partnership_only(partnership: UUID) -> None:
    home, ada = agency(partnership), worker()
    with acting_as(OPERATOR):
        other = actions.set_up_partnership(OPERATOR, slug="other", name="Other", area="Elsewhere")
    far = agency(other, "far")
    me = administrator(partnership, home)
    with acting_as(me):
        with pytest.raises(NotFound):
            actions.give_role(me, worker=ada, agency=far, role=Role.MANAGER)
        with pytest.raises(NotFound):
            actions.set_active(me, worker=ada, active=False)
        actions.give_role(me, worker=ada, agency=home, role=Role.MANAGER)
        actions.set_active(me, worker=ada, active=False)
    assert Worker.objects.get(pk=ada).is_active is False


@pytest.mark.parametrize("role", [*(each for each in Role if each != Role.SYSTEM_ADMIN), None])
def test_nobody_else_sets_anything_up(partnership: UUID, role: Role | None) -> None:
    home, ada = agency(partnership), worker()
    actor = (
        NOBODY
        if role is None
        else Actor(
            partnership=partnership,
            agency=home,
            user=ada,
            roles=frozenset({role.value}),
            reach="agency",
            by_passkey=True,
        )
    )
    with acting_as(actor):
        for attempt in (
            lambda: actions.set_up_partnership(actor, slug="x", name="X", area="X"),
            lambda: actions.set_up_worker(actor, email="x@invented.example", name="X"),
            lambda: actions.give_role(actor, worker=ada, agency=home, role=Role.MANAGER),
            lambda: actions.set_active(actor, worker=ada, active=False),
        ):
            with pytest.raises(Denied):
                attempt()
    assert not Membership.objects.exists()


def test_two_agencies_of_one_short_name_need_the_partnership(partnership: UUID) -> None:
    agency(partnership)
    with acting_as(OPERATOR):
        other = actions.set_up_partnership(OPERATOR, slug="other", name="Other", area="Elsewhere")
    assert queries.agency_called("van") is not None
    agency(other)
    assert queries.agency_called("van") is None
    found = queries.agency_called("van", "other")
    assert found is not None
    assert found.partnership == other
    assert queries.agency_called("nowhere") is None


# --- services: what an agency runs, and who may send a woman there


def service(home: UUID, slug: str = "hostel", **more: object) -> UUID:
    with acting_as(OPERATOR):
        made: UUID = actions.set_up_service(
            OPERATOR, agency=home, slug=slug, name=slug.title(), kind=ServiceKind.HOSTEL, **more
        )
        return made


def test_a_service_is_made_once_and_open_to_all(partnership: UUID) -> None:
    van, house = agency(partnership), agency(partnership, "house")
    made = service(house, takes=(Takes.STILL_USING,))
    assert service(house) == made
    row = queries.service(made, partnership)
    assert row is not None
    assert (row.agency, row.name, row.takes, row.is_outside) == (house, "Hostel", (Takes.STILL_USING,), False)
    assert all(made in queries.may_refer(van, source) for source in Source)


def test_a_service_may_be_open_to_one_agency_and_one_way_only(partnership: UUID) -> None:
    van, house, court = (agency(partnership, slug) for slug in ("van", "house", "court"))
    made = service(house, refer_from=(Source.COURT,), refer_agencies=(court,))
    assert queries.may_refer(court, Source.COURT) == {made}
    assert queries.may_refer(court, Source.AGENCY) == set()
    assert queries.may_refer(van, Source.COURT) == set()


def test_services_stay_in_their_partnership_and_end_with_their_last_day(partnership: UUID) -> None:
    house = agency(partnership, "house")
    kept, ended = service(house), service(house, "old")
    Service.objects.filter(pk=ended).update(until=date.today() - timedelta(days=1))
    assert [row.id for row in queries.services(partnership)] == [kept]
    assert [row.id for row in queries.services(partnership, uuid4())] == []
    assert queries.service(ended, partnership) is not None
    assert queries.service(kept, uuid4()) is None


def test_a_service_of_an_outside_agency_answers_on_paper(partnership: UUID) -> None:
    outside = agency(partnership, "association", AgencyKind.OUTSIDE)
    made = queries.service(service(outside), partnership)
    assert made is not None
    assert made.is_outside
