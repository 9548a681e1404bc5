"""The edges of a round by person: from each the ways to others."""

from typing import NamedTuple

import numpy as np

from rooms.matching.case import UNIT
from rooms.matching.cover import Edges
from rooms.matching.crowd import Floats, Ints

WAY_BITS, LOSS_BITS = 22, 27
"""A key for each way: whose it is (14 bits: 16,384 people), what it loses in units, its number; 63 bits."""
WAY = (1 << WAY_BITS) - 1
MOST_LOST = (1 << (LOSS_BITS - 1)) - 1


class Roads(NamedTuple):
    """The edges by person, each from both sides: the ways of i are those from `start[i]` to `start[i + 1]`.

    Sorting keys that hold the number of a way is several times as fast as sorting the numbers by keys.
    """

    start: Ints
    whose: Ints
    to: Ints
    gain: Floats

    @classmethod
    def of(cls, n: int, edges: Edges) -> "Roads":
        """The ways of n people, each person's in the order of the edges."""
        whose = np.concatenate([edges.one, edges.other])
        at = np.sort((whose << WAY_BITS) + np.arange(len(whose))) & WAY
        whose, to = whose[at], np.concatenate([edges.other, edges.one])[at]
        return cls(np.searchsorted(whose, np.arange(n + 1)), whose, to, np.concatenate([edges.gain, edges.gain])[at])

    def by_loss(self, loss: Floats) -> Ints:
        """The ways with each person's in the order of what they lose: numbers, shape as `to`."""
        fine = np.clip(np.rint(loss / UNIT), -MOST_LOST, MOST_LOST).astype(np.int64) + MOST_LOST
        keys = (((self.whose << LOSS_BITS) + fine) << WAY_BITS) + np.arange(len(fine))
        found: Ints = np.sort(keys) & WAY
        return found

    def along(self, people: Ints) -> tuple[Ints, Ints]:
        """All ways of these people: the place in `people` of whose each is, and its number."""
        counts = self.start[people + 1] - self.start[people]
        place = np.repeat(np.arange(len(people)), counts)
        return place, np.arange(len(place)) + np.repeat(self.start[people] - np.cumsum(counts) + counts, counts)
