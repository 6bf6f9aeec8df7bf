"""No name goes where it does not belong: not in a log, an error, an address, a title, a dump (P2). Answers to everyone
are searched by the matrix; here are the other ways out. Each test first shows that it is not blind.
"""

import io
import json
import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from alongside.config import machine, postgres
from alongside.config.logs import NoValues, formatter
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.rows import writing
from alongside.foundation.kit.pdf import pdf
from alongside.register.people.actions import exclude, make_record
from alongside.register.people.known import Known
from alongside.register.people.linking import linkage_job, run_linkage
from alongside.register.people.models import Acceptance, LinkageRun, Pair
from alongside.register.people.pages import record as record_pages
from alongside.register.people.queries import names
from tests.policy.browsers import Browsers, word
from tests.policy.canary import ALL_HOLDERS, Scanner, body_of, everyone_but, read_by
from tests.policy.expected import HOUSE, LAKE_VAN, NAMES_OF, REACH, ROUTES, VAN, Page
from tests.policy.routes import routes
from tests.policy.stage import Stage
from tests.world import canaries, canary

EVERYONE = Scanner.of(ALL_HOLDERS)
HERS = canary("riverside", "van", 1, "name")
GATES = r"""(?:href|src|action|formaction|id|name|for)="([^"]*)\""""


@contextmanager
def app_log() -> Iterator[io.StringIO]:
    """Everything that the product would write to its log, at the most talkative level, through its own formatter."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter())
    handler.addFilter(NoValues())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def pages(browsers: Browsers, persona: str) -> Iterator[tuple[str, Any]]:
    """Every page that this persona may read, and what it answers."""
    for name, rule in ROUTES.items():
        if not isinstance(rule, Page) or rule.get != "ok" or persona not in rule.who:
            continue
        for target in REACH[rule.about] if rule.about else [""]:
            if not target or persona in REACH[rule.about][target]:
                values = browsers.stage.about(rule.about, target)
                yield f"{name} {target}", browsers.ask(persona, "GET", routes()[name].address(*values))


# --- those entitled see names: the scanner is not blind


@pytest.mark.parametrize("persona", sorted(VAN | HOUSE | LAKE_VAN))
def test_holders_read_their_own_names(browsers: Browsers, persona: str) -> None:
    own = Scanner.of(read_by(NAMES_OF[persona]))
    shown = set().union(*(own.found(answer.content) for _, answer in pages(browsers, persona)))
    woman = 2 if persona in HOUSE else 1
    slug, readers = NAMES_OF[persona]
    wanted = {token.lower() for token in canaries(slug, readers.partition(",")[0], woman).values()}
    assert wanted <= {token.lower() for token in shown}


@pytest.mark.parametrize(
    "dress",
    [
        str,
        str.upper,
        lambda t: "".join(f"%{ord(c):02X}" for c in t),
        lambda t: "".join(f"&#{ord(c)};" for c in t),
        lambda t: t.encode().hex(),
        lambda t: __import__("base64").b64encode(f"xx{t}y".encode()).decode(),
        lambda t: __import__("base64").b64encode(f"{t}".encode()).decode(),
    ],
)
def test_a_name_is_found_in_every_dress(dress: Any) -> None:
    assert EVERYONE.found(f"before {dress(HERS)} after".encode()) == {HERS}
    assert EVERYONE.found(f"before {HERS} after".encode("utf-16")) == {HERS}


def test_a_name_is_found_in_a_paper() -> None:
    """What a PDF draws lies packed in it: only who reads the paper finds it."""
    with TemporaryDirectory() as folder:
        template = Path(folder) / "paper.typ"
        template.write_text("#data.words")
        paper = pdf(template, {"title": "Paper", "words": f"Before {HERS}, after"})
    assert EVERYONE.found(paper) == set()
    assert EVERYONE.found_in_file(paper) == {HERS}


# --- addresses, titles, names of files: not even for those who may see her


@pytest.mark.parametrize("persona", ["key_worker", "house_key_worker", "coordinator"])
def test_no_name_in_an_address_a_title_or_a_header(browsers: Browsers, persona: str) -> None:
    looked_at = 0
    for where, answer in pages(browsers, persona):
        html = answer.content.decode(errors="replace")
        outside = " ".join(re.findall(GATES, html)) + "".join(re.findall(r"<title>.*?</title>", html, re.DOTALL))
        headers = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
        assert EVERYONE.found(f"{outside} {headers}".encode()) == set(), where
        looked_at += 1
    assert looked_at > 3


def test_a_name_in_a_title_would_be_found() -> None:
    assert EVERYONE.found(f"<title>{HERS}</title>".encode())


# --- every link that is shown can be followed, and leads to no name


@pytest.mark.parametrize(
    "persona",
    [
        "key_worker",
        "hostel_worker",
        "coordinator",
        "dp_lead",
        "system_admin",
        "commissioner",
        "contributor",
        "no_membership",
    ],
)
def test_following_every_link_tells_no_name(browsers: Browsers, persona: str) -> None:
    foreign = everyone_but(NAMES_OF.get(persona))
    waiting, known = ["/"], {"/"}
    while waiting and len(known) < 60:
        address = waiting.pop(0)
        answer = browsers.ask(persona, "GET", address)
        assert word(answer) in ("ok", "redirect", "confirm"), f"{persona} {address}: {word(answer)}"
        assert foreign.found(answer.content) == set(), f"{persona} {address}"
        links = re.findall(r'href="(/[^"#]*)', answer.content.decode(errors="replace"))
        links += [answer.headers["Location"]] if "Location" in answer.headers else []
        new = [link.replace("&amp;", "&") for link in links if not link.startswith(("/static/", "/accounts/"))]
        waiting += [link for link in dict.fromkeys(new) if link not in known]
        known |= set(new)


@pytest.mark.parametrize("persona", ["hostel_worker", "lake_key_worker"])
def test_who_types_her_name_learns_nothing_more(browsers: Browsers, persona: str) -> None:
    """She is known to the van alone; the one who looks knows her name from the street."""
    typed = canaries("riverside", "van", 1)
    foreign = everyone_but(NAMES_OF[persona], without=[typed["name"], typed["area"]])
    data = {"words": typed["name"], "area": typed["area"]}
    answer = browsers.ask(persona, "POST", routes()["people:look-up"].address(), data)
    assert word(answer) == "ok"
    assert foreign.found(answer.content) == set()
    own = browsers.ask("key_worker", "POST", routes()["people:look-up"].address(), data)
    assert typed["last"].lower() in own.content.decode().lower() or typed["alias"] in own.content.decode()


# --- logs and error pages


def test_nothing_of_her_in_the_log_when_pages_break(browsers: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_with_her_name(*_: object) -> None:
        note = HERS
        raise RuntimeError(f"{note} is not there")

    monkeypatch.setattr(record_pages, "listed", break_with_her_name)
    with app_log() as written:
        answer = browsers.ask("key_worker", "GET", routes()["people:records"].address())
    assert word(answer) == "error 500"
    assert "RuntimeError" in written.getvalue()
    assert EVERYONE.found(written.getvalue().encode()) == EVERYONE.found(answer.content) == set()


def test_nothing_of_her_in_the_log_when_all_goes_well(browsers: Browsers) -> None:
    with app_log() as written:
        for persona in ("key_worker", "coordinator"):
            for _ in pages(browsers, persona):
                pass
        browsers.ask("key_worker", "POST", routes()["people:look-up"].address(), {"words": HERS})
        browsers.ask("key_worker", "GET", f"/people/{HERS}/?name={HERS}")
        logging.getLogger("alongside").warning("the log is listened to")
    assert "listened to" in written.getvalue()
    assert EVERYONE.found(written.getvalue().encode()) == set()


def test_a_line_with_her_name_would_be_found() -> None:
    with app_log() as written:
        logging.getLogger("alongside.somewhere").warning("opened %s", HERS)
    assert EVERYONE.found(written.getvalue().encode()) == {HERS}


def test_nothing_of_her_in_a_broken_write(browsers: Browsers, stage: Stage) -> None:
    """PostgreSQL refuses a row that holds her name: neither our log nor the server's own tells it."""
    before = _server_log()
    with app_log() as written:
        logging.getLogger("alongside").error("told", exc_info=_error(stage))
    assert EVERYONE.found(written.getvalue().encode()) == set()
    grown = _server_log()[len(before) :]
    assert b"acceptance_ends_after_it_begins" in grown, "the server's log was not listened to"
    assert EVERYONE.found(grown) == set()


def _error(stage: Stage) -> DatabaseError:
    actor = stage.actor("key_worker")
    token = writing.set("a planted defect")
    try:
        with acting_as(actor), transaction.atomic():
            record = stage.riverside.records["van", 1]
            Acceptance.objects.create(
                partnership_id=actor.partnership,
                agency_id=actor.agency,
                record_id=record,
                basis="law",
                how_asked=HERS.encode(),
                asked_on="2026-03-04",
                until="2026-03-01",
                accepted_by=actor.user,
            )
    except DatabaseError as error:
        return error
    finally:
        writing.reset(token)
    raise AssertionError("the row was taken")


def _server_log() -> bytes:
    return (machine.home() / "postgres" / "server.log").read_bytes()


def test_a_talkative_server_would_be_found() -> None:
    before = _server_log()
    with postgres.address().connect() as owner:
        owner.execute("SET log_min_error_statement = 'error'")
        with pytest.raises(psycopg.Error):
            owner.execute(f"SELECT 1 / 0 AS {HERS}")
    assert EVERYONE.found(_server_log()[len(before) :]) == {HERS}


# --- the database as a thief would find it


def dump(owner: psycopg.Connection) -> Iterator[tuple[str, bytes]]:
    tables = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename").fetchall()
    for (table,) in tables:
        rows = owner.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table))).fetchall()
        yield table, "\n".join(row[0] for row in rows).encode()


def test_no_name_lies_open_in_any_table(browsers: Browsers, stage: Stage) -> None:
    with postgres.address().connect() as owner:
        found = {table: hits for table, text in dump(owner) if (hits := EVERYONE.found(text))}
        sizes = {table: len(text) for table, text in dump(owner)}
    assert found == {}
    assert sizes["people_identity"] > 10_000
    assert sizes["trail_trailrow"] > 1_000


def test_a_run_of_linkage_leaves_no_name(stage: Stage) -> None:
    """Model, evidence and figures are learnt from names; what is kept of them holds none."""
    with transaction.atomic():
        run = run_linkage(linkage_job(stage.riverside.partnership.id))
        with acting_as(linkage_job(stage.riverside.partnership.id)):
            left = [
                *LinkageRun.objects.unscoped("a test").filter(pk=run).values_list("model", "figures", "evidence"),
                *Pair.objects.unscoped("a test").filter(run=run).values_list("evidence"),
            ]
        transaction.set_rollback(True)
    assert len(left) > 3
    assert EVERYONE.found(json.dumps(left).encode()) == set()


def test_a_name_in_any_table_would_be_found(stage: Stage) -> None:
    with postgres.address().connect() as owner, owner.transaction(force_rollback=True):
        owner.execute("UPDATE trail_trailrow SET rule = %s WHERE id = (SELECT min(id) FROM trail_trailrow)", [HERS])
        assert [table for table, text in dump(owner) if EVERYONE.found(text)] == ["trail_trailrow"]


# --- the files of the server: tables, indexes, what is written ahead, what it puts aside

UNHEARD = "Zqunheardof"


def in_files(token: str) -> set[str]:
    """Folders of the state directory in which a file holds this token, as it was typed, in lower case or in UTF-16."""
    with postgres.address().connect() as owner:
        owner.autocommit = True
        owner.execute("CHECKPOINT")  # what stands in memory is written out
    wanted = [form.encode(code) for form in (token, token.lower()) for code in ("utf-8", "utf-16-le")]
    found = set()
    for path in machine.home().rglob("*"):
        with suppress(FileNotFoundError):  # the server takes away what it no longer needs
            if path.is_file() and any(each in path.read_bytes() for each in wanted):
                found.add(path.parent.name)
    return found


def test_a_new_name_lies_open_in_no_file_of_the_machine(stage: Stage) -> None:
    """She is recorded, looked up, and written about, by the product's own actions, and committed."""
    told = f"{UNHEARD}by{secrets.token_hex(4)}"
    actor = stage.actor("key_worker")
    with acting_as(actor):
        record = make_record(actor, known=Known(names=(told,), area=told, note=told))
    with acting_as(actor):
        exclude(actor, record, worker=stage.who["outreach_worker"][0].pk, words=told)
        assert next(iter(names(actor, [record]).values())).names == (told,)
    assert in_files(told) == set()


def test_a_name_in_a_file_of_the_server_would_be_found(stage: Stage) -> None:
    """A planted defect: a table keeps it as typed. Found though the table is gone: what is written ahead stays."""
    told = f"{UNHEARD}plain{secrets.token_hex(4)}"
    with postgres.address().connect() as owner:
        owner.execute(sql.SQL("CREATE TABLE careless AS SELECT {}::text AS name").format(sql.Literal(told)))
        owner.commit()
        owner.execute("DROP TABLE careless")
    assert "pg_wal" in in_files(told)


def test_nothing_was_sent_by_mail(browsers: Browsers) -> None:
    for _ in pages(browsers, "key_worker"):
        pass
    assert getattr(mail, "outbox", []) == []


def test_the_body_is_kept_without_what_each_request_makes_anew(browsers: Browsers) -> None:
    one, other = (browsers.ask("key_worker", "GET", routes()["people:new"].address()) for _ in range(2))
    assert body_of(one) == body_of(other)
    assert connection.in_atomic_block is False
