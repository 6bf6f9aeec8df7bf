"""Why a record of her own agency is likely to be the woman a worker asks for: the engine's sentences, with the values.

She is entitled to what her own agency's record holds, so the values stand behind the sentence. Evidence about another
agency's record is `linkage.explain`, which tells none. No framework.
"""

from dataclasses import dataclass

from alongside.register.people.known import Known
from alongside.register.people.linkage.explain import SLIGHT, sentence
from alongside.register.people.linkage.levels import UNKNOWN
from alongside.register.people.lookup.scorer import Scored


@dataclass(frozen=True, slots=True)
class Reasons:
    """Sentences, the strongest first."""

    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


def reasons(known: Known, scored: Scored) -> Reasons:
    """`known` is what the record holds; `scored` its score against what was asked."""
    told = [
        (weight, sentence(name, scored.levels[name]) + _held(known, name))
        for name, weight in scored.weights.items()
        if scored.levels[name] != UNKNOWN
    ]
    return Reasons(
        tuple(words for weight, words in sorted(told, reverse=True) if weight >= SLIGHT),
        tuple(words for weight, words in sorted(told) if weight <= -SLIGHT),
    )


def likelihood(probability: float) -> str:
    """A probability in words."""
    for least, words in ((0.9, "Very likely"), (0.5, "Likely"), (0.1, "Possible")):
        if probability >= least:
            return words
    return "Not likely"


def _held(known: Known, comparison: str) -> str:
    """What the record holds of a comparison's facts, as the end of its sentence."""
    values = {
        "name": " / ".join(known.names),
        "last": " / ".join(known.last_names),
        "ethnicity": known.ethnicity,
        "hood": known.area,
        "marks": "; ".join(mark.replace("@", ", ") for mark in known.marks),
    }.get(comparison.partition("_")[0], "")
    return f": {values}" if values else ""
