"""What is learnt from events, and what more places would do."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import NAMESPACE_OID, UUID, uuid5

import numpy as np
import pytest

from alongside.casework.accommodation.fitting import NAMES, Change, Fit, NotEnough, Rate, compared, fitted, opened
from alongside.casework.accommodation.happened import (
    BedFact,
    BlockedFact,
    Happened,
    StayFact,
    UnitFact,
    WaitFact,
)
from alongside.casework.accommodation.rules import noon

FIRST = date(2024, 11, 22)
UNTIL = FIRST + timedelta(days=730)
HOUSE, SECOND, AGENCY = (UUID(int=each) for each in (1, 2, 3))


def at(day: float):
    return noon(FIRST) + timedelta(days=day)


def some(*parts: object) -> UUID:
    return uuid5(NAMESPACE_OID, "|".join(map(str, parts)))


def told(
    stays: list[tuple[UUID, int, float, float | None]],
    blocked: list[tuple[int, str, float, float | None]] = (),  # type: ignore[assignment]
    waits: list[tuple[int, float, float | None, str]] = (),  # type: ignore[assignment]
    beds: int = 4,
) -> Happened:
    """Stays (house, woman, from, until); blocked (woman, reason, from, until), all for the second stage."""
    return Happened(
        (UnitFact(HOUSE, AGENCY, "House", "first_stage"), UnitFact(SECOND, AGENCY, "Second", "second_stage")),
        tuple(BedFact(some(unit, number), unit, FIRST) for unit in (HOUSE, SECOND) for number in range(beds)),
        tuple(
            StayFact(some(unit, woman), some(woman), unit, some(unit, 0), at(begins), at(ends) if ends else None)
            for unit, woman, begins, ends in stays
        ),
        (),
        (),
        tuple(
            BlockedFact(
                some(HOUSE, woman), some(woman), HOUSE, "second_stage", why, at(begins), at(ends) if ends else None
            )
            for woman, why, begins, ends in blocked
        ),
        tuple(
            WaitFact(
                some("wait", woman), some(woman), HOUSE, "self", at(joined), at(ended) if ended else None, how, None
            )
            for woman, joined, ended, how in waits
        ),
    )


def test_a_mean_counts_the_stays_that_still_go_on() -> None:
    """Eight stays of 50 days ended, and one goes on for 100: 500 days to 8 ends."""
    happened = told([(HOUSE, woman, 10 * woman, 10 * woman + 50) for woman in range(8)] + [(HOUSE, 9, 629.5, None)])
    fit = fitted(happened, FIRST, UNTIL)["first_stage"]
    assert (fit.ready.events, round(fit.ready.days)) == (8, 500)
    assert fit.places == 4


def test_being_blocked_is_no_part_of_becoming_ready() -> None:
    happened = told(
        [(HOUSE, woman, 10 * woman, 10 * woman + 80) for woman in range(8)],
        [(0, "no_place", 50, 80), (1, "treatment", 60, 90), (2, "papers", 60, 90)],
    )
    fit = fitted(happened, FIRST, UNTIL)["first_stage"]
    assert round(fit.ready.days) == 8 * 80 - 30
    assert fit.held == pytest.approx(30 / 610, rel=0.01)
    assert (fit.bears.events, round(fit.bears.days)) == (1, 30)


def test_where_they_go_on_to() -> None:
    stays = [(HOUSE, woman, 10 * woman, 10 * woman + 50) for woman in range(8)]
    moved = [(SECOND, woman, 10 * woman + 50, None) for woman in range(2)]
    happened = told(stays + moved, [(5, "no_place", 90, 100)])
    assert fitted(happened, FIRST, UNTIL)["first_stage"].onward == {"second_stage": 3 / 8}


def test_who_waits_and_who_goes_elsewhere() -> None:
    happened = told(
        [(HOUSE, woman, 10 * woman, 10 * woman + 50) for woman in range(8)],
        waits=[(1, 0, 20, "placed"), (2, 10, 40, "elsewhere"), (3, 700, None, "")],
    )
    fit = fitted(happened, FIRST, UNTIL)["first_stage"]
    assert fit.joins.events == 3
    assert (fit.gives_up.events, round(fit.gives_up.days)) == (1, 20 + 30 + 30)


def test_too_little_is_not_learnt_from() -> None:
    with pytest.raises(NotEnough):
        fitted(told([(HOUSE, 1, 0, 50)]), FIRST, UNTIL)


FITS = {
    "first_stage": Fit(
        10, Rate(40, 40 * 100), {"second_stage": 0.7}, Rate(60, 730), Rate(20, 1_500), Rate(5, 600), 0.2, 40
    ),
    "second_stage": Fit(8, Rate(20, 20 * 250), {}, Rate(0, 730), Rate(0, 0), Rate(0, 0), 0.0, 20),
}


def test_more_places_further_on_shorten_the_wait_for_the_first() -> None:
    found = compared(FITS, Change({"second_stage": 10}), runs=40)
    now, then = found.now, found.then
    assert found.difference["silt"][2] < 0
    assert then["silt"][0] < now["silt"][0]
    assert then["waiting_nights"][0] < now["waiting_nights"][0]
    assert then["given"][0] > now["given"][0]


def test_other_waits_shortened_free_places_too() -> None:
    assert compared(FITS, Change({}, quicker=80), runs=40).difference["given"][0] > 0


def test_nothing_changed_changes_nothing_and_the_same_seed_says_the_same() -> None:
    now = compared(FITS, Change({}), runs=10).now
    assert now == compared(FITS, Change({}), runs=10).then
    assert compared(FITS, Change({}), runs=10, seed=1).now != now
    for name in NAMES:
        middle, low, high = now[name]
        assert low <= middle <= high


def test_fewer_events_leave_it_less_sure() -> None:
    """A rate drawn from 100 events lies closer to its mean than one drawn from 4."""
    lot = np.random.default_rng(0)
    few = [Rate(4, 400).mean(lot) for _ in range(500)]
    many = [Rate(100, 10_000).mean(lot) for _ in range(500)]
    assert np.median(few) == pytest.approx(100, rel=0.2)
    assert np.std(many) < np.std(few) / 3


def test_a_stay_that_ended_unplanned_with_nowhere_to_go_broke_down() -> None:
    happened = told([(HOUSE, woman, 10 * woman, 10 * woman + 50) for woman in range(8)])
    ways = [("not_seen", "not_asked"), ("house_ended", "nowhere"), ("her_choice", "family"), ("moved_on", "not_asked")]
    stays = tuple(
        replace(stay, reason=reason, where_to=where_to)
        for stay, (reason, where_to) in zip(happened.stays, 2 * ways, strict=True)
    )
    fit = fitted(replace(happened, stays=stays), FIRST, UNTIL)["first_stage"]
    assert fit.breaks == 4 / 8


BREAKING = {**FITS, "first_stage": replace(FITS["first_stage"], breaks=0.25)}


def test_a_new_high_support_unit_takes_women_whose_stays_break_down() -> None:
    found = compared(BREAKING, Change({"high_support": 5}), runs=40)
    assert found.now["broke"][0] > 2
    assert found.difference["broke"][2] < 0
    assert opened(BREAKING, "high_support").joins.events == 0


def test_the_step_that_opens_leaves_the_run_without_it_as_it_was() -> None:
    one, other = (compared(BREAKING, Change({"high_support": beds}), runs=5).now for beds in (1, 9))
    assert one == other == compared(BREAKING, Change({}), runs=5).then


@pytest.mark.parametrize(("fits", "step"), [(FITS, "high_support"), (BREAKING, "drug_free")])
def test_nobody_learns_from_a_step_where_nobody_lived(fits: dict[str, Fit], step: str) -> None:
    """Where no stay broke down, nobody would come to a high-support unit either."""
    with pytest.raises(ValueError, match=step):
        compared(fits, Change({step: 5}), runs=1)
