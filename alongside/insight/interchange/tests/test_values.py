"""What every form of a value is taken for."""

from datetime import date

import pytest

from alongside.insight.interchange.understanding.values import (
    State,
    find_marks,
    find_phones,
    read_age,
    read_area,
    read_date,
    read_ethnicity,
    read_first_name,
    read_full_name,
    read_marks,
    read_name,
    read_names,
    read_phones,
)

TODAY = date(2024, 11, 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("04/06/07", "2007-06-04", "2007-06-04"),
        ("4.6.2007", "2007-06-04", "2007-06-04"),
        ("13 June 2007", "2007-06-13", "2007-06-13"),
        ("Wed 13th June, 2007", "2007-06-13", "2007-06-13"),
        ("June 13, 2007", "2007-06-13", "2007-06-13"),
        ("20071119", "2007-11-19", "2007-11-19"),
        ("10-JUN-1974", "1974-06-10", "1974-06-10"),
        ("2007-06-13 10:20", "2007-06-13", "2007-06-13"),
        ("39234", "2007-06-01", "2007-06-01"),
        ("DOB 30.07.1982", "1982-07-30", "1982-07-30"),
        ("15/04/86", "1986-04-15", "1986-04-15"),
        ("1975", "1975-01-01", "1975-12-31"),
        ("c.1975", "1975-01-01", "1975-12-31"),
        ("June 1975", "1975-06-01", "1975-06-30"),
        ("Jun-07", "2007-06-01", "2007-06-30"),
        ("06/2007", "2007-06-01", "2007-06-30"),
        ("summer 2024", "2024-06-01", "2024-08-31"),
        ("winter 2006", "2006-12-01", "2007-02-28"),
        ("sometime in June", "2007-06-01", "2007-06-30"),
        ("14 June", "2007-06-14", "2007-06-14"),
        ("2024", "2024-01-01", "2024-11-01"),
        ("29/02/2004", "2004-02-29", "2004-02-29"),
    ],
)
def test_dates(text: str, first: str, last: str) -> None:
    understood = read_date(text, TODAY, 2007)
    assert understood.value is not None
    assert (understood.value.first.isoformat(), understood.value.last.isoformat()) == (first, last)
    assert understood.state is (State.VALUE if first == last else State.SPAN)


@pytest.mark.parametrize(
    "text",
    ["31/02/1979", "29/02/2005", "12/25/2006", "1/1/2031", "soon", "June 7", "30/12/1850", "x" * 500, "13/13/13"],
)
def test_dates_that_cannot_be(text: str) -> None:
    understood = read_date(text, TODAY, 2007)
    assert understood.state is State.PROBLEM
    assert "day/month/year" in understood.what_to_do


def test_a_month_without_a_year_is_no_date_in_a_list_without_one() -> None:
    assert read_date("sometime in June", TODAY).state is State.PROBLEM


@pytest.mark.parametrize(
    ("text", "low", "high", "stated"),
    [
        ("25.0", 25, 25, 25), ("25", 25, 25, 25), ("25 yrs", 25, 25, 25), ("aged 31", 31, 31, 31),
        ("c.25", 20, 30, 25), ("about 30", 25, 35, 30), ("abt 30", 25, 35, 30), ("~41", 38, 44, 41),
        ("30ish", 25, 35, 30), ("?30", 25, 35, 30), ("30?", 25, 35, 30), ("c.16", 13, 19, 16),
        ("20-25", 20, 25, 22.5), ("25/26", 25, 26, 25.5), ("30 to 20", 20, 30, 25),
        ("20s", 20, 29, 24.5), ("early 30s", 30, 33, 31.5), ("mid-twenties", 24, 26, 25), ("late 40's", 47, 49, 48),
        ("teens", 13, 19, 16), ("in her thirties", 30, 39, 34.5),
        ("under 25", 10, 24, None), ("over 40", 41, 100, None), ("40+", 40, 100, None),
    ],
)  # fmt: skip
def test_ages(text: str, low: int, high: int, stated: float | None) -> None:
    age = read_age(text).value
    assert age is not None
    assert (age.low, age.high, age.stated) == (low, high, stated)


def test_a_bare_age_is_a_guess_where_the_heading_says_so() -> None:
    age = read_age("25.0", approximate=True).value
    assert age is not None
    assert (age.low, age.high) == (20, 30)


@pytest.mark.parametrize("text", ["7", "140", "thirty-ish maybe", "1975", "x" * 500, "2005-01-01", "Tee"])
def test_ages_that_cannot_be(text: str) -> None:
    assert read_age(text).state is State.PROBLEM


@pytest.mark.parametrize(
    ("text", "known_as", "others", "lasts"),
    [
        ("Tee aka Lizzie Omar", "Tee", ("Lizzie",), ("Omar",)),
        ("Michaela AKA Mhaela Szymanska", "Michaela", ("Mhaela",), ("Szymanska",)),
        ("Lizzie/Liz", "Lizzie", ("Liz",), ()),
        ("LANGWICK, Tanisha", "Tanisha", (), ("Langwick",)),
        ("O'BRIEN, Mary", "Mary", (), ("O'Brien",)),
        ("MCDONALD, JEAN-ANN", "Jean-Ann", (), ("McDonald",)),
        ("CLAYKIN, Portuguese Hev", "Portuguese Hev", (), ("Claykin",)),
        ("UNKNOWN, Laura", "Laura", (), ()),
        ("Young Delia", "Young Delia", (), ()),
        ("Skinny Marg", "Skinny Marg", (), ()),
        ("Giggles Snadford", "Giggles", (), ("Snadford",)),
        ("Lashani (Jessie) Baker", "Lashani", ("Jessie",), ("Baker",)),
        ("Maria de Souza", "Maria", (), ("de Souza",)),
        ("Miss Kay", "Kay", (), ()),
        ("Sue from the corner", "Sue from the corner", (), ()),
        ("Kay, Zoe", "Kay", ("Zoe",), ()),
        ("Kelly ?", "Kelly", (), ()),
        ("Nee", "Nee", (), ()),
        ("TJ", "TJ", (), ()),
        ("Małgorzata", "Małgorzata", (), ()),
    ],
)
def test_names(text: str, known_as: str, others: tuple[str, ...], lasts: tuple[str, ...]) -> None:
    name = read_name(text).value
    assert name is not None
    assert (name.known_as, name.others, name.last_names) == (known_as, others, lasts)


def test_a_column_of_whole_names_puts_the_last_name_before_the_comma() -> None:
    name = read_full_name("Langwick, Tanisha").value
    assert name is not None
    assert (name.known_as, name.last_names) == ("Tanisha", ("Langwick",))


def test_a_column_of_first_names_keeps_two_words_together() -> None:
    name = read_first_name("Mary Jane/MJ").value
    assert name is not None
    assert (name.known_as, name.others, name.last_names) == ("Mary Jane", ("MJ",), ())


@pytest.mark.parametrize("text", ["12345", "07700 900000", "x" * 500])
def test_names_that_cannot_be(text: str) -> None:
    assert read_name(text).state is State.PROBLEM


@pytest.mark.parametrize(
    ("text", "names"),
    [("MANDY", ("Mandy",)),
     ("Tee; Lizzie / Liz", ("Tee", "Lizzie", "Liz")), ("Star, Moon & Sun", ("Star", "Moon", "Sun")),
     ("aka Bless", ("Bless",)), ("Tee, TEE", ("Tee",))],
)  # fmt: skip
def test_columns_of_other_names(text: str, names: tuple[str, ...]) -> None:
    assert read_names(text).value == names


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("ANGEL WINGS/LEFT ARM", ["angel wings@left arm"]),
        ("DRAGON/;NAME DAD/", ["dragon@", "name Dad@"]),
        ("feather@hand;scar@;angel wings@chest", ["feather@hand", "scar@", "angel wings@chest"]),
        ("name Jordan on chest", ["name Jordan@chest"]),
        ("rose on neck and scar across left cheek", ["rose@neck", "scar@left cheek"]),
        ("a tattoo of a swallow on her r wrist", ["swallow@right wrist"]),
        ("limp", ["limp@"]),
        ("rose@neck; rose@neck", ["rose@neck"]),
    ],
)
def test_marks(text: str, marks: list[str]) -> None:
    found = read_marks(text).value
    assert found is not None
    assert [str(mark) for mark in found] == marks


def test_a_note_gives_its_sure_marks_and_keeps_the_rest() -> None:
    marks, rest = find_marks("name Nan on chest, missing tooth on face, on good terms with the van")
    assert [str(mark) for mark in marks] == ["name Nan@chest", "missing tooth@face"]
    assert rest == "on good terms with the van"


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("07700900087", ("+447700900087",)), ("07700 900 087", ("+447700900087",)), ("7700900087", ("+447700900087",)),
        ("+44 (0)7700 900087", ("+447700900087",)), ("0044 7700 900087", ("+447700900087",)),
        ("020 7946 0000", ("+442079460000",)), ("07700900001/07700900002", ("+447700900001", "+447700900002")),
        ("0040 712 345 678", ("+40712345678",)),
    ],
)  # fmt: skip
def test_phones(text: str, phones: tuple[str, ...]) -> None:
    assert read_phones(text).value == phones


@pytest.mark.parametrize("text", ["12345", "ask her mum", "07700 9000", "1" * 400])
def test_phones_that_cannot_be(text: str) -> None:
    assert read_phones(text).state is State.PROBLEM


@pytest.mark.parametrize(
    ("text", "numbers", "rest"),
    [
        ("name Jordan on chest; mob 07700900000", ["+447700900000"], "name Jordan on chest"),
        ("mob 07700 900000, likes tea", ["+447700900000"], "likes tea"),
        ("seen 04/06/2007 with Kay", [], "seen 04/06/2007 with Kay"),
        ("arrested 2007-06-13 10:20", [], "arrested 2007-06-13 10:20"),
    ],
)
def test_phones_in_notes(text: str, numbers: list[str], rest: str) -> None:
    assert find_phones(text) == (numbers, rest)


@pytest.mark.parametrize(
    ("text", "broad"),
    [
        ("White British", "W"), ("W", "W"), ("IC1", "W"), ("Gypsy or Irish Traveller", "W"),
        ("White Other - Portuguese/Latin", "W"), ("Black African", "B"), ("IC3", "B"), ("Asian Other", "A"),
        ("ic4", "A"),
        ("Mixed White and Black Caribbean", "M"), ("Mixed race", "M"), ("M", "M"), ("Arab", "O"), ("IC6", "O"),
        ("Other", "O"), ("from the north", ""),
    ],
)  # fmt: skip
def test_ethnic_groups_keep_their_words(text: str, broad: str) -> None:
    ethnicity = read_ethnicity(text).value
    assert ethnicity is not None
    assert (ethnicity.text, ethnicity.broad) == (text, broad)


def test_one_place_has_one_key_however_it_is_written() -> None:
    areas = [read_area(text).value for text in ("FERNHILL RD", "Fernhill Road", "fernhill  rd.")]
    assert {area.key for area in areas if area} == {"fernhill road"}
    assert areas[0] is not None
    assert areas[0].text == "Fernhill Rd"


@pytest.mark.parametrize(
    "reader", [read_name, read_full_name, read_names, read_marks, read_phones, read_area, read_age]
)
def test_four_answers_stay_four(reader) -> None:  # type: ignore[no-untyped-def]  # readers of unlike values
    expected = {
        State.EMPTY: ["", "  "],
        State.NOT_KNOWN: ["n/k", "NK", "not known", "Unknown", "-", "?", "don't know"],
        State.NOT_ASKED: ["not asked", "n/a", "TBC"],
        State.NOT_SAID: ["refused", "chose not to say", "Prefer not to say"],
    }
    for state, texts in expected.items():
        assert {reader(text).state for text in texts} == {state}
