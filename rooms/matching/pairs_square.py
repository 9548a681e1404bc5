"""Everything two of a few people are to each other, as square tables: small cases are solved on these."""

from functools import cached_property

import numpy as np

from rooms.matching.case import WISH, Case
from rooms.matching.crowd import Bools, Floats, Ints

FINE = 2**24
"""Gains are whole numbers of this part of one where few people are solved exactly: the sum is right to a millionth."""
CHANCE_BITS = 10
"""Room for the chance of all rooms together: 7 for each of at most 75 rooms is less than 2^10."""


class Square:
    """A case of few people, each with each: all tables have shape (n, n)."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.n = case.n
        everybody = np.arange(case.n)
        self.allowed: Bools = ~case.all_barred
        self.faults: Ints = case.all_faults
        self.clean: Bools = self.allowed & (self.faults == 0)
        rows = case.who
        self.worth: Floats = case.crowd.worth(rows, rows)
        self._plain = self.worth - case.ruling.regret(rows, rows) + WISH * case.past.wished.rows(rows, rows)
        self._jitter = case.jitter(everybody)

    def merit(self, share: float) -> Floats:
        """The gains with so much of the care for those who fared badly; 0 for none of it."""
        return self._plain + share * self._care if share else self._plain

    def units(self, share: float) -> Ints:
        """The gains and, below them, chance: whole numbers whose sums are exact even as floats."""
        fine = np.rint(self.merit(share) * FINE).astype(np.int64)
        return (fine << CHANCE_BITS) + self._jitter

    @property
    def cared(self) -> bool:
        """Whether anybody fared badly so far."""
        return bool(self.case.past.care[self.case.who].any())

    @cached_property
    def _care(self) -> Floats:
        care = self.case.past.care[self.case.who]
        found: Floats = self.worth * (care[:, None] + care[None, :]) / 2
        return found
