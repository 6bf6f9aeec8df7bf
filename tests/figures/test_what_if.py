"""The demo's own question: what three more move-on flats would do, learnt from its two years."""

from alongside.casework.accommodation.codes import Step
from alongside.casework.accommodation.fitting import Change, compared, fitted
from alongside.config.demo.two_years import LENGTH
from tests.figures.test_beds import Told, told  # noqa: F401  the same two years


def test_it_can_be_asked_of_the_demo(told: Told) -> None:  # noqa: F811
    fits = fitted(told.all, told.day(0), told.day(LENGTH))
    assert set(fits) == {Step.FIRST_STAGE, Step.SECOND_STAGE, Step.FLAT}
    found = compared(fits, Change({Step.FLAT: 3}), runs=60)
    assert found.then["silt"][0] < found.now["silt"][0]
    assert found.difference["silt"][0] < 0
