"""F3: a year's plan against about 110 women, by a police estimate: targets beside what was counted.

Date: the calendar year. Denominator of the targets: the 110 that the plan is about, never the women known. Definitions:
those of the set “A year’s plan”. Over 50 % referred, 20 % to detox or rehab, 15 % completing, 20 % on a script, 18 % to
supported housing, at most 7 % to destinations unknown.
"""

import pytest

from alongside.insight.commissioning import actions, queries
from alongside.insight.commissioning.actions import Agreed
from alongside.insight.commissioning.codes import Aim, Course, Measure
from alongside.insight.commissioning.pages.shown import actual, agreed
from alongside.insight.commissioning.tests.worlds import YEAR, counted, own_folders, world
from alongside.insight.monitoring.definitions import catalogue
from tests.world import World, as_persona

__all__ = ["own_folders", "world"]
pytestmark = pytest.mark.django_db
PLANNED = (
    ("referred", Aim.AT_LEAST, 51, 56),
    ("to_treatment", Aim.AT_LEAST, 20, 22),
    ("treatment_completed", Aim.AT_LEAST, 15, 17),
    ("on_script", Aim.AT_LEAST, 20, 22),
    ("came_to_stay", Aim.AT_LEAST, 18, 20),
    ("left_unknown", Aim.AT_MOST, 7, 8),
)


def test_f3_targets_stand_beside_what_was_counted(world: World) -> None:
    with as_persona(world, "coordinator") as actor:
        told = Agreed("A year’s plan", "plan", YEAR, None, 110, "A police estimate")
        plan = actions.set_plan(actor, agreed=told, service=None)
        for key, aim, share, _ in PLANNED:
            actions.set_target(actor, plan, key=key, aim=aim, measure=Measure.OF_ABOUT, value=share)
    counted(world, None, framework="plan")
    with as_persona(world, "coordinator") as actor:
        sheet = queries.plan_sheet(actor, plan)
    assert [(each.definition.key, each.needed) for each in sheet.targets] == [(key, of) for key, _, _, of in PLANNED]
    assert agreed(sheet.targets[1], sheet.plan) == "At least 20% of about 110 women: 22"
    assert actual(sheet.targets[1], sheet.plan) == "0, 0% of about 110"
    assert [each.course for each in sheet.targets][:5] == [Course.BEHIND] * 5
    assert sheet.targets[5].course == Course.ON_COURSE


def test_f3_every_line_of_the_plan_is_a_definition() -> None:
    known = catalogue()
    assert {key for key, _, _, _ in PLANNED} <= set(known.frameworks["plan"].keys())
    assert known.definitions["to_treatment"].any_of == ("into_detox", "into_rehab")
