"""Two invented partnerships with everything in them that a page can be asked about, and who asks.

It is written to the database for good, so that each question can run in a transaction of its own and be undone, and
so that the second line can be changed from outside; `tear_down` empties every table again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

import psycopg
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)
from psycopg import sql

from alongside.config import postgres
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.level import acting_as
from alongside.insight.interchange.actions import choose_columns, hand_in, let_go_in
from alongside.insight.interchange.storing import intake_job
from alongside.insight.interchange.taking import take_all_in
from alongside.insight.population.actions import give_picture, keep_picture
from alongside.insight.population.counting import Facts, counted
from alongside.insight.population.periods import Period
from alongside.register.agencies.acting import actor_for
from alongside.register.agencies.codes import Role
from alongside.register.agencies.facts import agencies
from alongside.register.agencies.models import Membership, Worker
from alongside.register.people import facts
from alongside.register.people.acting import counting_job
from alongside.register.people.actions import (
    exclude,
    give_grant,
    hand_out,
    lead,
    name_worker,
    note_standing,
    offer_lead,
    say_why,
    stopped_using,
    take_back,
    take_in,
    withdraw_grant,
    write_matter,
)
from alongside.register.people.codes import AcceptanceBasis, FieldGroup, HandoutKind, Judgement, StandingKind
from alongside.register.people.intake import Incoming
from alongside.register.people.linking import accept, decide, undo
from alongside.register.people.tests.linking_world import edge, keep, pair_of
from tests.policy.rooms import ROOMS
from tests.policy.words import STRANGER
from tests.world import SEEN, World, build, canaries, known, reference

REMOVED = 20  # this woman came with a list that was undone
LISTED, TAKEN = 30, 31  # these stand in a list that is open, and in one that went in
SHARED = 40  # the van lets the house know who she is
FEARED = 41  # so does it of her, and she fears a worker of either
ENDED = 42  # she changed her mind about her
DIED = 43  # the house knew of her, until she died
YOUNG = 44  # the van found out that she is under 18
BROUGHT = 45  # the van brings her to a forum; she fears the nurse who sits on it
BROUGHT_TOO = 46  # so does it with her, and she fears nobody
OFF_THE_LIST = 47  # she agreed, and was taken off its list
TOOK_BACK = 48  # she changed her mind about the forum
TODAY = date.today()
# persona -> (partnership, agency, role) of whoever is not in the small world already
MORE = {
    "house_key_worker": ("riverside", "house", Role.KEY_WORKER),
    "house_manager": ("riverside", "house", Role.MANAGER),
    "nurse": ("riverside", "office", Role.NURSE),
    "court_worker": ("riverside", "office", Role.COURT_WORKER),
    "treatment_worker": ("riverside", "office", Role.TREATMENT_WORKER),
    "lake_nurse": ("lakeside", "office", Role.NURSE),
    "custody_dp_lead": ("riverside", "custody", Role.DP_LEAD),
    "password_only": ("riverside", "van", Role.KEY_WORKER),
    "by_code": ("riverside", "van", Role.KEY_WORKER),
    "closed": ("riverside", "van", Role.KEY_WORKER),
    "ended": ("riverside", "van", Role.KEY_WORKER),
}
OF_LAKESIDE = ("key_worker", "hostel_worker", "coordinator", "dp_lead", "system_admin")


@dataclass
class Stage:
    """`who`: persona -> worker and the membership she chose, or None. `targets`: kind -> name -> id."""

    riverside: World
    lakeside: World
    who: dict[str, tuple[Worker, Membership | None]] = field(default_factory=dict)
    targets: dict[str, dict[str, object]] = field(default_factory=dict)

    def about(self, kind: str, target: str) -> tuple[object, ...]:
        """What stands in the address of a page about this thing."""
        if not kind:
            return ()
        found = self.targets[kind][target]
        return found if isinstance(found, tuple) else (found,)

    def world(self, slug: str) -> World:
        return self.riverside if slug == "riverside" else self.lakeside

    def actor(self, persona: str) -> Actor:
        worker, membership = self.who[persona]
        return actor_for(membership, by_passkey=True) if membership else Actor(user=worker.id, by_passkey=True)


_kept: dict[str, bytes] = {}
_built: list[Stage] = []


@contextmanager
def standing() -> Iterator[Stage]:
    """The stage, committed; emptied afterwards. Built once in a process, then put back as it was."""
    try:
        if _built:
            _put_back()
        else:
            _built.append(_build())
            _keep_copy()
        yield _built[0]
    finally:
        tear_down()


def _tables(owner: psycopg.Connection) -> list[str]:
    """Every table but those that migrations filled."""
    kept = ("django_migrations", "django_content_type", "auth_permission")
    rows = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename").fetchall()
    return [row[0] for row in rows if row[0] not in kept]


def _keep_copy() -> None:
    with postgres.address().connect() as owner, owner.cursor() as cursor:
        for table in _tables(owner):
            with cursor.copy(sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(table))) as copy:
                _kept[table] = b"".join(bytes(part) for part in copy)


def _put_back() -> None:
    with postgres.address().connect() as owner, owner.transaction(), owner.cursor() as cursor:
        owner.execute("SET LOCAL session_replication_role = replica")  # in any order, without triggers
        for table, rows in _kept.items():
            with cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(table))) as copy:
                copy.write(rows)
        for table in _kept:
            owner.execute(
                "SELECT setval(s.oid::regclass, 1000000) FROM pg_class s JOIN pg_depend d ON d.objid = s.oid"
                " WHERE s.relkind = 'S' AND d.refobjid = %s::regclass AND d.deptype IN ('a', 'i')",
                [table],
            )


def tear_down() -> None:
    with postgres.address().connect() as owner:
        names = [sql.Identifier(table) for table in _tables(owner)]
        owner.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(sql.SQL(", ").join(names)))


def _build() -> Stage:
    stage = Stage(build("riverside"), build("lakeside"))
    _people(stage)
    for world in (stage.riverside, stage.lakeside):
        _remove_a_list(world)
        _find_pairs(world)
        _take_in_more(world)
    stage.targets = {
        "record": _records(stage),
        "pair": _pairs(stage),
        "decision": _decisions(stage),
        "worker": _workers(stage),
        "membership": _memberships(stage),
        "passkey": _passkeys(stage),
    }
    _accept(stage)
    stage.targets |= _share(stage)
    stage.targets |= _lists(stage)
    _picture(stage)
    for room in ROOMS:
        stage.targets |= room.stand(stage)
    return stage


def _people(stage: Stage) -> None:
    for persona, worker in stage.riverside.workers.items():
        stage.who[persona] = (worker, stage.riverside.memberships[persona])
    for persona in OF_LAKESIDE:
        stage.who[f"lake_{persona}"] = (stage.lakeside.workers[persona], stage.lakeside.memberships[persona])
    for persona, (slug, agency, role) in MORE.items():
        worker = _worker(persona)
        stage.who[persona] = (worker, _member(stage.world(slug), worker, agency, role))
    both = _worker("both")
    stage.who["both_unchosen"] = (both, None)
    stage.who["both_as_van"] = (both, _member(stage.riverside, both, "van", Role.KEY_WORKER))
    stage.who["both_as_house"] = (both, _member(stage.riverside, both, "house", Role.HOSTEL_WORKER))
    stage.who["no_membership"] = (_worker("no_membership"), None)
    _end(stage)
    for persona, (worker, _) in stage.who.items():
        if persona != "password_only" and not Authenticator.objects.filter(user=worker).exists():
            TOTP.activate(worker, generate_totp_secret())


def _worker(persona: str) -> Worker:
    worker = Worker(email=f"{persona}@more.example", name=f"{persona.replace('_', ' ').title()} Example")
    worker.set_password("a long enough pass phrase")
    worker.save()
    return worker


def _member(world: World, worker: Worker, agency: str, role: Role) -> Membership:
    return Membership.objects.create(worker=worker, agency=world.agencies[agency], role=role, since=date(2020, 1, 1))


def _end(stage: Stage) -> None:
    _, membership = stage.who["ended"]
    assert membership is not None
    membership.until = TODAY - timedelta(days=1)
    membership.save()
    closed, _ = stage.who["closed"]
    closed.is_active = False
    closed.save()


def _remove_a_list(world: World) -> None:
    slug, source, job = world.partnership.slug, UUID(int=99), world.job("intake", "van")
    with acting_as(job):
        taken = take_in(job, rows=[Incoming(known(slug, "van", REMOVED), SEEN, SEEN)], source=source)
        take_back(job, source=source)
    world.records["van", REMOVED] = taken.records[0]


def _take_in_more(world: World) -> None:
    slug, job = world.partnership.slug, world.job("intake", "van")
    women = (SHARED, FEARED, ENDED, DIED, YOUNG, BROUGHT, BROUGHT_TOO, OFF_THE_LIST, TOOK_BACK)
    rows = [Incoming(known(slug, "van", woman), SEEN, SEEN) for woman in women]
    with acting_as(job):
        taken = take_in(job, rows=rows, source=UUID(int=2))
    world.records |= {("van", woman): record for woman, record in zip(women, taken.records, strict=True)}


def _find_pairs(world: World) -> None:
    at = world.records
    keep(
        world,
        [
            edge(at["van", 0], at["house", 0], 0.9),
            edge(at["van", 2], at["house", 2], 0.8),
            edge(at["van", 4], at["house", 4], 0.6),
            edge(at["van", 0], at["custody", 0], 0.7),
            edge(at["custody", 0], at["custody", 3], 0.4),
            edge(at["van", 5], at["van", 7], 0.3),
        ],
        {
            "van": [edge(at["van", 1], at["van", 3], 0.6), edge(at["van", 5], at["van", 7], 0.5)],
            "house": [edge(at["house", 4], at["house", 6], 0.6)],
        },
    )


def _records(stage: Stage) -> dict[str, object]:
    river, lake = stage.riverside.records, stage.lakeside.records
    return {
        "van's": river["van", 1],
        "house's": river["house", 2],
        "custody's": river["custody", 3],
        "lake van's": lake["van", 1],
        "lake house's": lake["house", 2],
        "van's, shared": river["van", SHARED],
        "van's, feared": river["van", FEARED],
        "van's, ended": river["van", ENDED],
        "van's, died": river["van", DIED],
        "van's, under 18": river["van", YOUNG],
        "removed": river["van", REMOVED],
        "stranger": STRANGER,
    }


def _pairs(stage: Stage) -> dict[str, object]:
    return {
        "within van": _pair(stage, "key_worker", "van", 1, "van", 3),
        "within house": _pair(stage, "house_key_worker", "house", 4, "house", 6),
        "van and house": _pair(stage, "coordinator", "van", 0, "house", 0),
        "van and custody": _pair(stage, "coordinator", "van", 0, "custody", 0),
        "within custody": _pair(stage, "coordinator", "custody", 0, "custody", 3),
        "within van, from all lists": _hidden_pair(stage),
        "lake, van and house": _pair(stage, "lake_coordinator", "van", 0, "house", 0),
        "lake, within van": _pair(stage, "lake_key_worker", "van", 1, "van", 3),
        "stranger": STRANGER,
    }


def _pair(stage: Stage, persona: str, agency: str, woman: int, other: str, other_woman: int) -> UUID:
    at = (stage.lakeside if persona.startswith("lake_") else stage.riverside).records
    return pair_of(stage.actor(persona), at[agency, woman], at[other, other_woman])


def _hidden_pair(stage: Stage) -> object:
    """Evidence from all lists about two records of one agency: for the jobs only."""
    at = stage.riverside.records
    a, b = sorted((at["van", 5], at["van", 7]))
    with postgres.address().connect() as owner:
        row = owner.execute("SELECT id FROM people_pair WHERE a_id = %s AND b_id = %s AND held_by_id IS NULL", [a, b])
        return row.fetchone()[0]  # type: ignore[index]


def _decisions(stage: Stage) -> dict[str, object]:
    same, apart, unsure = Judgement.SAME, Judgement.NOT_SAME, Judgement.NOT_SURE
    undone = _decide(stage, "coordinator", unsure, "van", 4, "house", 4)
    with acting_as(stage.actor("coordinator")):
        undo(stage.actor("coordinator"), undone)
    return {
        "within van": _decide(stage, "key_worker", apart, "van", 5, "van", 7),
        "within house": _decide(stage, "house_key_worker", unsure, "house", 4, "house", 6),
        "van and house": _decide(stage, "coordinator", same, "van", 2, "house", 2),
        "undone": undone,
        "lake, van and house": _decide(stage, "lake_coordinator", same, "van", 2, "house", 2),
        "lake, within van": _decide(stage, "lake_key_worker", unsure, "van", 5, "van", 7),
        "stranger": STRANGER,
    }


def _decide(
    stage: Stage, persona: str, judgement: Judgement, agency: str, woman: int, other: str, other_woman: int
) -> UUID:
    actor, pair = stage.actor(persona), _pair(stage, persona, agency, woman, other, other_woman)
    with acting_as(actor):
        made: UUID = decide(actor, pair, judgement=judgement)
    return made


def _workers(stage: Stage) -> dict[str, object]:
    named = {
        "van's": "key_worker",
        "house's": "house_key_worker",
        "lake's": "lake_key_worker",
        "nobody's": "no_membership",
    }
    return {**{name: stage.who[persona][0].id for name, persona in named.items()}, "stranger": STRANGER}


def _memberships(stage: Stage) -> dict[str, object]:
    named = {"van's": "key_worker", "house's": "house_key_worker", "lake's": "lake_key_worker", "ended": "ended"}
    return {**{name: stage.who[persona][1].id for name, persona in named.items()}, "stranger": STRANGER}  # type: ignore[union-attr]


def _passkeys(stage: Stage) -> dict[str, object]:
    made = {}
    for name, persona in (("key worker's", "key_worker"), ("hostel worker's", "hostel_worker")):
        data = {"name": "Office key", "credential": _credential()}
        made[name] = Authenticator.objects.create(user=stage.who[persona][0], type="webauthn", data=data).pk
    return {**made, "stranger": 987_654}


def _lists(stage: Stage) -> dict[str, dict[str, object]]:
    """Open lists of the van, the custody list and the other partnership's van; and one of custody's that went in."""
    handed = {
        "van's": _hand_in(stage, "key_worker", "riverside", "van", LISTED),
        "custody's": _hand_in(stage, "contributor", "riverside", "custody", LISTED),
        "custody's, in": _hand_in(stage, "contributor", "riverside", "custody", TAKEN),
        "lake van's": _hand_in(stage, "lake_key_worker", "lakeside", "van", LISTED),
    }
    rows = {name: (list_id, _waiting_row(list_id)) for name, list_id in handed.items()}
    world = stage.riverside
    actor = stage.actor("contributor")
    with acting_as(actor):
        let_go_in(actor, handed["custody's, in"])
    take_all_in(intake_job(world.partnership.id, world.agencies["custody"].id), handed["custody's, in"])
    named_rows: dict[str, object] = {
        **rows,
        "another list's": (handed["van's"], rows["custody's"][1]),
        "stranger": (handed["van's"], STRANGER),
    }
    return {"list": {**handed, "stranger": STRANGER}, "row": named_rows}


def _hand_in(stage: Stage, persona: str, slug: str, agency: str, woman: int) -> UUID:
    """One row about a woman that can be read, and one that needs a person: her age is no age."""
    actor, tokens, waiting = stage.actor(persona), canaries(slug, agency, woman), canaries(slug, agency, LISTED)
    lines = [
        "Ref,Known as,Surname,Age,Area seen,Notes",
        f"{reference(slug, agency, woman)},{tokens['name']},{tokens['last']},31,{tokens['area']},{tokens['note']}",
        f"{woman}b,{waiting['alias']},,in her {waiting['mark']},{waiting['area']},",
    ]
    with acting_as(actor):
        received = hand_in(actor, content="\n".join(lines).encode(), file_name=f"{tokens['name']}.csv")
        choose_columns(actor, received.id, chosen={})
    return received.id


def _waiting_row(list_id: UUID) -> UUID:
    with postgres.address().connect() as owner:
        rows = owner.execute("SELECT id FROM interchange_stagedrow WHERE handed_in_id = %s ORDER BY number", [list_id])
        found: UUID = rows.fetchall()[0][0]
    return found


def _picture(stage: Stage) -> None:
    """Both partnerships have a picture, and it was given. What it counts does not matter here."""
    year = Period(date(2025, 4, 1), date(2026, 3, 31))
    for world, persona in ((stage.riverside, "coordinator"), (stage.lakeside, "lake_coordinator")):
        job, actor = counting_job(world.partnership.id), stage.actor(persona)
        found = counted(Facts([], agencies(world.partnership.id), None, []), year.since, year.until)
        with acting_as(job):
            made = keep_picture(job, found=found, period=year, as_of=year.until, made_from=facts.state(job))
        with acting_as(actor):
            give_picture(actor, made)


def _credential() -> dict[str, object]:
    """What a passkey leaves when it is set up, as far as reading it back needs."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    held = AttestedCredentialData.create(Aaguid.NONE, b"invented", public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    told = AuthenticatorData.create(b"\0" * 32, flags, 0, held)
    client = CollectedClientData.create("webauthn.create", b"invented", "http://localhost")
    attested = AttestationObject.create("none", told, {})
    response = AuthenticatorAttestationResponse(client_data=client, attestation_object=attested)
    return dict(RegistrationResponse(raw_id=b"invented", response=response))


def _accept(stage: Stage) -> None:
    """Both holders of woman 2 accepted, here and in the other partnership; of woman 4 the van alone."""
    asked = (
        ("riverside", "key_worker", "van", 2),
        ("riverside", "house_key_worker", "house", 2),
        ("riverside", "key_worker", "van", 4),
        ("lakeside", "lake_key_worker", "van", 2),
        ("lakeside", "lake_hostel_worker", "house", 2),
    )
    for slug, persona, agency, woman in asked:
        actor = stage.actor(persona)
        with acting_as(actor):
            accept(
                actor,
                stage.world(slug).records[agency, woman],
                basis=AcceptanceBasis.SHE_AGREED,
                how_asked="In person",
                asked_on=TODAY,
                until=TODAY + timedelta(days=90),
            )


def _share(stage: Stage) -> dict[str, dict[str, object]]:
    """The van gives the house three women; one fears two workers, one changed her mind and the house has stopped."""
    van, house = stage.actor("key_worker"), stage.actor("hostel_worker")
    at, home = stage.riverside.records, stage.riverside.agencies["house"].id
    groups = [FieldGroup.IDENTITY, FieldGroup.HEALTH, FieldGroup.NOTES]
    with acting_as(van):
        grants = {
            woman: give_grant(
                van,
                at["van", woman],
                to_agency=home,
                groups=groups,
                asked_on=TODAY,
                until=TODAY + timedelta(days=90),
                how_asked="Over tea",
            )
            for woman in (SHARED, FEARED, ENDED, DIED)
        }
        kept_out = [
            exclude(van, at["van", FEARED], worker=stage.who[persona][0].id)
            for persona in ("outreach_worker", "house_key_worker", "coordinator")
        ]
        hand_out(van, at["van", SHARED], HandoutKind.SHEET)
    with acting_as(house):
        hand_out(house, at["van", ENDED], HandoutKind.PRINT)
    with acting_as(van):
        withdraw_grant(van, grants[ENDED])
    with acting_as(house):
        stopped_using(house, grants[ENDED])
    stands, private, led = _stand(stage), _matters(stage), _lead(stage)
    records = {
        "van's": at["van", 1],
        "van's, shared": at["van", SHARED],
        "van's, feared": at["van", FEARED],
        "van's, ended": at["van", ENDED],
        "van's, died": at["van", DIED],
        "stranger": STRANGER,
    }
    return {
        "lead": {**led, "stranger": STRANGER},
        "offered lead": {**led, "stranger": STRANGER},
        "matter": {**private, "stranger": STRANGER},
        "standing": {"van's, died": stands[0], "van's, under 18": stands[1], "stranger": STRANGER},
        "seen record": records,
        "given record": records,
        "grant": {
            "shared": grants[SHARED],
            "feared": grants[FEARED],
            "ended": grants[ENDED],
            "stranger": STRANGER,
        },
        "ended grant": {"ended": grants[ENDED], "shared": grants[SHARED], "stranger": STRANGER},
        "exclusion": {"van's": kept_out[0], "stranger": STRANGER},
    }


def _stand(stage: Stage) -> list[UUID]:
    """One woman of the van has died, one is under 18, and one of the house. Why they read was said too long ago."""
    at, van, house = stage.riverside.records, stage.actor("key_worker"), stage.actor("hostel_worker")
    with acting_as(van):
        made = [
            note_standing(van, at["van", DIED], kind=StandingKind.DIED, on=TODAY),
            note_standing(van, at["van", YOUNG], kind=StandingKind.UNDER_18, words="Her school rang"),
        ]
    with acting_as(house):
        note_standing(house, at["house", 6], kind=StandingKind.UNDER_18)
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        for actor in (van, house):
            with acting_as(actor):
                say_why(actor, at["van", DIED], "Her sister asked")
    return made


def _matters(stage: Stage) -> dict[str, object]:
    """What the van's key worker heard, one kind by name only; a hostel worker's note on a child; one that is shared."""
    at, van, house = stage.riverside.records, stage.actor("key_worker"), stage.actor("hostel_worker")
    told, risk = canaries("riverside", "van", 1)["note"], canaries("riverside", "van", 1)["mark"]
    with acting_as(van):
        health = write_matter(van, at["van", 1], group=FieldGroup.HEALTH, words=told, risk=risk)
        violence = write_matter(van, at["van", 1], group=FieldGroup.SEXUAL_VIOLENCE, words=told)
        name_worker(van, at["van", 1], group=FieldGroup.SEXUAL_VIOLENCE, worker=stage.who["both_as_van"][0].id)
        shared = write_matter(van, at["van", SHARED], group=FieldGroup.HEALTH, words=told)
    with acting_as(house):
        write_matter(house, at["house", 2], group=FieldGroup.CHILDREN, words="A daughter", risk="He has her")
    return {"van's, health": health, "van's, violence": violence, "van's, shared": shared}


def _lead(stage: Stage) -> dict[str, object]:
    """The van leads for women 1 and 2, and asks the house to lead for 2, whom both may know of; the house for 4."""
    at, van, house = stage.riverside.records, stage.actor("key_worker"), stage.actor("hostel_worker")
    with acting_as(van):
        kept = lead(van, at["van", 1], worker=van.user)
        offered = lead(van, at["van", 2], worker=van.user)
        offer_lead(van, offered, to_agency=stage.riverside.agencies["house"].id, reads_on=True)
    with acting_as(house):
        lead(house, at["house", 4], worker=house.user)
    return {"van's": kept, "van's, offered": offered}
