"""The sentences say what the numbers say, and warn where they have to."""

from alongside.insight.population.capture import CaptureTable
from alongside.insight.population.estimate import estimate_population
from alongside.insight.population.tests.published import rome, uk_five
from alongside.insight.population.tests.worlds import world
from alongside.insight.population.unlinked import estimate_without_links
from alongside.insight.population.words import ASSUMPTIONS, explain, explain_unlinked


def test_the_meaning_comes_first_and_the_assumptions_last() -> None:
    lines = explain(estimate_population(rome()))
    assert "about 12320 in all" in lines[0]
    assert "between 10265 and 14990" in lines[0]
    assert lines[-1] == ASSUMPTIONS
    assert any("c1 and c2" in line for line in lines)


def test_wide_disagreement_of_models_is_said_aloud() -> None:
    text = " ".join(explain(estimate_population(uk_five())))
    assert "from 10545 to 29035" in text
    assert "do not quote one number" in text


def test_two_lists_warn_of_dependence_and_of_few_overlaps() -> None:
    table = CaptureTable.of("AB", {(1, 0): 150, (0, 1): 80, (1, 1): 24})
    text = " ".join(explain(estimate_population(table)))
    assert "independently" in text
    assert "Only about 25 women" in text
    assert "only one model" in text


def test_the_unlinked_estimate_says_that_nothing_was_joined() -> None:
    made = world(3, rates=(0.5, 0.5, 0.5, 0.4), uneven=0.0, strength=8.0, sent=(0, 3, 0.5))
    text = " ".join(explain_unlinked(estimate_without_links(made.evidence), seen=700))
    assert "know about 700 women" in text
    assert "No two records were joined" in text
    assert "Left out because they depend on each other: A and D." in text


def test_no_sentence_blames_or_names_anyone() -> None:
    text = " ".join(explain(estimate_population(uk_five()))).casefold()
    for word in ("prostitute", "chaotic", "victim", "case"):
        assert word not in text
