"""What she asks: clocks, identity, her copy without other people's names, in her own hand (H2)."""

import io
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from alongside.foundation.gate.permissions import Denied, NotFound
from alongside.register.people import actions as people
from alongside.register.people.codes import AcceptanceBasis, FieldGroup, HandoutKind, StandingKind
from alongside.register.people.known import Known
from alongside.register.people.linking import accept
from alongside.register.rights.actions import hers as actions
from alongside.register.rights.codes import Decision, Exemption, Kind, Way
from alongside.register.rights.pack import INSTEAD
from alongside.register.rights.queries import hers as queries
from alongside.register.rights.queries.pack import her_pack
from alongside.register.rights.refusals import IdentityOpen, NotChecked, OwnSignature, SettledAlready
from alongside.register.rights.tests.doing import shares
from tests.world import canary, does

pytestmark = pytest.mark.django_db
HER = ("van", 1)


def asks(world, kind=Kind.ACCESS, by="key_worker", on=None, said="I want to see it"):
    day = on or timezone.localdate()
    return does(
        world, by, actions.receive, world.records[HER], kind=kind, way=Way.IN_PERSON, received_on=day, said=said
    )


def view(world, request, persona="dp_lead"):
    return does(world, persona, queries.her_request, request)


def text_of(pack):
    return "\n".join(text for section in pack.sections for row in section.rows for text in row)


def test_it_is_written_down_and_due_in_a_month(world):
    request = asks(world)
    row = view(world, request).row
    assert row.due >= timezone.localdate() + timedelta(days=28)
    assert row.code
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        assert view(world, request).row.is_late
        assert [each.id for each in does(world, "dp_lead", queries.open_requests)] == [request]


def test_the_clock_stands_while_it_may_not_be_she(world):
    request = asks(world)
    does(world, "key_worker", actions.ask_for_identity, request)
    assert view(world, request).row.due is None
    with pytest.raises(IdentityOpen):
        does(world, "dp_lead", actions.decide, request, decision=Decision.YES, why="Yes")
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        assert not view(world, request).row.is_late
        does(world, "key_worker", actions.settle_identity, request)
        assert view(world, request).row.due > timezone.localdate()


def test_two_months_more_once_with_a_reason(world):
    request = asks(world)
    before = view(world, request).row.due
    does(world, "dp_lead", actions.extend, request, why="Eleven years of notes")
    assert view(world, request).row.due > before + timedelta(days=50)
    with pytest.raises(SettledAlready):
        does(world, "dp_lead", actions.extend, request, why="Again")


def test_a_complaint_is_acknowledged_decided_and_answered(world):
    request = asks(world, Kind.COMPLAINT, said="You told my brother")
    assert view(world, request).acknowledge_by == timezone.localdate() + timedelta(days=29)
    does(world, "outreach_worker", actions.acknowledge, request)
    with pytest.raises(SettledAlready):
        does(world, "key_worker", actions.answer, request, how="Told her")
    with pytest.raises(Denied):
        does(world, "key_worker", actions.decide, request, decision=Decision.YES, why="She is right")
    does(world, "dp_lead", actions.decide, request, decision=Decision.YES, why="She is right")
    does(world, "key_worker", actions.answer, request, how="Told her at the van")
    done = view(world, request)
    assert (done.row.state, done.row.is_open, done.done_words) == ("Done", False, "Told her at the van")
    with pytest.raises(SettledAlready):
        does(world, "key_worker", actions.answer, request, how="Again")


def test_her_copy_holds_everything_and_other_people_are_taken_out(world):
    note = "Her sister Nadia Quarmby brings her. Likes tea."
    does(world, "key_worker", people.correct_identity, world.records[HER], known=Known(names=("Misty",), note=note))
    shares(world, signed="manager")
    request = asks(world)
    first = does(world, "key_worker", her_pack, request)
    assert {"Nadia", "Quarmby"} <= set(first.may_be_names)
    assert "Misty" not in first.may_be_names
    does(
        world,
        "key_worker",
        actions.prepare_pack,
        request,
        others="Nadia Quarmby\nNadia",
        exemptions=[Exemption.OTHERS],
        held_back="",
    )
    pack = does(world, "key_worker", her_pack, request)
    told = text_of(pack)
    assert "Misty" in told
    assert "Likes tea" in told
    assert "Nadia" not in told
    assert INSTEAD in told
    assert world.agencies["house"].name in told
    assert "I want to see it" in told
    assert pack.request.exemptions == (Exemption.OTHERS,)


def test_her_copy_is_this_agencys_alone(world):
    request = asks(world)
    told = text_of(does(world, "key_worker", her_pack, request))
    assert canary("riverside", "van", 1, "name") in told
    assert canary("riverside", "house", 0, "name") not in told


def test_another_than_who_checked_it_hands_it_over_and_only_to_her(world):
    request = asks(world)
    with pytest.raises(IdentityOpen):
        does(world, "key_worker", actions.hand_over, request, how="At the van")
    does(world, "key_worker", actions.settle_identity, request)
    with pytest.raises(NotChecked):
        does(world, "key_worker", actions.hand_over, request, how="At the van")
    does(world, "manager", actions.check_pack, request)
    with pytest.raises(OwnSignature):
        does(world, "manager", actions.hand_over, request, how="At the van")
    does(world, "key_worker", actions.hand_over, request, how="At the van")
    assert view(world, request).row.state == "Done"


def test_what_changes_after_the_check_is_checked_again(world):
    request = asks(world)
    does(world, "key_worker", actions.settle_identity, request)
    does(world, "manager", actions.check_pack, request)
    does(world, "key_worker", actions.prepare_pack, request, others="Nadia", exemptions=[], held_back="")
    with pytest.raises(NotChecked):
        does(world, "key_worker", actions.hand_over, request, how="At the van")


def test_the_lead_reads_no_copy_and_nobody_elsewhere_finds_it(world):
    request = asks(world)
    with pytest.raises(Denied):
        does(world, "dp_lead", her_pack, request)
    for persona in ("hostel_worker", "coordinator"):
        with pytest.raises(NotFound):
            does(world, persona, her_pack, request)
    with pytest.raises(NotFound):
        does(world, "key_worker", her_pack, asks(world, Kind.COMPLAINT))


def test_who_is_kept_from_her_finds_no_request_of_hers(world):
    request = asks(world)
    does(world, "key_worker", people.exclude, world.records[HER], worker=world.workers["outreach_worker"].id)
    with pytest.raises(NotFound):
        does(world, "outreach_worker", queries.her_request, request)


def test_the_copy_as_files(world, sign_in):
    request = asks(world)
    answer = sign_in("key_worker").post(f"/rights/hers/{request}/copy/file/")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="copy-')
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        told = "".join(archive.read(name).decode("utf-8-sig") for name in archive.namelist())
    assert canary("riverside", "van", 1, "name") in told


def test_the_printed_copy_says_nothing_of_where_it_is_from_in_its_title(world, sign_in):
    page = sign_in("key_worker").post(f"/rights/hers/{asks(world)}/copy/print/").content.decode()
    assert "<title>Copy – Alongside</title>" in page
    assert "<nav" not in page


def test_her_copy_tells_what_the_register_keeps(world):
    """A row of each table of the register that the copy tells, in the words of the copy."""
    record = world.records[HER]
    today = timezone.localdate()
    asked = {"asked_on": today, "until": today + timedelta(days=90), "how_asked": "On the van"}
    house = world.agencies["house"].id
    does(world, "key_worker", people.give_grant, record, to_agency=house, groups=[FieldGroup.NOTES], **asked)
    does(world, "key_worker", accept, record, basis=AcceptanceBasis.SHE_AGREED, **asked)
    does(world, "key_worker", people.exclude, record, agency=house)
    does(world, "key_worker", people.lead, record, worker=world.actor("key_worker").user)
    does(world, "key_worker", people.hand_out, record, HandoutKind.SHEET)
    does(world, "key_worker", people.write_matter, record, group=FieldGroup.CHILDREN, words="With her aunt")
    does(world, "key_worker", people.note_standing, record, kind=StandingKind.UNDER_18, words="Her school rang")
    told = {section.title: section for section in does(world, "key_worker", her_pack, asks(world)).sections}
    for title, words in {
        "Whom we let know": world.agencies["house"].name,
        "That agencies you go to may know we work with you": "On the van",
        "Whom we keep from seeing this": f"Everyone at {world.agencies['house'].name}",
        "Your lead workers here": "20",
        "Prints and files with you in them": HandoutKind.SHEET.words,
        "What you told us in private": "With her aunt",
        "What we noted for everyone here": "Her school rang",
        "What you asked us": "I want to see it",
    }.items():
        assert any(words in text for line in told[title].rows for text in line), title
    assert "Also held: ask to see these on the screen" not in told
