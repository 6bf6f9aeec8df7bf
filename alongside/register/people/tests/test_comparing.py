"""The seam to the engine: what goes in, what is kept, and groups that are the same seen near or from afar."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pytest

from alongside.register.people.chances import chance, number
from alongside.register.people.comparing import compare, compare_alone, groups, kept_model, packed, unpacked
from alongside.register.people.grouping import NEAR, neighbourhood, standing
from alongside.register.people.known import Age, Born, Known
from alongside.register.people.linkage import bayes_factors, link
from alongside.register.people.linking.table import COLUMNS, Listed, table

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data" / "linkage-dev" / "records.csv.gz"
ONE, TWO = UUID(int=1), UUID(int=2)


@cache
def borough() -> pa.Table:
    """The labelled records of one borough, with record ids as the product has them."""
    rows = csv.read_csv(SHARED, convert_options=csv.ConvertOptions(column_types={"rec_id": pa.string()}))
    rows = rows.filter(pc.equal(rows["area"], "B00017"))
    ids = pa.array([str(UUID(int=1_000_000 + int(each))) for each in rows["rec_id"].to_pylist()])
    return rows.set_column(rows.column_names.index("rec_id"), "rec_id", ids)


@cache
def compared():
    return compare(borough().set_column(borough().column_names.index("area"), "area", _one_area()), standing(()))


def _one_area():
    return pa.array(["partnership"] * len(borough()))


@cache
def found():
    """The engine's own answer on the same table."""
    return link(borough().set_column(borough().column_names.index("area"), "area", _one_area()))


def test_a_row_holds_what_the_agency_knows():
    known = Known(
        names=("Sunny", "Tee"),
        last_names=("Ellery", "Omar"),
        age=Age(26, 30, date(2025, 6, 1)),
        ethnicity="White Irish",
        area="Quayside",
        marks=("swallow@hand", "rose@neck"),
        phones=("07700900001", "07700900002"),
    )
    row = table([Listed(ONE, TWO, date(2026, 3, 4))], {ONE: known}).to_pylist()[0]
    assert row == {
        "rec_id": str(ONE),
        "agency": str(TWO),
        "rec_date": "2025-06-01",
        "known_as": "Sunny",
        "other_name": "Tee",
        "last_name": "Ellery;Omar",
        "dob": "",
        "approx_age": "28.0",
        "ethnicity": "White Irish",
        "area": "partnership",
        "hood": "Quayside",
        "marks": "swallow@hand;rose@neck",
        "phone": "07700900001",
    }


@pytest.mark.parametrize(
    ("known", "dob", "approx_age"),
    [
        (Known(born=Born(date(1990, 2, 3), date(1990, 2, 3))), "1990-02-03", ""),
        (Known(born=Born(date(1990, 1, 1), date(1990, 12, 31))), "", "35.2"),
        (Known(age=Age(20, 29)), "", "24.5"),
        (Known(), "", ""),
    ],
)
def test_a_part_of_a_date_is_an_age_with_a_span(known, dob, approx_age):
    row = table([Listed(ONE, TWO, date(2026, 3, 4))], {ONE: known}).to_pylist()[0]
    assert (row["dob"], row["approx_age"]) == (dob, approx_age)


def test_a_record_without_names_to_read_is_left_out():
    assert table([Listed(ONE, TWO, None)], {}).num_rows == 0
    assert table([Listed(ONE, TWO, None)], {}).column_names == list(COLUMNS)


def test_evidence_is_in_words_and_tells_no_value():
    rows = borough().to_pylist()
    values = {
        word.lower()
        for row in rows
        for name in ("known_as", "other_name", "last_name", "phone", "dob")
        for word in str(row[name] or "").replace(";", " ").split()
        if len(word) > 4
    }
    told = {
        sentence
        for edge in compared().edges
        for key in ("for", "against", "unknown")
        for sentence in edge.evidence[key]
    }
    assert 10 < len(told) < 120
    assert not [word for word in values if word in " ".join(told).lower().split()]


def test_nothing_that_is_kept_of_the_model_could_be_tried_against_names():
    kept = kept_model(found().model)
    assert kept["frequencies"] == {}
    assert found().model.frequencies  # else the line above would prove nothing
    text = json.dumps([kept, compared().evidence])
    names = {str(row["known_as"]) for row in borough().to_pylist() if row["known_as"]}
    assert not [name for name in names if len(name) > 4 and name in text]


def test_the_groups_of_kept_edges_are_those_of_the_engine():
    ids = [UUID(each) for each in borough()["rec_id"].to_pylist()]
    assert groups(ids, compared().edges, standing(())) == {UUID(a): UUID(b) for a, b in found().groups.items()}


def test_a_neighbourhood_alone_gives_the_groups_of_the_whole():
    ids = [UUID(each) for each in borough()["rec_id"].to_pylist()]
    edges = compared().edges
    whole = groups(ids, edges, standing(()))
    near = [(edge.a, edge.b) for edge in edges if edge.probability > NEAR]
    done: set[UUID] = set()
    for record in ids:
        if record not in done:
            around = neighbourhood([record], near)
            done |= set(around)
            inside = [edge for edge in edges if edge.a in around and edge.b in around]
            assert groups(around, inside, standing(())) == {each: whole[each] for each in around}
    assert done == set(ids)


def test_what_all_pairs_say_is_kept_but_for_the_rounding():
    table_ = borough().set_column(borough().column_names.index("area"), "area", _one_area())
    factors = bayes_factors(table_, found().model)
    back = unpacked(json.loads(json.dumps(packed(factors))))
    assert back.agencies == factors.agencies
    for name in ("agency", "left", "right"):
        assert np.array_equal(getattr(back, name), getattr(factors, name))
    assert np.abs(back.log_bf - factors.log_bf).max() <= 0.005 + 1e-9


def test_fewer_than_two_records_say_nothing():
    assert compare(borough().slice(0, 1), standing(())).edges == compare_alone(borough().slice(0, 1)) == []


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.9999, "Almost certainly the same woman: more than 99 in 100"),
        (0.97, "Very likely the same woman: about 97 in 100"),
        (0.8, "Probably the same woman: about 8 in 10"),
        (0.5, "Could go either way: about 5 in 10"),
        (0.06, "Very likely not the same woman: about 1 in 10"),
        (0.02, "Very likely not the same woman: about 2 in 100"),
    ],
)
def test_chances_in_words(probability, words):
    assert chance(probability) == words
    assert number(0.001) == "less than 1 in 100"
