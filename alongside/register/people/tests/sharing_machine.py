"""Giving, withdrawing, keeping out, letting in, linking, unlinking, accepting, referring, handing over, looking in an
emergency, bringing to a forum (`forum_machine.py`) and ending, in any order, beside a model of what each worker then
sees. Run by `test_sharing_machine.py`.
"""

from contextlib import ExitStack, contextmanager, suppress
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from alongside.casework.referrals import actions as referrals
from alongside.casework.referrals.codes import PASSED_ON
from alongside.casework.referrals.rules import AskedAlready, KeptOut
from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.permissions import NotFound
from alongside.foundation.gate.rows import writing
from alongside.register.agencies import actions as agencies
from alongside.register.agencies.codes import Role, ServiceKind
from alongside.register.agencies.models import Membership, Worker
from alongside.register.agencies.queries import operator
from alongside.register.people import actions, queries
from alongside.register.people.codes import HER_YES, AcceptanceBasis, FieldGroup, Judgement
from alongside.register.people.linking import accept, decide, undo
from alongside.register.people.matrix import ASKED_OF_HER, MATRIX, Scope
from alongside.register.people.models import Grant
from alongside.register.people.tests.forum_machine import WithAForum
from alongside.register.people.tests.linking_world import edge, keep, pair_of
from alongside.register.rights.actions import emergency
from tests.world import World, canaries

WOMEN = [("van", 0), ("van", 1), ("house", 0)]  # the first and the last are one woman
ASKER = {"van": "van_asker", "house": "house_asker"}  # the workers who keep what she says; nobody keeps them out
PEOPLE = {
    "van_asker": ("van", Role.KEY_WORKER),
    "van_outreach": ("van", Role.OUTREACH_WORKER),
    "van_manager": ("van", Role.MANAGER),
    "house_asker": ("house", Role.KEY_WORKER),
    "house_hostel": ("house", Role.HOSTEL_WORKER),
    "house_manager": ("house", Role.MANAGER),
}
FEARED = [name for name in PEOPLE if name not in ASKER.values()]
TEAMS = [("van", Role.OUTREACH_WORKER), ("house", Role.HOSTEL_WORKER), ("house", Role.MANAGER)]
SAME = {("van", 0): ("house", 0), ("house", 0): ("van", 0)}
women, groups = st.sampled_from(WOMEN), st.sets(st.sampled_from(ASKED_OF_HER), min_size=1)
workers, both_sides = st.sampled_from(list(PEOPLE)), st.sampled_from(list(SAME))


@contextmanager
def expected(refusal):
    """What is inside is refused in this way, and undone; or is not refused at all."""
    if refusal is None:
        yield
        return
    with pytest.raises(refusal), transaction.atomic():
        yield


def settle(world: "Settled") -> None:
    for name, (agency, role) in PEOPLE.items():
        worker = Worker.objects.create(email=f"{name}@machine.example", name=name)
        world.memberships[name] = Membership.objects.create(
            worker=worker, agency=world.agencies[agency], role=role, since=date(2020, 1, 1)
        )
        world.workers[name] = worker
    keep(world, [edge(world.records["van", 0], world.records["house", 0], 0.97)])
    machine = operator()
    with acting_as(machine):
        facts = {"agency": world.agencies["house"].id, "slug": "hostel", "name": "Hostel", "kind": ServiceKind.HOSTEL}
        world.hostel = agencies.set_up_service(machine, **facts)


class Settled(World):
    """With the one service that women are sent to."""

    hostel: UUID


class Sharing(WithAForum):
    world: Settled
    expected = staticmethod(expected)

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.given: dict[tuple[str, int], tuple[object, set[FieldGroup]]] = {}  # in force: grant and groups
        self.out: dict[tuple[object, ...], object] = {}  # in force: (woman, whom) -> exclusion
        self.looks: list[tuple[tuple[str, int], str, set[FieldGroup], UUID]] = []  # open: woman, worker, groups, look
        self.sent: dict[tuple[str, int], tuple[UUID, set[FieldGroup]]] = {}  # unanswered: referral, what it may read on
        self.known: set[tuple[str, int]] = set()  # of whom others may know
        self.said: object = None
        self.turn = 0

    def teardown(self) -> None:
        try:
            for name in PEOPLE:
                self.check(name)
        finally:
            transaction.set_rollback(True)
            self.stack.close()

    # --- what happens

    @initialize(linked=st.booleans())
    def begin(self, linked):
        """Half of the time both agencies know of each other from the start: else few runs come to it."""
        if linked:
            self.link()
            for woman in SAME:
                self.others_may_know(woman)

    @rule(woman=women, chosen=groups)
    def give(self, woman, chosen):
        actor, other = self.asker(woman), "house" if woman[0] == "van" else "van"
        today = timezone.localdate()
        with acting_as(actor):
            made = actions.give_grant(
                actor,
                self.world.records[woman],
                to_agency=self.world.agencies[other].id,
                groups=chosen,
                asked_on=today,
                until=today + timedelta(days=9),
            )
        self.given[woman] = (made, chosen)

    @rule(woman=women)
    def withdraw(self, woman):
        if woman in self.given:
            grant, _ = self.given.pop(woman)
            actor = self.asker(woman)
            with acting_as(actor):
                actions.withdraw_grant(actor, grant)
            self.items_drop(woman[0])

    @rule(woman=women)
    def end(self, woman):
        """Its last day passes: for PostgreSQL's clock as well."""
        if self.given.pop(woman, None):
            actor = self.asker(woman)
            with acting_as(actor):
                self.time_passes(self.yes_to_the_agency(actor, woman))

    def time_passes(self, grants):
        token = writing.set("a test lets time pass")
        grants.update(until_at=timezone.now() - timedelta(seconds=1))
        writing.reset(token)

    @rule(woman=women, worker=st.sampled_from(FEARED))
    def fear_a_worker(self, woman, worker):
        self.keep_out(woman, ("worker", worker), worker=self.world.workers[worker].id)

    @rule(woman=women, team=st.sampled_from(TEAMS))
    def fear_a_team(self, woman, team):
        self.keep_out(woman, ("team", *team), agency=self.world.agencies[team[0]].id, role=team[1])

    @rule(woman=women)
    def fear_the_other_agency(self, woman):
        other = "house" if woman[0] == "van" else "van"
        self.keep_out(woman, ("agency", other), agency=self.world.agencies[other].id)

    def keep_out(self, woman, whom, **facts):
        actor = self.asker(woman)
        with acting_as(actor), suppress(actions.AlreadyKeptOut):
            self.out[(woman, *whom)] = actions.exclude(actor, self.world.records[woman], **facts)

    @rule(which=st.integers(0, 20), everyone=st.booleans())
    def let_in(self, which, everyone):
        told = sorted(self.out, key=str)
        for each in told if everyone else told[which % len(told) :][:1] if told else ():
            actor = self.asker(each[0])
            with acting_as(actor):
                actions.lift_exclusion(actor, self.out.pop(each))

    @rule()
    def link(self):
        if self.said is None:
            actor = self.world.actor("coordinator")
            pair = pair_of(actor, self.world.records["van", 0], self.world.records["house", 0])
            with acting_as(actor):
                self.said = decide(actor, pair, judgement=Judgement.SAME)

    @rule()
    def unlink(self):
        if self.said is not None:
            actor = self.world.actor("coordinator")
            with acting_as(actor):
                undo(actor, self.said)
            self.said = None

    @rule(woman=women)
    def others_may_know(self, woman):
        actor, today = self.asker(woman), timezone.localdate()
        with acting_as(actor):
            accept(
                actor,
                self.world.records[woman],
                basis=AcceptanceBasis.SHE_AGREED,
                how_asked="Over tea",
                asked_on=today,
                until=today + timedelta(days=9),
            )

        self.known.add(woman)

    @rule(woman=st.sampled_from(WOMEN[:2]), chosen=st.sets(st.sampled_from(PASSED_ON)), months=st.integers(0, 1))
    def send(self, woman, chosen, months):
        """To the house's hostel, which may read on in the van's record once it says yes."""
        actor = self.asker(woman)
        asked = referrals.Asked(service=self.world.hostel, groups=tuple(chosen), opens_months=months)
        kept_out, waits = (woman, "agency", "house") in self.out, woman in self.sent
        with acting_as(actor), expected(KeptOut if kept_out else AskedAlready if waits else None):
            made = referrals.send(actor, self.world.records[woman], asked=asked)
            self.sent[woman] = (made, chosen if months else set())

    @rule(woman=st.sampled_from(WOMEN[:2]))
    def take_in(self, woman):
        """What is read on in stands beside what she agreed before. She comes at once: it can begin anew."""
        if woman not in self.sent:
            self.send(woman, set(PASSED_ON), 1)
        if woman not in self.sent:
            return
        actor, (referral, more) = self.world.actor(ASKER["house"]), self.sent[woman]
        with acting_as(actor), expected(NotFound if self.barred(ASKER["house"], woman) else None):
            referrals.accept(actor, referral, seen=1)
            referrals.start(actor, referral, seen=2)
            del self.sent[woman]
            if more:
                _, before = self.given.get(woman, (None, set()))
                self.given[woman] = (self.agreed(woman), before | more)

    @rule(woman=both_sides, reads_on=st.booleans())
    def hand_over(self, woman, reads_on):
        """The other agency leads; if she agreed, the old team reads on there, beside what she agreed before."""
        hers, ours, theirs = SAME[woman], self.asker(woman), self.asker(SAME[woman])
        with acting_as(ours), expected(None if self.linked_for(ASKER[woman[0]]) else actions.NotLinked):
            lead = actions.lead(ours, self.world.records[woman], worker=ours.user)
            to = self.world.agencies[hers[0]].id
            actions.offer_lead(ours, lead, to_agency=to, reads_on=reads_on)
            with acting_as(theirs), expected(None if self.linked_for(ASKER[hers[0]]) else NotFound):
                actions.take_lead(theirs, lead)
                if reads_on:
                    self.given[hers] = (self.agreed(hers), set(ASKED_OF_HER))  # which is all there is

    @rule(worker=workers, chosen=st.sets(st.sampled_from(FieldGroup), min_size=1))
    def look_in_an_emergency(self, worker, chosen):
        """From her own agency's record into the other's: for herself alone, and more than her role sees."""
        own = (PEOPLE[worker][0], 0)
        actor, held_by = self.world.actor(worker), self.world.agencies[SAME[own][0]].id
        with acting_as(actor), expected(None if self.linked_for(worker) else NotFound):
            made = emergency.look(
                actor, self.world.records[own], held_by=held_by, groups=list(chosen), reason="She did not wake up"
            )
            self.looks.append((SAME[own], worker, chosen, made))

    @rule(which=st.integers(0, 20), hours_pass=st.booleans())
    def a_look_is_over(self, which, hours_pass):
        if not self.looks:
            return
        woman, worker, _, look = self.looks[which % len(self.looks)]
        actor = self.world.actor(worker)
        if hours_pass:
            keeper = self.asker(woman)
            with acting_as(keeper):
                self.time_passes(Grant.objects.visible_to(keeper).filter(to_worker=actor.user))
            self.looks = [each for each in self.looks if each[:2] != (woman, worker)]
            return
        with acting_as(actor), expected(NotFound if self.barred(worker, woman) else None):
            emergency.close(actor, look)
            self.looks = [each for each in self.looks if each[3] != look]

    # --- what must be

    @invariant()
    def each_sees_what_the_model_says(self):
        names = list(PEOPLE)
        self.check(names[self.turn % len(names)])
        self.turn += 1

    def asker(self, woman):
        return self.world.actor(ASKER[woman[0]])

    def barred(self, name, woman):
        agency, role = PEOPLE[name]
        kept = {told[1:] for told in self.out if told[0] == woman}
        return bool(kept & {("worker", name), ("team", agency, role), ("agency", agency)})

    def linked_for(self, name):
        """Whether both agencies said that the other may know, and neither record keeps this worker out."""
        kept_out = any(self.barred(name, woman) for woman in SAME)
        return self.said is not None and self.known >= {*SAME} and not kept_out

    def agreed(self, woman):
        """One of the grants that stand for what she agreed: any of them takes all back."""
        with acting_as(actor := self.asker(woman)):
            return self.yes_to_the_agency(actor, woman).order_by("-until_at", "pk").values_list("pk", flat=True)[0]

    def yes_to_the_agency(self, actor, woman):
        mine = Grant.objects.visible_to(actor).filter(record=self.world.records[woman], agency_id=actor.agency)
        return mine.filter(to_forum=None, basis__in=HER_YES, withdrawn_at=None)

    def shown(self, name, woman):
        """The model: the groups of another agency's record that this worker sees."""
        _, role = PEOPLE[name]
        _, chosen = self.given.get(woman, (None, set()))
        if self.barred(name, woman):
            return set()
        looked = [groups for her, worker, groups, _ in self.looks if (her, worker) == (woman, name)]
        looked.append(self.opened(name, woman))
        return set().union({group for group in chosen if Scope.SHARED in MATRIX.get((role.value, group), ())}, *looked)

    def check(self, name):
        agency, actor = PEOPLE[name][0], self.world.actor(name)
        records = self.world.records
        with acting_as(actor):
            own = {row.id for row in queries.records(actor)}
            shared = {row.record: set(row.groups) for row in queries.shared_with_us(actor)}
            known = queries.names(actor, [records[woman] for woman in WOMEN])
        for woman in WOMEN:
            record, token = records[woman], canaries("riverside", *woman)["name"]
            if woman[0] == agency:
                assert (record in own) is not self.barred(name, woman), (name, woman)
                assert (record in known) is not self.barred(name, woman), (name, woman)
            else:
                expected = self.shown(name, woman)
                assert shared.get(record, set()) == expected, (name, woman)
                names = known[record].names if record in known else ()
                assert (token in names) is (FieldGroup.IDENTITY in expected), (name, woman)
                assert record not in own
