"""What it costs to put two people into one room, as one number that solvers of assignments can add up.

Faults weigh more than any gain of one seat, the more important levels more than the lesser, and what is barred more
than all faults of one seat. All prices are whole numbers far below 2^53, so that sums of floats are exact: weights of
mixed size that do not come out even can keep the sparse solver from ever returning.

Most pairs have nothing between them: they have not met, nobody wished for it, no rule is broken. What these are worth
is all there is to them, and is worked out for all at once; the others are looked at one by one.
"""

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from rooms.matching.case import UNIT, Case
from rooms.matching.crowd import TABLED, Floats, Ints
from rooms.matching.looks import Grid, Line
from rooms.matching.pair_table import PairTable

FAULT = 2.0**24
"""Price of the least fault: five wished-for meetings at once, the most a seat can give, are worth 5 × 2^20."""
BARRED = 2.0**45
"""Price of a meeting that must not be; five of them stay below 2^48."""
FAULT_BITS = 19
"""Faults of one meeting, weighed."""
AGAIN_BITS = 6
"""Of those, how bad a forced repeat is."""
LEVEL_BITS = 4
"""One level's fault counts like 16 of the next, where there are few levels."""

CELLS = 1 << 17
"""Prices worked out at once: what fits the nearer caches takes half the time of all at once."""
ONE_BY_ONE = 1 / 8
"""Share of pairs with something between them up to which these are looked at one by one; that costs eight times as
much for each as to look at all."""
NOBODY: Ints = np.zeros(0, np.int64)


class Prices:
    """Prices of pairs of one case: whole numbers as floats, the lower the better."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self.n = case.n

    def of(self, one: Ints, other: Ints) -> Floats:
        """The price of each `one[i]` with `other[i]`: shape as `one`."""
        if self.n <= TABLED:
            found: Floats = self.table[one, other]
            return found
        known = one == other
        for table in self._told:
            known |= table.of(self._case.who[one], self._case.who[other]) > 0
        prices = self.of_strangers(one, other)
        prices[known] = self._looked_at(one[known], other[known])
        return prices

    def of_strangers(self, one: Ints, other: Ints) -> Floats:
        """The same for pairs of whom nothing is told: they have not met, are not kept apart, nor wished for."""
        case, care = self._case, self._case.past.care
        a, b = case.who[one], case.who[other]
        prices = self._bare(case.crowd.worth_of(a, b), care[a], care[b])
        broken = np.flatnonzero(case.ruling.broken(Line(case.crowd, a, b)))
        prices[broken] = self._looked_at(one[broken], other[broken])
        return prices

    @cached_property
    def table(self) -> Floats:
        """The prices of all pairs: shape (n + 1, n + 1); nothing with oneself and with nobody, who is person n."""
        found = np.zeros((self.n + 1, self.n + 1))
        one, other = self._pairs_broken()
        many = len(one) > ONE_BY_ONE * self.n * self.n / 2
        crowd, who, care = self._case.crowd, self._case.who, self._case.past.care[self._case.who]
        for rows in self._blocks():
            if many:
                found[rows, : self.n] = self._whole(rows)
            else:
                found[rows, : self.n] = self._bare(crowd.worth(who[rows], who), care[rows][:, None], care[None, :])
        if not many:
            told, of = self._pairs_told()
            one, other = np.concatenate([one, told]), np.concatenate([other, of])
            found[one, other] = found[other, one] = self._looked_at(one, other)
        np.fill_diagonal(found, 0)
        return found

    def of_seats(self, seats: Ints) -> Floats:
        """What each person costs with all others in their room: shape (rooms, seats) in and out; 0 for nobody."""
        if self.n <= TABLED:
            among = self.table[seats[:, :, None], seats[:, None, :]]
            found = np.zeros(seats.shape)
            for column in range(seats.shape[1]):
                found += among[:, :, column]
            return found
        found = np.zeros(seats.shape)
        left, right = np.triu_indices(seats.shape[1], 1)
        room, pair = np.nonzero((seats[:, left] != self.n) & (seats[:, right] != self.n))
        prices = np.zeros((len(seats), len(left)))
        prices[room, pair] = self.of(seats[room, left[pair]], seats[room, right[pair]])
        for at, (one, other) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
            found[:, one] += prices[:, at]
            found[:, other] += prices[:, at]
        return found

    def of_rooms(self, rooms: Ints) -> Floats:
        """The price of whole rooms of one size: shape (rooms, people) in, (rooms,) out."""
        ruling, rows = self._case.ruling, self._case.who[rooms]
        left, right = np.triu_indices(rooms.shape[1], 1)
        found: Floats = self.of(rooms[:, left].ravel(), rooms[:, right].ravel()).reshape(len(rooms), -1).sum(axis=1)
        if ruling.asks_of_rooms(rooms.shape[1]):
            found += np.rint(ruling.rooms_regret(rows) / UNIT) + FAULT * self.weighed(ruling.rooms_faults(rows))
            found[ruling.rooms_barred(rows)] += BARRED
        return found

    def weighed(self, faults: Ints) -> Ints:
        """Packed faults as one number below 2^19 each that keeps the order of levels."""
        ruling = self._case.ruling
        found = np.zeros(faults.shape, np.int64)
        for level, unit in enumerate(self._units):
            shift = ruling.bits * (len(ruling.levels) - 1 - level)
            found += np.minimum(faults >> shift & ((1 << ruling.bits) - 1), self._most[level]) * unit
        return found

    def _blocks(self) -> Iterator[Ints]:
        """Everybody, some at a time."""
        step = max(1, CELLS // max(1, self.n))
        return (np.arange(start, min(self.n, start + step)) for start in range(0, self.n, step))

    def _pairs_broken(self) -> tuple[Ints, Ints]:
        """All pairs of which a rule speaks, the smaller number first."""
        ones, others = [NOBODY], [NOBODY]
        case = self._case
        for rows in self._blocks():
            start = int(rows[0])
            broken = case.ruling.broken(Grid(case.crowd, case.who[rows], case.who[start:]))
            row, column = np.divmod(np.flatnonzero(broken), self.n - start)
            ones.append(start + row[row < column])
            others.append(start + column[row < column])
        return np.concatenate(ones), np.concatenate(others)

    def _bare(self, worth: Floats, one: Floats, other: Floats) -> Floats:
        """Prices by worth alone, in its place, for people of so much care."""
        if self._case.past.care.any():
            # Powers of two, so that this comes to exactly −(1 + care ÷ 2) ÷ UNIT.
            care = one * (-0.5 / UNIT) + other * (-0.5 / UNIT)
            care -= 1 / UNIT
            worth *= care
        else:
            worth *= -1 / UNIT
        return np.rint(worth, out=worth)

    def _whole(self, rows: Ints) -> Floats:
        """Prices of these with everybody where a rule speaks of many of them."""
        prices = self._case.gain(rows) * (-1 / UNIT)
        prices += FAULT * self.weighed(self._case.faults(rows))
        prices[self._case.barred(rows)] += BARRED
        return prices

    def _looked_at(self, one: Ints, other: Ints) -> Floats:
        """Prices of single pairs with all there is between them."""
        prices = self._case.pair_gain_of(one, other) * (-1 / UNIT)
        prices += FAULT * self.weighed(self._case.pair_faults_of(one, other))
        prices[self._case.pair_barred_of(one, other)] += BARRED
        return prices

    @cached_property
    def _told(self) -> list[PairTable]:
        """What is known of single pairs."""
        past = self._case.past
        return [table for table in (past.apart, past.met, past.series, past.wished) if len(table)]

    def _pairs_told(self) -> tuple[Ints, Ints]:
        """All pairs who are here of whom something is known."""
        place = np.full(self._case.crowd.n, -1)
        place[self._case.who] = np.arange(self.n)
        one, other = (
            np.concatenate([NOBODY, *(place[table.pairs()[side]] for table in self._told)]) for side in (0, 1)
        )
        here = (one >= 0) & (other >= 0)
        return one[here], other[here]

    @cached_property
    def _used(self) -> list[bool]:
        """Which levels can be other than 0 in this case; how bad a repeat is always comes last."""
        ruling, past = self._case.ruling, self._case.past
        rules = [True] * len(ruling.yielding)
        return [*rules, ruling.speech_matters, len(past.met) > 0, len(past.series) > 0, True]

    @cached_property
    def _units(self) -> list[int]:
        step = min(LEVEL_BITS, max(1, (FAULT_BITS - AGAIN_BITS) // max(1, sum(self._used) - 1)))
        units, bits = [0], AGAIN_BITS
        units[0] = 1
        for used in reversed(self._used[:-1]):
            units.append(1 << bits if used else 0)
            bits += step * used
        return units[::-1]

    @cached_property
    def _most(self) -> list[int]:
        return [1] * (len(self._units) - 1) + [(1 << AGAIN_BITS) - 1]
