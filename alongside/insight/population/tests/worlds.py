"""A small invented world of records with pair evidence whose truth is known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alongside.insight.population.evidence import PairEvidence


@dataclass(frozen=True)
class World:
    evidence: PairEvidence
    woman: NDArray[np.int64]  # (records,)
    women: int  # all who live there, seen or not


def world(
    seed: int,
    *,
    areas: int = 6,
    women: int = 150,
    rates: tuple[float, ...] = (0.6, 0.45, 0.35),
    uneven: float = 0.2,
    strength: float = 4.0,
    sent: tuple[int, int, float] | None = None,
) -> World:
    """Each woman's records on each list are Poisson times her own gamma factor.

    The log Bayes factor of a pair is normal with mean +s or -s and variance 2 s, s = `strength`, which is
    calibrated by construction. `sent` = (from, to, share): that share of the women on the first list is brought
    to the second by it.
    """
    generator = np.random.default_rng(seed)
    pull = generator.gamma(1 / uneven, uneven, areas * women) if uneven else np.ones(areas * women)
    counts = generator.poisson(pull[:, None] * np.array(rates))
    if sent:
        giver, taker, share = sent
        counts[:, taker] += (counts[:, giver] > 0) & (generator.random(len(counts)) < share)
    woman = np.repeat(np.repeat(np.arange(areas * women), len(rates)), counts.ravel())
    agency = np.repeat(np.tile(np.arange(len(rates)), areas * women), counts.ravel())
    area = woman // women
    ends = [np.triu_indices(int((area == a).sum()), 1) for a in range(areas)]
    starts = [int(np.flatnonzero(area == a)[0]) for a in range(areas)]
    left = np.concatenate([one + start for (one, _), start in zip(ends, starts, strict=True)])
    right = np.concatenate([other + start for (_, other), start in zip(ends, starts, strict=True)])
    sign = np.where(woman[left] == woman[right], 1.0, -1.0)
    log_bf = generator.normal(sign * strength, np.sqrt(2 * strength))
    names = tuple("ABCDEFGH"[: len(rates)])
    return World(PairEvidence(names, agency, area, left, right, log_bf), woman, areas * women)


def members(made: World) -> NDArray[np.bool_]:
    """(women, lists): who is on which list."""
    held = np.zeros((made.women, len(made.evidence.agencies)), dtype=bool)
    held[made.woman, made.evidence.agency] = True
    return held
