"""`alongside keys`: an agency's key divided among three, opened by two, and what is told of it."""

import json
from pathlib import Path

import pytest

from alongside.config import cli, installation
from alongside.config.cli import dividing, keeping, operating
from alongside.foundation.gate.level import acting_as
from alongside.foundation.vault import keys
from alongside.foundation.vault.keys import SocketKeys, key_service
from alongside.foundation.vault.starting import start, stop
from alongside.register.agencies.models import Agency, Partnership
from alongside.register.agencies.queries import agency_names
from alongside.register.traces import pages, queries
from tests.world import World, build


@pytest.fixture
def world(db, tmp_path: Path, monkeypatch, settings):
    """A partnership with a key process of its own, which may be ended."""
    for module in (dividing, keeping, operating):
        monkeypatch.setattr(module, "ready", lambda: None)
    settings.KEYS_SOCKETS = tmp_path / "sockets"
    key_service.cache_clear()
    start(tmp_path / "keys", tmp_path / "sockets")
    yield build(women=2)
    stop(tmp_path / "sockets")
    key_service.cache_clear()


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    return [str(tmp_path / name) for name in ("anna", "bea", "cleo")]


def started_again(tmp_path: Path) -> None:
    stop(tmp_path / "sockets")
    start(tmp_path / "keys", tmp_path / "sockets")


def her_names(world: World) -> int:
    from alongside.register.people.queries import names

    actor = world.actor("key_worker")
    with acting_as(actor):
        return len(names(actor, [world.records["van", 1]]))


def divide(files: list[str]) -> int:
    return cli.main(["keys", "divide", "--agency", "van", *files])


def test_divided_shut_at_the_next_start_and_opened_by_two(world, files, tmp_path, capsys):
    assert divide(files) == 0
    assert "any two files open it: tried" in capsys.readouterr().out.lower()
    assert her_names(world) == 1
    started_again(tmp_path)
    with pytest.raises(keys.KeysLocked):
        her_names(world)
    cli.main(["keys"])
    assert "Night Van: key 2, " in (told := capsys.readouterr().out)
    assert "divided, LOCKED" in told
    assert cli.main(["keys", "unseal", files[2], files[0]]) == 0
    assert "Night Van is open" in capsys.readouterr().out
    assert her_names(world) == 1
    assert cli.main(["keys", "lock", "--agency", "van"]) == 0
    with pytest.raises(keys.KeysLocked):
        her_names(world)


def test_one_file_twice_opens_nothing(world, files, tmp_path, capsys):
    divide(files)
    started_again(tmp_path)
    assert cli.main(["keys", "unseal", files[0], files[0]]) == 2
    assert "do not open it together" in capsys.readouterr().err
    with pytest.raises(keys.KeysLocked):
        her_names(world)


def test_a_place_that_can_not_be_written_changes_nothing(world, files, tmp_path, capsys):
    for bad in (files[0], str(tmp_path / "no" / "stick")):
        assert divide([*files[:2], bad]) == 2
        assert "Nothing was changed" in capsys.readouterr().err
        for path in files:
            Path(path).unlink(missing_ok=True)
    assert key_service().kept(world.agencies["van"].id) == (1, False, True)


def test_a_shut_key_can_not_be_divided_anew(world, files, tmp_path, capsys):
    divide(files)
    started_again(tmp_path)
    assert divide([f"{path}-new" for path in files]) == 2
    assert "Open it first" in capsys.readouterr().err
    assert cli.main(["keys", "unseal", *files[:2]]) == 0


def test_a_whole_key_is_not_locked_by_a_word(world, capsys):
    assert cli.main(["keys", "lock", "--agency", "van"]) == 2
    assert "lies whole in a file here" in capsys.readouterr().err
    assert her_names(world) == 1


def test_the_key_of_what_agencies_share_can_be_divided_too(world, files, capsys):
    assert cli.main(["keys", "divide", "--partnership", "riverside", *files]) == 0
    assert key_service().kept(world.partnership.id).divided
    assert cli.main(["keys", "divide", "--partnership", "nowhere", *files]) == 2


@pytest.mark.parametrize("content", ["", "{}", json.dumps({"agency": "van", "secret": "x"})])
def test_what_is_no_key_file_is_said_so(world, files, capsys, content):
    for path in files[:2]:
        Path(path).write_text(content)
    assert cli.main(["keys", "unseal", *files[:2]]) == 2
    assert "no key file" in capsys.readouterr().err


def test_no_secret_is_printed(world, files, capsys):
    divide(files)
    cli.main(["keys", "unseal", *files[:2]])
    cli.main(["keys"])
    told = "".join(capsys.readouterr())
    assert told
    assert not [path for path in files if json.loads(Path(path).read_text())["secret"] in told]


def advice() -> list[str]:
    return installation.advice(agency_names())


class TestAdvice:
    def test_one_user_for_all_and_whole_keys_are_told_and_stop_nothing(self, world, files, capsys):
        Partnership.objects.update(is_invented=False)
        assert cli.main(["check"]) == 0
        told = capsys.readouterr().out
        assert "same system account" in told
        assert "Night Van" in told
        divide(files)
        assert "Night Van" not in "".join(advice())

    def test_an_account_of_its_own_is_not_told(self, world, monkeypatch):
        monkeypatch.setattr(SocketKeys, "user", lambda self: 65534)
        assert "same system account" not in "".join(advice())

    def test_the_demo_hears_nothing_of_dividing(self, world):
        assert "divide" not in "".join(advice())

    def test_an_administrator_hears_of_her_own_partnership_only(self, world):
        build("lakeside", women=1)
        Partnership.objects.update(is_invented=False)
        lakeside = {each.id: each.name for each in Agency.objects.filter(partnership__slug="lakeside", slug="van")}
        assert "Night Van" in "".join(installation.advice(lakeside))
        assert "Green House" not in "".join(installation.advice(lakeside))

    def test_a_process_that_does_not_answer_is_told(self, world, tmp_path):
        stop(tmp_path / "sockets")
        assert "does not answer" in "".join(advice())


def test_the_data_protection_lead_reads_how_it_rests(world, files, tmp_path):
    def line() -> str:
        lead = world.actor("dp_lead")
        with acting_as(lead):
            return pages._key(queries.seals(lead).key)

    assert "one file on the computer" in line()
    divide(files)
    assert "Two of them opened it" in line()
    started_again(tmp_path)
    assert "and shut" in line()
    stop(tmp_path / "sockets")
    assert "does not answer" in line()
