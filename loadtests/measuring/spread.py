"""Many numbers as a few: median, 99th of a hundred, last, and enough of the rest to draw them."""

from collections.abc import Sequence
from typing import Self

from msgspec import Struct

DRAWN = 200
"""Points kept of a spread: enough for a curve."""


class Spread(Struct, frozen=True):
    """Milliseconds of many, in order; the last is what a target is about."""

    count: int
    p50: float
    p99: float
    last: float
    curve: tuple[float, ...]
    """At equal steps from the first to the last."""

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        """Of at least one number."""
        ranked = sorted(values)
        steps = min(DRAWN, len(ranked))
        curve = tuple(ranked[round(step * (len(ranked) - 1) / max(1, steps - 1))] for step in range(steps))
        return cls(len(ranked), at(ranked, 0.5), at(ranked, 0.99), ranked[-1], curve)


def at(ranked: Sequence[float], share: float) -> float:
    """The number below which this share of them lies (nearest rank)."""
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]
