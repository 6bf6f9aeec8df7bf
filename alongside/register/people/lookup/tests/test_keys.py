"""Match keys: what should find a woman does, and nothing of her stands in them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.register.people.known import Age, Born, Known
from alongside.register.people.lookup import keys
from alongside.register.people.lookup.parts import parts_of, phones, places
from alongside.register.people.lookup.rarity import Sample, band_of

ON = date(2026, 3, 4)
SECRET, OTHER_SECRET = b"a" * 32, b"b" * 32
words = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30)
knowns = st.builds(
    Known,
    names=st.lists(words, max_size=3).map(tuple),
    last_names=st.lists(words, max_size=2).map(tuple),
    area=words,
    ethnicity=words,
    marks=st.lists(words, max_size=3).map(tuple),
    phones=st.lists(words, max_size=2).map(tuple),
    age=st.none() | st.builds(Age, st.floats(10, 99), st.floats(10, 99), st.just(ON)),
    born=st.none() | st.dates(date(1920, 1, 1), ON).map(lambda day: Born(day, day)),
)


def held(secret: bytes = SECRET, **known: object) -> set[int]:
    return set(keys.match_keys(parts_of(Known(**known), ON), keys.hasher(secret)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "on_file"),
    [
        ({"names": ("Lizzie",)}, {"names": ("Elizabeth",)}),
        ({"names": ("Katharine",), "area": "Quay"}, {"names": ("Catherine",), "area": "quay "}),
        ({"names": ("Liz",)}, {"names": ("Lizz",)}),
        ({"names": ("Jen Wright",)}, {"last_names": ("Wright",)}),
        ({"phones": ("+44 7700 900123",)}, {"phones": ("07700900123",)}),
        ({"marks": ("Rose@left hand",)}, {"marks": ("rose@Left Hand",)}),
        ({"born": Born(date(1990, 2, 3), date(1990, 2, 3))}, {"born": Born(date(1990, 2, 3), date(1990, 2, 3))}),
    ],
)
def test_what_should_find_her_shares_a_key(asked: dict[str, object], on_file: dict[str, object]) -> None:
    wanted = {keys.hasher(SECRET)(key) for key in keys.asked_for(parts_of(Known(**asked), ON))}  # type: ignore[arg-type]
    assert wanted & held(**on_file)


def test_a_guessed_age_reaches_into_the_years_beside() -> None:
    asked = parts_of(Known(area="Quay", age=Age(30, 30, ON)), ON)
    wanted = {keys.hasher(SECRET)(key) for key in keys.asked_for(asked)} - held(area="Quay")
    for apart in (-3, 3):
        assert wanted & held(area="Quay", age=Age(30 + apart, 30 + apart, ON))


def test_other_women_share_none() -> None:
    assert not held(names=("Duchess",), last_names=("Omar",)) & held(names=("Kay",)) - held(names=("X",))


def test_two_agencies_never_share_one() -> None:
    known = {"names": ("Elizabeth",), "area": "Quay", "phones": ("07700900123",)}
    assert not held(SECRET, **known) & held(OTHER_SECRET, **known)


@given(knowns)
def test_any_text_at_all_has_keys_that_fit_a_column(known: Known) -> None:
    made = keys.match_keys(parts_of(known, ON), keys.hasher(SECRET))
    assert made == sorted(set(made))
    assert all(-(2**63) <= key < 2**63 for key in made)


@given(knowns)
def test_what_is_on_file_is_asked_for_again(known: Known) -> None:
    parts = parts_of(known, ON)
    asked = set(keys.asked_for(parts))
    assert {key for key in keys.kinds_of(parts) if key[0] != "tells"} <= asked


def test_places_with_a_borough_and_without() -> None:
    assert places("Southam, King's Quay") == ("southam", "kings quay")
    assert places("King’s  QUAY") == ("", "kings quay")


def test_a_number_too_short_is_none() -> None:
    assert phones(("12", "07700 900 123", "0044 7700 900123")) == ("7700900123",)


@pytest.mark.parametrize(("share", "band"), [(1.0, 0), (1 / 31, 0), (1 / 32, 1), (1 / 4096, 8), (1e-9, 8), (0.0, 8)])
def test_bands_are_those_of_the_engine(share: float, band: int) -> None:
    assert band_of(share) == band


def test_a_sample_tells_how_many_hold_a_key() -> None:
    sample = Sample.of([[1, 2], [1], [1, 3], [4]], records=400)
    assert sample.expected(1) == 300
    assert sample.share(2, among=1) == pytest.approx(1 / 3)
    assert sample.share(9) == 0
