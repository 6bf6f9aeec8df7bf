"""Other people's names out of her copy, and its files."""

import io
import zipfile

import pytest

from alongside.register.rights.pack import INSTEAD, candidates, packed, without


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Her sister Nadia came", f"Her sister {INSTEAD} came"),
        ("NADIA called; nadia’s phone", f"{INSTEAD} called; {INSTEAD}’s phone"),
        ("Nadiana is another name", "Nadiana is another name"),
        ("Nadia Quarmby and Quarmby", f"{INSTEAD} and {INSTEAD}"),
        ("J.R. (Ric) came", f"{INSTEAD} ({INSTEAD}) came"),
        ("", ""),
    ],
)
def test_names_on_the_list_are_taken_out(text, left):
    assert without(text, ["Nadia", "Nadia Quarmby", "Quarmby", "J.R.", "Ric", " "]) == left


def test_nothing_is_taken_out_without_a_list():
    assert without("Nadia came", ["", "  "]) == "Nadia came"


def test_words_that_may_be_names_are_proposed_but_for_hers():
    texts = ["On Friday Nadia came with Marlow’s van. She was well.", "Kelly said no"]
    assert candidates(texts, ["Kelly Ann"]) == ["Marlow’s", "Nadia"]


def test_the_files_open_and_hold_no_formula():
    content = packed([("What we know you by", ("What", "Words"), [("Note", "=cmd()"), ("Age", "31")])])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["01-what-we-know-you-by.csv"]
        text = archive.read(archive.namelist()[0]).decode("utf-8-sig")
    assert "Age,31" in text
    assert "\n=cmd" not in text
    assert ",=cmd" not in text
