"""The simulation against what queueing theory proves: M/M/c, tandem queues, Little's law."""

from math import factorial

import numpy as np
import pytest

from alongside.casework.accommodation.simulating import Station, run

LONG = 20_000.0


def erlang_c(c: int, load: float) -> float:
    """Probability that a woman who comes to M/M/c has to wait. Erlang (1917); `load` = arrivals x service time."""
    top = load**c / factorial(c) * c / (c - load)
    return top / (sum(load**k / factorial(k) for k in range(c)) + top)


def erlang_b(c: int, load: float) -> float:
    """Probability that all c places are taken where nobody waits. Erlang (1917)."""
    return (load**c / factorial(c)) / sum(load**k / factorial(k) for k in range(c + 1))


def mean_wait(c: int, gap: float, lasts: float) -> float:
    load = lasts / gap
    return erlang_c(c, load) * lasts / (c - load)


def exponential(lot: np.random.Generator, mean: float):
    return lambda: lot.exponential(mean)


@pytest.mark.parametrize(("places", "gap", "lasts"), [(1, 10.0, 6.0), (3, 4.0, 9.0), (10, 6.0, 50.0)])
def test_one_house_waits_as_erlang_says(places: int, gap: float, lasts: float) -> None:
    means = []
    for seed in range(12):
        lot = np.random.default_rng(seed)
        house = run({"house": Station(places, exponential(lot, lasts), mean_gap=gap)}, LONG, lot, 2_000)["house"]
        means.append(sum(house.waits) / len(house.waits))
    error = np.std(means, ddof=1) / np.sqrt(len(means))
    assert abs(np.mean(means) - mean_wait(places, gap, lasts)) < 4 * error
    assert error < 0.25 * mean_wait(places, gap, lasts)


def test_a_wrong_queue_would_be_found() -> None:
    """With one place too many, the same comparison fails."""
    means = []
    for seed in range(12):
        lot = np.random.default_rng(seed)
        house = run({"house": Station(4, exponential(lot, 9.0), mean_gap=4.0)}, LONG, lot, 2_000)["house"]
        means.append(sum(house.waits) / len(house.waits))
    error = np.std(means, ddof=1) / np.sqrt(len(means))
    assert abs(np.mean(means) - mean_wait(3, 4.0, 9.0)) > 4 * error


def test_a_second_house_without_limit_changes_nothing_for_the_first() -> None:
    """Tandem with room enough behind: Burke's theorem, the first is M/M/c and the second holds arrivals x stay."""
    first, inside = [], []
    for seed in range(12):
        lot = np.random.default_rng(seed)
        seen = run(
            {
                "first": Station(3, exponential(lot, 9.0), {"second": 1.0}, mean_gap=4.0),
                "second": Station(10_000, exponential(lot, 20.0)),
            },
            LONG,
            lot,
            2_000,
        )
        first.append(sum(seen["first"].waits) / len(seen["first"].waits))
        inside.append(seen["second"].taken_days / seen["second"].days)
        assert seen["first"].blocked_days == pytest.approx(0)
    for found, theory in ((first, mean_wait(3, 4.0, 9.0)), (inside, 20.0 / 4.0)):
        error = np.std(found, ddof=1) / np.sqrt(len(found))
        assert abs(np.mean(found) - theory) < 4 * error


def test_two_single_places_in_a_row_block_as_theory_says() -> None:
    """Tandem of one and one with no room between, always someone waiting: 2/3 of the rate of one alone (Hunt 1956)."""
    rates = []
    for seed in range(12):
        lot = np.random.default_rng(seed)
        seen = run(
            {
                "first": Station(1, exponential(lot, 1.0), {"second": 1.0}, mean_gap=0.6, patience=30.0),
                "second": Station(1, exponential(lot, 1.0)),
            },
            3_000,
            lot,
            200,
        )
        rates.append(seen["first"].entered / seen["first"].days)
    error = np.std(rates, ddof=1) / np.sqrt(len(rates))
    assert abs(np.mean(rates) - 2 / 3) < 4 * error


def test_a_unit_that_catches_whose_stay_broke_down_turns_away_as_erlang_says() -> None:
    """Half of the stays of M/M/3 break down: by Burke's theorem they come to two places at random, and don't wait."""
    turned_away = []
    for seed in range(12):
        lot = np.random.default_rng(seed)
        seen = run(
            {
                "house": Station(3, exponential(lot, 9.0), mean_gap=4.0, breaks=0.5),
                "unit": Station(2, exponential(lot, 10.0), catches=True),
            },
            LONG,
            lot,
            2_000,
        )
        turned_away.append(seen["house"].broke / (seen["house"].broke + seen["unit"].entered))
        assert (seen["unit"].came, seen["unit"].waits, seen["unit"].broke) == (0, [], 0)
    error = np.std(turned_away, ddof=1) / np.sqrt(len(turned_away))
    assert abs(np.mean(turned_away) - erlang_b(2, 10.0 / 8.0)) < 4 * error
    assert abs(np.mean(turned_away) - erlang_b(3, 10.0 / 8.0)) > 4 * error  # a unit of another size would be found


def test_a_step_without_a_place_is_no_step() -> None:
    with pytest.raises(ValueError, match="capacity"):
        run({"house": Station(0, lambda: 1.0)}, 10, np.random.default_rng(0))


def test_what_waits_is_what_comes_times_how_long() -> None:
    """Little's law, with women who go elsewhere too, and nobody lost from the count."""
    lot = np.random.default_rng(3)
    house = run({"house": Station(3, exponential(lot, 9.0), mean_gap=2.0, patience=15.0)}, LONG, lot, 0)["house"]
    assert 0 <= house.came - house.entered - house.lost < 60
    # In equilibrium women give up at the rate of those who wait over their patience.
    assert house.lost == pytest.approx(house.waiting_days / 15.0, rel=0.05)
    assert house.taken_days <= 3 * house.days


def test_the_same_seed_gives_the_same_run() -> None:
    def once(seed: int):
        lot = np.random.default_rng(seed)
        return run({"house": Station(2, exponential(lot, 9.0), mean_gap=3.0)}, 500, lot)["house"]

    assert once(1) == once(1)
    assert once(1) != once(2)
