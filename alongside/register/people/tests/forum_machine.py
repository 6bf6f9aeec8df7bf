"""Sharing with a forum, sitting on it, leaving it, being brought to it, in any order: for `sharing_machine.py`."""

from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from alongside.foundation.gate.level import acting_as
from alongside.foundation.gate.rows import writing
from alongside.register.agencies import forums
from alongside.register.agencies.codes import Purpose
from alongside.register.people import actions
from alongside.register.people.matrix import ASKED_OF_HER
from alongside.register.people.models import Grant, Item

WOMEN = st.sampled_from([("van", 0), ("van", 1), ("house", 0)])
GROUPS = st.sets(st.sampled_from(ASKED_OF_HER), min_size=1)
CHAIR = "van_manager"
SITTERS = st.sampled_from(["house_manager", "house_hostel", "van_outreach"])


class WithAForum(RuleBasedStateMachine):
    """One forum, which the van's manager chairs. `sits`, `agreed_with` and `brought` are the model."""

    def __init__(self):
        super().__init__()
        self.seats = {CHAIR: None}
        self.agreed_with = {}  # in force: woman -> grant and groups
        self.brought = {}  # on the list: woman -> item
        self.forum = None
        self.over = 0

    def panel(self):
        if self.forum is None:
            self.forum = self.as_chair(forums.make_forum, name="Thursday panel", purpose=Purpose.SAFETY)
        return self.forum

    def as_chair(self, action, *args, **facts):
        actor = self.world.actor(CHAIR)
        with acting_as(actor):
            return action(actor, *args, **facts)

    @rule(worker=SITTERS)
    def sit(self, worker):
        if worker not in self.seats:
            held = self.world.memberships[worker].id
            self.seats[worker] = self.as_chair(forums.seat, self.panel(), membership=held)

    @rule(worker=SITTERS)
    def leave(self, worker):
        if worker in self.seats:
            self.as_chair(forums.leave_forum, self.seats.pop(worker))

    @rule(woman=WOMEN, chosen=GROUPS, at_once=st.booleans())
    def share_with_the_forum(self, woman, chosen, at_once):
        """Half of the time she is brought at once: else few runs come to a list."""
        actor, today = self.asker(woman), timezone.localdate()
        facts = {"to_forum": self.panel(), "groups": chosen, "asked_on": today, "until": today + timedelta(days=9)}
        with acting_as(actor):
            self.agreed_with[woman] = (actions.give_grant(actor, self.world.records[woman], **facts), chosen)
        if at_once:
            self.bring(woman)

    @rule(woman=WOMEN)
    def withdraw_from_the_forum(self, woman):
        if woman in self.agreed_with:
            grant, _ = self.agreed_with.pop(woman)
            actor = self.asker(woman)
            with acting_as(actor):
                actions.withdraw_grant(actor, grant)
            self.items_drop(woman[0])

    @rule(woman=WOMEN)
    def its_last_day_passes(self, woman):
        """She stays on the list, and nobody sees her there."""
        if woman in self.agreed_with:
            grant, _ = self.agreed_with.pop(woman)
            with acting_as(actor := self.asker(woman)):
                self.time_passes(Grant.objects.visible_to(actor).filter(pk=grant))

    def items_drop(self, agency):
        """A withdrawal takes off the lists whatever of its agency no agreement opens any more."""
        kept = {woman: item for woman, item in self.brought.items() if woman[0] != agency or woman in self.agreed_with}
        self.brought = kept

    @rule(woman=WOMEN)
    def bring(self, woman):
        panel, actor, meets_on = self.panel(), self.asker(woman), timezone.localdate() + timedelta(days=3)
        refusal = None
        if woman not in self.agreed_with:
            refusal = actions.NotAgreed
        elif woman in self.brought:
            refusal = actions.BroughtAlready
        with acting_as(actor), self.expected(refusal):
            self.brought[woman] = actions.bring(actor, self.world.records[woman], forum=panel, meets_on=meets_on)

    @rule(woman=WOMEN, by_itself=st.booleans())
    def off_the_list(self, woman, by_itself):
        if woman not in self.brought:
            return
        item, actor = self.brought.pop(woman), self.asker(woman)
        with acting_as(actor):
            if not by_itself:
                actions.take_off(actor, item)
                return
            self.over += 1  # each of its meetings was on a day of its own
            token, past = writing.set("a test lets time pass"), timezone.localdate() - timedelta(days=self.over)
            Item.objects.visible_to(actor).filter(pk=item).update(meets_on=past, until=past)
            writing.reset(token)

    def opened(self, name, woman):
        """What the forum opens to this worker."""
        if name not in self.seats or woman not in self.brought:
            return set()
        return self.agreed_with.get(woman, (None, set()))[1]
