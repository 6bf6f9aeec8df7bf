"""The console command: what it offers, what it refuses, and how it tells how far it is."""

import io
import json
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator

from alongside.config import cli, installation
from alongside.config.cli import demo, operating, serving
from alongside.config.cli.frame import Progress
from alongside.config.demo import personas
from alongside.register.agencies import queries
from alongside.register.agencies.codes import Role
from alongside.register.agencies.models import Agency, Membership, Partnership, Worker

ESTIMATES = Path(__file__).resolve().parents[4] / "shared" / "data" / "estimates"


@pytest.fixture
def stands(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test database stands already: nothing is started or migrated."""
    for module in (demo, operating, serving):
        monkeypatch.setattr(module, "ready", lambda: None)


def test_the_demo_makes_the_nine_personas_and_one_who_works_for_two(stands: None, capsys) -> None:
    assert cli.main(["demo", "--no-lists"]) == 0
    partnership = Partnership.objects.get()
    assert partnership.is_invented
    assert Agency.objects.count() == 8
    assert {each.role for each in queries.memberships_in_force(partnership.id)} == set(Role)
    twice = [each for each in Worker.objects.all() if each.memberships.count() == 2]
    assert len(twice) == 1
    assert not any(each.has_usable_password() for each in Worker.objects.all())
    assert "is ready" in capsys.readouterr().out


def test_a_second_demo_changes_nothing(stands: None) -> None:
    cli.main(["demo", "--no-lists"])
    before = (list(Membership.objects.values_list("id")), list(Agency.objects.values_list("id")))
    assert cli.main(["demo", "--no-lists"]) == 0
    personas.set_up_partnership()
    assert (list(Membership.objects.values_list("id")), list(Agency.objects.values_list("id"))) == before


def test_the_demo_is_never_made_beside_a_real_partnership(stands: None, capsys) -> None:
    Partnership.objects.create(slug="real", name="Real", area="Somewhere")
    assert cli.main(["demo", "--no-lists"]) == 2
    assert "not invented" in capsys.readouterr().err
    assert Partnership.objects.count() == 1


def test_the_entrances_name_every_persona(stands: None) -> None:
    personas.set_up_partnership()
    lines = list(personas.entrances("http://127.0.0.1:8000"))
    assert "http://127.0.0.1:8000/demo/" in lines[0]
    assert len(lines) == 1 + sum(len(roles) for _, _, roles in personas.PERSONAS)
    for role in Role:
        assert any(role.words in line for line in lines), role


def test_check_says_what_is_unsafe(stands: None, capsys, monkeypatch) -> None:
    assert cli.main(["check"]) == 0
    monkeypatch.setattr(installation, "problems", lambda: ["A table is open."])
    assert cli.main(["check"]) == 1
    assert "- A table is open." in capsys.readouterr().out


def test_serve_refuses_to_start_when_names_are_not_safe(stands: None, capsys, monkeypatch) -> None:
    monkeypatch.setattr(installation, "problems", lambda: ["The role could bypass row-level security."])
    monkeypatch.setattr(serving, "_start_web", lambda port: pytest.fail("it started"))
    assert cli.main(["serve", "--port", "1"]) == 2
    assert "could bypass" in capsys.readouterr().err


def worker_add(monkeypatch: pytest.MonkeyPatch, password: str, *changes: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    return cli.main(
        [
            "worker",
            "add",
            "--email",
            "nina@invented.example",
            "--name",
            "Nina New",
            "--agency",
            "bridge",
            "--role",
            "manager",
            *changes,
        ]
    )


def test_a_worker_is_added_with_a_password_that_nobody_saw(stands: None, monkeypatch, capsys) -> None:
    personas.set_up_partnership()
    assert worker_add(monkeypatch, "lantern-otter-quiet-31") == 0
    added = Membership.objects.get(worker__email="nina@invented.example")
    assert added.role == Role.MANAGER
    assert added.worker.check_password("lantern-otter-quiet-31")
    assert "lantern-otter" not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("password", "changes", "words"),
    [
        ("short", (), "at least 14"),
        ("password123456", (), "too common"),
        ("lantern-otter-quiet-31", ("--agency", "nowhere"), "not exactly one agency"),
        ("lantern-otter-quiet-31", ("--role", "queen"), "There is no role queen"),
        ("lantern-otter-quiet-31", ("--role", "contributor"), "no one there can be a contributor"),
        ("lantern-otter-quiet-31", ("--email", "not an address"), "valid email"),
    ],
)
def test_a_faulty_worker_is_refused_in_one_sentence(
    stands: None, monkeypatch, capsys, password: str, changes: tuple[str, ...], words: str
) -> None:
    personas.set_up_partnership()
    assert worker_add(monkeypatch, password, *changes) == 2
    assert words in capsys.readouterr().err
    assert not Membership.objects.filter(worker__name="Nina New").exists()


def test_at_the_machine_the_administrators_lost_passkey_is_taken_away(stands: None, capsys) -> None:
    personas.set_up_partnership()
    her = Worker.objects.get(email="ines@riverside.example")
    Authenticator.objects.create(user=her, type="webauthn", data={"name": "ring"})
    assert cli.main(["worker", "lost-passkey", "--email", "nobody@invented.example"]) == 2
    assert Authenticator.objects.filter(user=her).exists()
    assert cli.main(["worker", "lost-passkey", "--email", "ines@riverside.example"]) == 0
    assert not Authenticator.objects.filter(user=her).exists()
    assert "ines" not in capsys.readouterr().out


def test_at_the_machine_the_other_ways_of_signing_in_are_opened(stands: None) -> None:
    personas.set_up_partnership()
    Agency.objects.filter(slug="bridge").update(own_sign_in_only=True)
    assert cli.main(["agency", "open-other-ways", "--slug", "nowhere"]) == 2
    assert cli.main(["agency", "open-other-ways", "--slug", "bridge"]) == 0
    assert not Agency.objects.get(slug="bridge").own_sign_in_only


def test_an_agency_is_added_to_its_partnership(stands: None) -> None:
    given = [
        "agency",
        "add",
        "--partnership",
        "north",
        "--partnership-name",
        "North",
        "--slug",
        "van",
        "--name",
        "Van",
        "--prefix",
        "vn",
        "--kind",
        "specialist",
        "--setting",
        "street",
    ]
    assert cli.main(given) == 0
    assert cli.main(given) == 0
    added = Agency.objects.get()
    assert (added.prefix, added.setting, added.partnership.is_invented) == ("VN", "street", False)


def test_link_wants_to_know_which_partnership(stands: None, capsys, monkeypatch) -> None:
    monkeypatch.setattr("alongside.config.cli.linking.ready", lambda: None)
    assert cli.main(["link"]) == 2
    for slug in ("north", "south"):
        Partnership.objects.create(slug=slug, name=slug, area=slug)
    assert cli.main(["link"]) == 2
    assert "north, south" in capsys.readouterr().err


def test_evaluate_estimate_prints_one_json_object(capsys) -> None:
    file = ESTIMATES / "hiv_rome_four_lists.csv"
    assert cli.main(["evaluate", "estimate", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["seen"] == 1896
    assert found["low"] < found["estimate"] < found["high"]
    assert cli.main(["evaluate", "estimate", str(file)]) == 0
    assert "seen: 1896" in capsys.readouterr().out
    assert cli.main(["evaluate", "estimate", "no-such-file.csv"]) == 2


def test_progress_without_a_terminal_tells_now_and_then() -> None:
    out = io.StringIO()
    progress = Progress("Reading", out, every_seconds=0)
    progress(500, 2000)
    progress(7, 0)
    progress.end()
    lines = out.getvalue().splitlines()
    assert lines[:2] == ["Reading: 500 of 2,000 (25%)", "Reading: 7"]
    assert lines[2].startswith("Reading: done (")


def test_progress_on_a_terminal_rewrites_its_line() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    progress = Progress("Reading", out)
    progress(1, 4)
    progress.end()
    assert out.getvalue().startswith("\rReading: 1 of 4 (25%)\rReading: done")


def test_an_unknown_command_is_refused() -> None:
    with pytest.raises(SystemExit):
        cli.main(["nonsense"])
