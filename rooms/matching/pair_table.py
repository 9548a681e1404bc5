"""Numbers known of some pairs of people: sorted keys, looked up many at a time."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np

from rooms.matching.crowd import Bools, Ints

NOTHING: Ints = np.zeros(0, np.int64)
MANY = 1 << 12
"""Look-ups from which a sieve pays."""
SLOTS_EACH = 16
"""Slots of a byte for each key: one look-up in sixteen or fewer that finds nothing goes on to look."""
MOST_BITS = 22
"""Four million slots: 300,000 keys, ten rounds of fours of 10,000 people, fill a fourteenth."""


class PairTable:
    """A symmetric table of whole numbers over n people; pairs it does not name are 0."""

    def __init__(self, n: int, keys: Ints, numbers: Ints) -> None:
        self.n = n
        self._keys = keys
        """`one * n + other`, rising, both directions."""
        self._numbers = numbers

    @classmethod
    def of_pairs(cls, n: int, pairs: Iterable[tuple[int, int]]) -> "PairTable":
        """Each pair counts once for each time it is named."""
        both = np.array([pair for pair in pairs if pair[0] != pair[1]], np.int64).reshape(-1, 2)
        return cls.of_arrays(n, both[:, 0], both[:, 1])

    @classmethod
    def of_arrays(cls, n: int, one: Ints, other: Ints) -> "PairTable":
        """Each pair `one[i]`, `other[i]` counts once for each time it is named."""
        if not len(one):
            return cls(n, NOTHING, NOTHING)
        keys = np.sort(np.concatenate([one * n + other, other * n + one]))
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        return cls(n, keys[first], np.diff(first, append=len(keys)))

    def __len__(self) -> int:
        """Pairs named."""
        return len(self._keys) // 2

    def pairs(self) -> tuple[Ints, Ints, Ints]:
        """All pairs with the smaller number first, and their numbers."""
        one, other = self._keys // max(1, self.n), self._keys % max(1, self.n)
        first = one < other
        return one[first], other[first], self._numbers[first]

    def with_numbers(self, numbers: Ints) -> "PairTable":
        """The same pairs with other numbers: shape as `pairs()` gives them."""
        one, other, _ = self.pairs()
        keys = np.concatenate([one * self.n + other, other * self.n + one])
        order = np.argsort(keys, kind="stable")
        return PairTable(self.n, keys[order], np.concatenate([numbers, numbers])[order])

    def of(self, one: Ints, other: Ints) -> Ints:
        """The number of each pair: shape as `one` and `other` together (they broadcast)."""
        wanted = one * self.n + other
        if not len(self._keys):
            return np.zeros(wanted.shape, np.int64)
        if wanted.size < MANY:
            return self._looked_up(wanted)
        found = np.zeros(wanted.shape, np.int64)
        perhaps = self._sieve[_slot(wanted, self._bits)]
        found[perhaps] = self._looked_up(wanted[perhaps])
        return found

    def _looked_up(self, wanted: Ints) -> Ints:
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        return np.where(self._keys[at] == wanted, self._numbers[at], 0)

    @cached_property
    def _sieve(self) -> Bools:
        """For each slot whether a pair named may fall into it (Bloom 1970, with one hash): most look-ups end here."""
        slots = np.zeros(1 << self._bits, bool)
        slots[_slot(self._keys, self._bits)] = True
        return slots

    @property
    def _bits(self) -> int:
        return min(MOST_BITS, (SLOTS_EACH * len(self._keys)).bit_length())

    def rows(self, rows: Ints, columns: Ints) -> Ints:
        """The numbers of whole rows: shape (rows, columns). `columns` holds no person twice."""
        found = np.zeros((len(rows), len(columns)), np.int64)
        if not len(self._keys):
            return found
        starts = np.searchsorted(self._keys, rows * self.n)
        lengths = np.searchsorted(self._keys, (rows + 1) * self.n) - starts
        row = np.repeat(np.arange(len(rows)), lengths)
        at = np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + np.repeat(starts, lengths)
        place = np.full(self.n, -1, np.int64)
        place[columns] = np.arange(len(columns))
        column = place[self._keys[at] % max(1, self.n)]
        inside = column >= 0
        found[row[inside], column[inside]] = self._numbers[at[inside]]
        return found


def _slot(keys: Ints, bits: int) -> Ints:
    """Where each key falls among 2^bits slots (multiplicative hashing: Knuth, TAOCP 3, §6.4)."""
    slots: Ints = (keys * np.int64(0x1E3779B97F4A7C15)) >> np.int64(64 - bits) & np.int64((1 << bits) - 1)
    return slots
