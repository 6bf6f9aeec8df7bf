"""Having keys destroyed, single ones or an agency's own: jobs, as the web process may not, and tried till done."""

from collections.abc import Sequence
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from alongside.foundation.gate.actor import NOBODY, Actor
from alongside.foundation.gate.level import acting_as
from alongside.foundation.vault.keys import ROTATION_SECONDS, key_service
from alongside.register.agencies.departing import note_shredded

AT_ONCE = 500  # ids in one job


@app.task(name="traces.destroy_keys", retry=RetryStrategy(max_attempts=5000, wait=30))
def destroy_keys(holder_id: str, record_id: str, ids: list[str]) -> None:
    """Destroy the data keys of an erased record that `holder` held. Doing it twice does nothing more."""
    key_service().destroy(UUID(holder_id), UUID(record_id), [bytes.fromhex(id) for id in ids])


@app.task(name="traces.forget_key", retry=RetryStrategy(max_attempts=5000, wait=30))
def forget_key(agency_id: str) -> None:
    """Destroy the key of an agency that left, and say that it is done. Doing it twice does nothing more."""
    key_service().ask("forget", ROTATION_SECONDS, holder=agency_id)
    job = Actor(job="shredding", reach="nothing", purpose="an agency left")
    with acting_as(job):
        note_shredded(job, agency=UUID(agency_id))


def ask_for_forgetting(agency: UUID) -> None:
    """When this transaction commits: not before the database has let go of the agency."""
    with acting_as(NOBODY):
        forget_key.defer(agency_id=str(agency))


def ask_for_destroying(holder: UUID, record: UUID, ids: Sequence[bytes]) -> None:
    """When this transaction commits. The ids are random and tell nothing."""
    # The table of jobs belongs to no agency; requests reach it as nobody.
    with acting_as(NOBODY):
        for start in range(0, len(ids), AT_ONCE):
            some = [id.hex() for id in ids[start : start + AT_ONCE]]
            destroy_keys.defer(holder_id=str(holder), record_id=str(record), ids=some)
