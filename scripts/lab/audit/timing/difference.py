"""Whether two samples of times can be distinguished by their medians."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

PERMUTATIONS = 2_000
LEVEL = 0.01


@dataclass(frozen=True, slots=True)
class Difference:
    """How far the medians of two samples are apart, and how likely that is by chance."""

    size: int
    medians: tuple[float, float]
    p: float
    visible: float
    """The difference from which the samples would have been distinguished, at the level."""

    @property
    def is_distinguished(self) -> bool:
        """Whether the samples can be distinguished."""
        return self.p < LEVEL


def difference(
    first: Sequence[float], second: Sequence[float], seed: int
) -> Difference:
    """Compare the medians of two samples with those of the same times, dealt at random."""
    chance = np.random.default_rng(seed)
    pooled = np.array([*first, *second], dtype=np.float64)
    size = len(first)
    found = abs(_apart(pooled, size))
    dealt = np.empty(PERMUTATIONS)
    for number in range(PERMUTATIONS):
        chance.shuffle(pooled)
        dealt[number] = abs(_apart(pooled, size))
    as_far = int(np.count_nonzero(dealt >= found))
    return Difference(
        size,
        (float(np.median(first)), float(np.median(second))),
        (1 + as_far) / (1 + PERMUTATIONS),
        float(np.quantile(dealt, 1 - LEVEL)),
    )


def _apart(pooled: np.ndarray[tuple[int], np.dtype[np.float64]], size: int) -> float:
    return float(np.median(pooled[:size]) - np.median(pooled[size:]))
