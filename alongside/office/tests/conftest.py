"""An invented partnership and workers, signed in or not."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from alongside.foundation.gate.level import acting_as
from alongside.register.agencies import actions, queries
from alongside.register.agencies.codes import AgencyKind, Role, Setting
from alongside.register.agencies.models import Worker
from tests.world import prove

PASSWORD = "lantern-otter-quiet-31"


@pytest.fixture
def partnership(db: None) -> UUID:
    operator = queries.operator()
    with acting_as(operator):
        made: UUID = actions.set_up_partnership(
            operator, slug="invented", name="Invented Partnership", area="Nowhere", is_invented=True
        )
        for slug, kind in (
            ("van", AgencyKind.SPECIALIST),
            ("house", AgencyKind.SPECIALIST),
            ("council", AgencyKind.COMMISSIONER),
            ("police", AgencyKind.CONTRIBUTOR),
        ):
            actions.set_up_agency(
                operator,
                partnership=made,
                slug=slug,
                name=slug.title(),
                kind=kind,
                setting=Setting.NONE,
                prefix=slug[:2].upper(),
            )
    return made


class Staff:
    """Makes workers with roles in the invented partnership."""

    def __init__(self) -> None:
        self.operator = queries.operator()

    def __call__(self, email: str, *roles: tuple[str, Role], name: str = "Ada Invented") -> Worker:
        with acting_as(self.operator):
            id = actions.set_up_worker(self.operator, email=email, name=name, password=PASSWORD)
            for slug, role in roles:
                agency = queries.agency_called(slug)
                assert agency is not None
                actions.give_role(self.operator, worker=id, agency=agency.id, role=role, since=date(2007, 1, 1))
        return Worker.objects.get(pk=id)


@pytest.fixture
def staff(partnership: UUID) -> Staff:
    return Staff()


@pytest.fixture(autouse=True)
def _no_limits_left_over(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def signed_in(worker: Worker) -> Client:
    """A browser in which this worker has used her passkey."""
    client = Client()
    client.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")
    prove_second_factor(client, worker)
    return client


def prove_second_factor(client: Client, worker: Worker) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    if not Authenticator.objects.filter(user=worker).exists():
        TOTP.activate(worker, generate_totp_secret())
    prove(client, worker)


from alongside.office.tests.provider import ada, net, service, van  # noqa: E402, F401  fixtures that need `Staff`
