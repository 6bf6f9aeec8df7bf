"""Hostile and broken files through the product: words that say what to do, and nothing kept of them."""

import io
import zipfile

import pytest

from alongside.foundation.gate.level import acting_as
from alongside.insight.interchange.actions import hand_in
from alongside.insight.interchange.models import FilePart, HandedIn, StagedRow
from alongside.insight.interchange.reading import ListRefused
from alongside.insight.interchange.storing import intake_job
from alongside.insight.interchange.taking import take_all_in
from alongside.register.people.models import Record
from tests.world import World, build


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"<workbook/>")
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(120):
                part.write(b"<row>" * 200_000)
    return out.getvalue()


def fetching() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(
            "xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook>&e;</workbook>'
        )
    return out.getvalue()


HOSTILE = {
    "unfolds_too_big": bomb,
    "entities": fetching,
    "pdf": lambda: b"%PDF-1.7",
    "empty": lambda: b"",
    "binary": lambda: b"Name\x00Age" * 3,
    "damaged": lambda: b"PK\x03\x04" + b"x" * 99,
}


@pytest.fixture
def world(db: None) -> World:
    return build(women=0)


@pytest.mark.parametrize("code", HOSTILE)
def test_a_hostile_file_leaves_nothing_behind(world: World, code: str) -> None:
    actor = world.actor("manager")
    with acting_as(actor):
        with pytest.raises(ListRefused) as refused:
            hand_in(actor, content=HOSTILE[code]())
        assert refused.value.code == code
        for model in (HandedIn, FilePart, StagedRow):
            assert not model.objects.visible_to(actor).exists()


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+A1", "-A1", "@SUM(A1)", "\t=1+1", "|calc"])
def test_a_formula_is_a_row_for_a_person_and_never_goes_in_by_itself(world: World, cell: str) -> None:
    job = intake_job(world.partnership.id, world.agencies["van"].id)
    content = f'Ref,Name,Age\n1,"{cell}",\n2,Bee,30\n'.encode()
    with acting_as(job):
        counts = HandedIn.objects.visible_to(job).get(pk=hand_in(job, content=content).id).counts
    assert (counts["ready"], counts["problems"] + counts["unreadable"]) == (1, 1)


def test_when_a_batch_fails_the_list_says_where_it_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from alongside.insight.interchange import storing, taking
    from alongside.insight.interchange.actions import let_go_in_here

    job = intake_job(world.partnership.id, world.agencies["van"].id)
    monkeypatch.setattr(storing, "AT_ONCE", 2)
    with acting_as(job):
        list_id = hand_in(job, content=b"Ref,Name\n1,Ash\n2,Bee\n3,Cat\n").id
        let_go_in_here(job, list_id)
    real, calls = taking.take_in, []

    def fails_once(*given: object, **facts: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise OSError("no room left on the disk")
        return real(*given, **facts)

    monkeypatch.setattr(taking, "take_in", fails_once)
    with pytest.raises(OSError, match="no room"):
        take_all_in(job, list_id)
    with acting_as(job):
        row = HandedIn.objects.visible_to(job).get(pk=list_id)
        assert (row.state, row.position, Record.objects.visible_to(job).count()) == ("stopped", 2, 2)
        let_go_in_here(job, list_id)
    take_all_in(job, list_id)
    with acting_as(job):
        assert Record.objects.visible_to(job).count() == 3
