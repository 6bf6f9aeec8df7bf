"""The three questions of the demo's commissioner, learnt from its two years."""

import pytest

from alongside.casework.accommodation.codes import Step
from alongside.casework.accommodation.fitting import Change, Fit, compared, fitted
from alongside.config.demo.two_years import LENGTH
from tests.figures.test_beds import Told, told  # noqa: F401  the same two years


@pytest.fixture(scope="module")
def fits(told: Told) -> dict[str, Fit]:  # noqa: F811
    return fitted(told.all, told.day(0), told.day(LENGTH))


def test_three_more_flats(fits: dict[str, Fit]) -> None:
    assert set(fits) == {Step.FIRST_STAGE, Step.SECOND_STAGE, Step.FLAT}
    found = compared(fits, Change({Step.FLAT: 3}), runs=60)
    assert found.then["silt"][0] < found.now["silt"][0]
    assert found.difference["silt"][0] < 0


def test_a_high_support_unit_of_five_beds(fits: dict[str, Fit]) -> None:
    """Nobody has lived in one here: it takes women whose stays break down."""
    found = compared(fits, Change({Step.HIGH_SUPPORT: 5}), runs=60)
    assert found.now["broke"][0] > 1
    assert found.difference["broke"][2] < 0


def test_a_fifth_less_wait_for_rehab(fits: dict[str, Fit]) -> None:
    assert fits[Step.FIRST_STAGE].held > 0
    found = compared(fits, Change({}, quicker=20), runs=60)
    assert found.difference["waiting_nights"][0] < 0
