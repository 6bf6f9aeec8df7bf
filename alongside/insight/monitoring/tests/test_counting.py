"""Snapshots and definitions: what goes into a snapshot, what a definition may say, and what is counted."""

import hashlib
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from alongside.insight.monitoring import definitions, snapshots
from alongside.insight.monitoring.definitions import BadDefinition, catalogue
from alongside.insight.monitoring.engine import Scope, count, count_with_agencies, window
from alongside.insight.monitoring.figures import Figure, Inconsistent, Period, months_before, quarter, quarter_before
from alongside.insight.monitoring.shape import KINDS, Fact, NotACode

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
A, B = "agency-a", "agency-b"


def record(woman: int, day: date = date(2025, 5, 1), agency: str = A) -> Fact:
    return Fact("record", day, agency, woman)


def contact(woman: int | None, day: date, agency: str = A, **codes: object) -> Fact:
    return Fact("contact", day, agency, woman, codes={"outcome": "met", **codes})  # type: ignore[dict-item]


FACTS = [
    *(record(woman) for woman in range(1, 9)),
    record(9, date(2026, 6, 1)),
    record(1, date(2026, 6, 1), B),  # known before: not new
    contact(1, date(2026, 2, 1), staying="outside", topics=("health", "leaving")),
    contact(1, date(2026, 3, 1), staying="own"),
    contact(1, date(2026, 4, 1), staying="not_said"),
    contact(2, date(2026, 11, 1), staying="squat"),
    contact(3, date(2025, 12, 31)),
    contact(3, date(2026, 12, 31), place="dropin", services=("nurse",)),
    contact(None, date(2026, 5, 5), place="street"),
    Fact("contact", date(2026, 10, 2), A, 4, codes={"outcome": "seen"}),
    Fact("shift", date(2026, 5, 5), A, amount=300, codes={"kind": "van"}),
    Fact("supply", date(2026, 5, 5), A, 2, amount=12, codes={"item": "condoms", "why": "given"}),
    Fact("supply", date(2026, 5, 6), A, amount=30, codes={"item": "condoms", "why": "left"}),
]


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    snapshots.write(tmp_path / "one", FACTS)
    return tmp_path / "one"


def counted(folder: Path, *keys: str, scope: Scope = Scope(), period: Period = YEAR) -> dict[str, Figure]:  # noqa: B008
    return count(folder, catalogue(), keys, scope, period)


# --- snapshots


def test_a_snapshot_is_a_file_a_kind_with_its_hash(tmp_path: Path) -> None:
    written = snapshots.write(tmp_path / "one", FACTS)
    assert written.facts == len(FACTS)
    assert set(written.files) == {f"{kind}.parquet" for kind in KINDS}
    path = tmp_path / "one" / "contact.parquet"
    assert written.files["contact.parquet"] == hashlib.sha256(path.read_bytes()).hexdigest()
    snapshots.verify(tmp_path / "one", written.digest)


@pytest.mark.parametrize("change", ["write", "remove", "add"])
def test_an_altered_snapshot_is_not_counted(tmp_path: Path, change: str) -> None:
    written = snapshots.write(tmp_path / "one", FACTS)
    path = tmp_path / "one" / "shift.parquet"
    if change == "write":
        path.write_bytes(path.read_bytes() + b"x")
    elif change == "remove":
        path.unlink()
    else:
        (tmp_path / "one" / "more.parquet").write_bytes(b"x")
    with pytest.raises(snapshots.Altered):
        snapshots.verify(tmp_path / "one", written.digest)


@pytest.mark.parametrize(
    "fact",
    [
        contact(1, date(2026, 1, 1), staying="with Zqcanary in Mill Lane"),
        contact(1, date(2026, 1, 1), topics=("health", "Zqcanary")),
        contact(1, date(2026, 1, 1), note="Zqcanary"),
        Fact("Zqcanary", date(2026, 1, 1), A),
    ],
)
def test_free_text_never_gets_in(tmp_path: Path, fact: Fact) -> None:
    with pytest.raises(NotACode) as fault:
        snapshots.write(tmp_path / "one", [*FACTS, fact])
    assert "Zqcanary" not in fault.value.words
    assert list(tmp_path.iterdir()) == []


def test_what_is_read_back_is_what_was_written(snapshot: Path) -> None:
    rows = pq.read_table(snapshot / "contact.parquet").to_pylist()
    first = rows[0]
    assert (first["day"], first["woman"], first["agency"]) == (date(2026, 2, 1), 1, A)
    assert (first["code_staying"], first["code_topics"], first["code_worry"]) == ("outside", ["health", "leaving"], "")


def test_many_facts_are_written_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "AT_ONCE", 3)
    snapshots.write(tmp_path / "parts", FACTS)
    assert pq.ParquetFile(tmp_path / "parts" / "record.parquet").num_row_groups > 1
    assert counted(tmp_path / "parts", "known")["known"].count == 9


# --- counting


def test_women_are_counted_once_and_by_their_windows(snapshot: Path) -> None:
    found = counted(snapshot, "known", "new", "met", "active", "not_seen", "engaged")
    shown = {key: (figure.count, figure.of, figure.women) for key, figure in found.items()}
    assert shown == {
        "known": (9, None, (1, 2, 3, 4, 5, 6, 7, 8, 9)),
        "new": (1, 9, (9,)),
        "met": (3, 9, (1, 2, 3)),
        "active": (3, 9, (2, 3, 4)),
        "not_seen": (6, 9, (1, 5, 6, 7, 8, 9)),
        "engaged": (1, 3, (1,)),
    }


def test_the_last_answer_counts_and_no_answer_is_none(snapshot: Path) -> None:
    found = counted(snapshot, "place_known", "own_place", "no_safe_place")
    assert (found["place_known"].count, found["place_known"].of) == (2, 3)
    assert (found["own_place"].women, found["own_place"].of) == ((1,), 2)
    assert (found["no_safe_place"].women, found["no_safe_place"].percent) == ((2,), 50)


def test_times_and_amounts(snapshot: Path) -> None:
    found = counted(snapshot, "contacts", "contacts_in_street", "shifts", "condoms")
    assert [figure.count for figure in found.values()] == [6, 1, 1, 42]
    assert (found["contacts_in_street"].of, found["contacts_in_street"].percent) == (6, 17)
    assert found["contacts"].women == ()


def test_one_agency_is_counted_by_its_own_facts(snapshot: Path) -> None:
    found = counted(snapshot, "known", "new", "met", scope=Scope(B))
    assert [figure.count for figure in found.values()] == [1, 1, 0]


def test_all_at_once_is_the_same_as_one_by_one(snapshot: Path) -> None:
    """More leaves than fit into one number of bits; of the whole, and of each agency in the same run."""
    found = catalogue()
    keys = list(found.definitions)
    together = count(snapshot, found, keys, Scope(), YEAR)
    assert {key: count(snapshot, found, [key], Scope(), YEAR)[key] for key in keys} == together
    split = count_with_agencies(snapshot, found, keys, YEAR)
    assert {key: (each.count, each.of) for key, each in split.figures.items()} == {
        key: (each.count, each.of) for key, each in together.items()
    }
    for agency in (A, B):
        own = count(snapshot, found, keys, Scope(agency), YEAR)
        assert {key: split.agencies[agency].get(key, 0) for key in keys} == {key: own[key].count for key in keys}
    assert sum(each.is_leaf and each.unit == "women" for each in found.definitions.values()) > 60


def test_the_latest_answer_of_two_agencies_is_one_answer(tmp_path: Path) -> None:
    """Each agency has its own latest answer; the whole has the later of the two."""
    facts = [contact(1, date(2026, 2, 1), staying="own"), contact(1, date(2026, 3, 1), B, staying="hostel"), record(1)]
    snapshots.write(tmp_path / "two", facts)
    told = count_with_agencies(tmp_path / "two", catalogue(), ["own_place", "other_hostel"], YEAR)
    assert [told.figures[key].count for key in ("own_place", "other_hostel")] == [0, 1]
    assert (told.agencies[A]["own_place"], told.agencies[A]["other_hostel"]) == (1, 0)
    # she is known to the first alone: what B tells of her counts for the whole
    assert told.agencies[B]["other_hostel"] == 0


def test_answers_to_different_questions_do_not_mix(tmp_path: Path) -> None:
    """The latest answer is that to the same question; and "not said" takes nothing back."""

    def answer(subject: str, said: str, day: date) -> Fact:
        return Fact("answer", day, A, 1, codes={"subject": subject, "answer": said})

    facts = [
        *(record(1), contact(1, date(2026, 1, 5))),
        *(answer("crack", "yes", date(2026, 2, 1)), answer("heroin", "no", date(2026, 3, 1))),
        answer("crack", "not_said", date(2026, 4, 1)),
    ]
    snapshots.write(tmp_path / "one", facts)
    keys = ("uses_crack", "uses_heroin", "uses_crack_not_known", "injects_not_known")
    assert [each.count for each in counted(tmp_path / "one", *keys).values()] == [1, 0, 0, 1]


def test_windows_of_before_and_ago() -> None:
    half = Period(date(2026, 7, 1), date(2026, 12, 31))
    assert window("last 6 months", half) == (date(2026, 7, 1), date(2026, 12, 31))
    assert window("by 6 months ago", half) == (date(1, 1, 1), date(2026, 6, 30))
    assert window("last 6 months before", half) == (date(2026, 1, 1), date(2026, 6, 30))
    assert window("by 6 months before", half) == (date(1, 1, 1), date(2025, 12, 31))


def test_another_period_is_another_count(snapshot: Path) -> None:
    found = counted(snapshot, "known", "met", period=Period(date(2025, 10, 1), date(2025, 12, 31)))
    assert [figure.count for figure in found.values()] == [8, 1]


def test_what_lasts_is_counted_by_its_days(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "own.toml").write_text(
        "\n".join(
            f'[[definition]]\nkey = "{on}"\nname = "x"\nsentence = "x"\nowner = "x"\nversion = 1\nsince = 2026-01-01\n'
            f'fact = "record"\non = "{on}"\n'
            for on in ("ends", "lasts")
        )
    )
    spans = [
        (1, date(2025, 1, 1), date(2025, 2, 1)),
        (2, date(2025, 1, 1), date(2026, 2, 1)),
        (3, date(2025, 1, 1), None),
    ]
    snapshots.write(tmp_path / "one", [Fact("record", day, A, woman, until) for woman, day, until in spans])
    found = count(tmp_path / "one", catalogue(tmp_path / "more"), ["ends", "lasts"], Scope(), YEAR)
    assert (found["ends"].women, found["lasts"].women) == ((2,), (2, 3))


def test_a_percentage_is_made_of_its_own_count() -> None:
    assert Figure("high", 1, 55, 181).percent == 30  # the report that F5 tells of printed 31
    assert Figure("half", 1, 1, 200).percent == 1
    assert Figure("none", 1, 0, 0).percent is None
    assert "percent" not in Figure("high", 1, 55, 181).to_json()
    with pytest.raises(Inconsistent):
        Figure("more", 1, 182, 181)


def test_windows() -> None:
    assert quarter(date(2026, 11, 22)) == Period(date(2026, 10, 1), date(2026, 12, 31))
    assert quarter_before(date(2026, 1, 5)) == Period(date(2025, 10, 1), date(2025, 12, 31))
    assert months_before(date(2026, 12, 31), 3) == date(2026, 10, 1)
    assert months_before(date(2026, 2, 28), 6) == date(2025, 9, 1)
    assert window("last 12 months", YEAR) == (date(2026, 1, 1), date(2026, 12, 31))
    assert window("end", YEAR) == (YEAR.until, YEAR.until)
    with pytest.raises(ValueError, match="begins before"):
        Period(YEAR.until, YEAR.since)


# --- definitions

GOOD = {
    "key": "mine",
    "name": "Mine",
    "sentence": "A sentence.",
    "owner": "Me",
    "version": 1,
    "since": "2026-01-01",
    "fact": "contact",
}


def toml(**changes: object) -> str:
    row = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}

    def said(name: str, value: object) -> str:
        if name == "since" or isinstance(value, int):
            return str(value)
        if isinstance(value, dict):
            return "{ " + ", ".join(f"{key} = {said('', each)}" for key, each in value.items()) + " }"
        return str(value).replace("'", '"') if isinstance(value, list) else f'"{value}"'

    return "[[definition]]\n" + "\n".join(f"{name} = {said(name, value)}" for name, value in row.items()) + "\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (toml(fact="weather"), "which no room tells"),
        (toml(codes={"staying": ["the moon"]}), "none of its codes"),
        (toml(codes={"colour": ["red"]}), "does not have"),
        (toml(fact=None), "either a fact"),
        (toml(all_of=["met"]), "either a fact"),
        (toml(fact=None, all_of=["nothing"]), "no definition has"),
        (toml(fact=None, all_of=["mine"]), "circle"),
        (toml(fact=None, all_of=["other"]) + toml(key="other", fact=None, all_of=["mine"]), "mine → other → mine"),
        (toml(fact=None, all_of=["contacts"]), "set of women"),
        (toml(fact=None, all_of=["met"], unit="times"), "unit is women"),
        (toml(out_of="contacts"), "unit, fact and days"),
        (toml(unit="times", out_of="shifts"), "unit, fact and days"),
        (toml(unit="people"), "It can be: women"),
        (toml(when="tomorrow"), "It can be: period"),
        (toml(small="open"), "have to be protected"),
        (toml(colour="red"), "has no “colour”"),
        (toml(name=None), "is not complete"),
        (toml(key="met"), "defined twice"),
        (toml(version=0), "from 1"),
        (toml(latest="topics"), "several answers"),
        ("[[definition]\n", "can't be read"),
        (
            "[[framework]]\nkey='f'\nname='F'\nsentence='S'\nversion=1\nsince=2026-01-01\nchecks=['no']\n",
            "asks for “no”",
        ),
    ],
)
def test_a_bad_definition_is_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "own.toml").write_text(text)
    with pytest.raises(BadDefinition) as fault:
        catalogue(tmp_path)
    assert words in fault.value.words


def test_a_framework_comes_in_without_code(tmp_path: Path, snapshot: Path) -> None:
    own = toml(codes={"outcome": ["met"], "topics": ["leaving"]}, out_of="met")
    section = "section = [{ name = 'Hope', figures = ['mine', 'known'] }]"
    (tmp_path / "own.toml").write_text(
        f"{own}\n[[framework]]\nkey='f'\nname='F'\nsentence='S'\nversion=1\nsince=2026-01-01\n{section}\n"
    )
    found = catalogue(tmp_path)
    figures = count(snapshot, found, found.frameworks["f"].keys(), Scope(), YEAR)
    assert [(figure.count, figure.of) for figure in figures.values()] == [(1, 3), (9, None)]


def test_the_product_s_own_definitions_stand() -> None:
    found = catalogue()
    assert {"quarterly", "five_outcomes"} <= set(found.frameworks)
    assert len(found.frameworks["five_outcomes"].sections) == 5
    assert all(each.sentence.endswith(".") and each.owner for each in found.definitions.values())
    assert definitions.DATA.is_dir()
