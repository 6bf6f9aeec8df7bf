"""A probability as a person would say it. Pure."""

WORDS = (
    (0.99, "Almost certainly the same woman"),
    (0.85, "Very likely the same woman"),
    (0.6, "Probably the same woman"),
    (0.4, "Could go either way"),
    (0.15, "Probably not the same woman"),
    (0.0, "Very likely not the same woman"),
)


def number(probability: float) -> str:
    """`about 8 in 10`; near certainty in hundredths, never as certain."""
    if probability > 0.995:
        return "more than 99 in 100"
    if probability < 0.005:
        return "less than 1 in 100"
    if probability > 0.945 or probability < 0.055:
        return f"about {round(100 * probability)} in 100"
    return f"about {max(1, round(10 * probability))} in 10"


def chance(probability: float) -> str:
    """`Very likely the same woman: about 9 in 10`."""
    return f"{next(words for least, words in WORDS if probability >= least)}: {number(probability)}"
