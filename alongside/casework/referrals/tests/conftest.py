from dataclasses import dataclass
from uuid import UUID

import pytest

from alongside.foundation.gate.level import acting_as
from alongside.register.agencies import actions as agencies
from alongside.register.agencies import queries
from alongside.register.agencies.codes import AgencyKind, ServiceKind, Setting, Source, Takes
from tests.world import World


@dataclass(frozen=True)
class Services:
    """The house's hostel and second stage, a service of the van for the house, and flats without an account."""

    hostel: UUID
    second: UUID
    van: UUID
    flats: UUID
    courts_only: UUID


def open_services(world: World) -> Services:
    operator = queries.operator()
    with acting_as(operator):
        outside = agencies.set_up_agency(
            operator,
            partnership=world.partnership.id,
            slug="outside",
            name="Quay Homes",
            kind=AgencyKind.OUTSIDE,
            setting=Setting.ACCOMMODATION,
            prefix="QH",
        )

        def made(agency: UUID, slug: str, kind: ServiceKind, **more: object) -> UUID:
            facts = {"agency": agency, "slug": slug, "name": slug.title(), "kind": kind, **more}
            found: UUID = agencies.set_up_service(operator, **facts)
            return found

        house, van = world.agencies["house"].id, world.agencies["van"].id
        return Services(
            hostel=made(house, "hostel", ServiceKind.HOSTEL, takes=(Takes.STILL_USING, Takes.WOMEN_ONLY)),
            second=made(house, "second", ServiceKind.HOUSE),
            van=made(van, "van", ServiceKind.OUTREACH),
            flats=made(outside, "flats", ServiceKind.FLATS),
            courts_only=made(house, "court-beds", ServiceKind.HOSTEL, refer_from=(Source.COURT,)),
        )


@pytest.fixture
def services(world: World) -> Services:
    return open_services(world)
