"""Handing lists in at the machine: the same counts as through the pages, and no name in what is printed."""

from pathlib import Path

import pytest

from alongside.foundation.gate.actor import Actor
from alongside.insight.interchange.codes import ListState
from alongside.insight.interchange.reading import ListRefused
from alongside.insight.interchange.storing import intake_job
from alongside.insight.interchange.terminal import hand_in_file, take_in_file
from alongside.insight.interchange.tests.conftest import EXTRACTS
from alongside.insight.interchange.tests.test_taking_in import EXPECTED, PLAIN, records
from tests.world import World


@pytest.fixture
def job(world: World) -> Actor:
    return intake_job(world.partnership.id, world.agencies["van"].id)


@pytest.mark.parametrize("name", EXPECTED)
def test_every_extract(world: World, job: Actor, name: str) -> None:
    rows, ready, repeats, unreadable, _ = EXPECTED[name]
    report = hand_in_file(job, EXTRACTS / name)
    assert (report.state, report.ready) == (ListState.OPEN, ready)
    said = " ".join(report.lines)
    assert f"{rows} rows about a woman; {ready} ready to go in, {repeats} exact repeats" in said
    assert f"{unreadable} that cannot be read." in said
    told: list[tuple[int, int]] = []
    done = take_in_file(job, report.id, say=lambda at, of: told.append((at, of)))
    assert done.taken == {"new": ready, "changed": 0, "same": 0}
    assert told[-1] == (ready, ready)
    assert records(world, "van") == ready
    again = hand_in_file(job, EXTRACTS / name)
    assert (again.id, again.state) == (report.id, ListState.TAKEN)


def test_no_name_is_said(job: Actor, tmp_path: Path) -> None:
    path = tmp_path / "Zanthippa.csv"
    path.write_bytes(PLAIN.replace(b"Ash", b"Zanthippa").replace(b"nonsense", b"Quillon"))
    report = hand_in_file(job, path)
    done = take_in_file(job, report.id, with_gaps=True)
    said = " ".join([*report.lines, *done.lines])
    assert "Row 4, Age: it is not an age that can be read." in said
    assert not any(token in said for token in ("Zanthippa", "Quillon", "Bee", "Fay"))
    assert done.taken["new"] == 6


def test_what_is_no_plain_file_is_refused(job: Actor, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(EXTRACTS / "dropin_register.csv")
    for path in (tmp_path, tmp_path / "absent", tmp_path / "link"):
        with pytest.raises(ListRefused):
            hand_in_file(job, path)
