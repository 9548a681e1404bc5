"""Who of those taken out goes where: all rooms weighed for some hundred rooms, the likeliest ones for thousands.

Assignments are solved by Jonker and Volgenant's method (1987). Where they are large, only the rooms are looked at in
which somebody costs least, beyond what the person and the room cost at least: such an assignment is hardly ever worse
than the best of all.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from rooms.matching.crowd import Counts, Floats, Ints
from rooms.matching.prices import FAULT, Prices

Numbers = TypeVar("Numbers", Ints, Floats)

GRAIN = 512
"""Units of gain that the sparse solver takes for one: 0.008, far less than two people differ in."""
PRUNED = 120
"""Rooms from which on an assignment is solved over a few rooms for each person, which is faster then."""
NEAREST = 12
"""Rooms for each person in such an assignment; with 24 nothing changes."""
RENEWED = 4
"""Sweeps after which it is looked up anew where people would fit better: it changes slowly."""


class WholeMarket:
    """Every person may come into every room: for some hundred rooms."""

    def __init__(self, table: Floats) -> None:
        self._table = table
        """Prices of all pairs: shape (n + 1, n + 1), 0 for nobody, who comes last."""
        self._coarse = table.astype(np.float32)
        """The same in half the memory, for what need not be exact; whole numbers to 2^24 are."""
        self._best: Floats = np.zeros(len(table))
        """What everybody would cost as one more in the room best for them, when that was last looked up."""
        self._asked = 0

    def seat(self, out: Ints, rest: Ints, kinds: Ints) -> Ints:
        """Who of `out` goes where: see `Market`."""
        few = len(out) < PRUNED
        table = (self._table if few else self._coarse)[out]
        prices = table.take(rest[:, 0], axis=1)
        for column in range(1, rest.shape[1]):
            prices += table.take(rest[:, column], axis=1)
        if (kinds != kinds[0]).any():
            prices[kinds[:, None] != kinds] = np.inf
        # What a person or a room costs at least it costs in any seating: taken off, half the work is done.
        person_least = prices.min(axis=1)
        prices -= person_least[:, None]
        room_least = prices.min(axis=0)
        prices -= room_least
        if not prices.diagonal().any():
            return np.arange(len(out))
        if few:
            found = np.empty(len(out), np.int64)
            found[linear_sum_assignment(prices)[1]] = np.arange(len(out))
            return found
        person, room = _near(prices)
        spare = prices[person, room].astype(np.float64)
        if max(person_least.max(), room_least.max(), prices.diagonal().max()) >= FAULT / 2:
            # Where something is broken, the coarse prices are too coarse.
            spare = self._exact(out[person], rest[room]) - person_least[person] - room_least[room]
        return _assigned(person, room, spare)

    def _exact(self, people: Ints, rooms: Ints) -> Floats:
        """What each person costs in each room: people of shape (edges,), rooms of shape (edges, seats)."""
        found = np.zeros(len(people))
        for column in rooms.T:
            found += self._table[people, column]
        return found

    def standing(self, seats: Ints) -> tuple[Floats, Floats]:
        """What each person costs here, and would cost as one more in the best room: see `Market`."""
        own = self._table[seats[:, :, None], seats[:, None, :]].sum(axis=2)
        if self._asked % RENEWED == 0:
            sums = self._coarse[seats[:, 0]]
            for column in range(1, seats.shape[1]):
                sums += self._coarse[seats[:, column]]
            self._best = sums.min(axis=0).astype(np.float64)
        self._asked += 1
        return own, self._best[seats]


class Guide(Protocol):
    """Tells which rooms are worth looking at."""

    def rooms_for(self, out: Ints, rest: Ints, kinds: Ints) -> tuple[Ints, list[Ints]]:
        """Rooms with somebody a person wished for, and rooms that may be good for somebody who knows nobody there.

        All are rooms of the person's kind. Each is named by the position in `out`, times how many are out, plus the
        position in `rest`: see `Market`.
        """


class SparseMarket:
    """A person may come into rooms that a guide names, or back: for thousands of rooms."""

    def __init__(self, prices: Prices, guide: Guide) -> None:
        self._prices = prices
        self._guide = guide

    def seat(self, out: Ints, rest: Ints, kinds: Ints) -> Ints:
        """Who of `out` goes where: see `Market`."""
        count = len(out)
        wished, likely = self._guide.rooms_for(out, rest, kinds)
        known = np.concatenate([np.arange(count) * (count + 1), wished])
        keys = _once(np.concatenate([known, *likely]))
        person, room = np.divmod(keys, count)
        prices = self._priced(self._prices.of_strangers, out[person], rest[room])
        at = np.searchsorted(keys, known)
        prices[at] = self._priced(self._prices.of, out[person[at]], rest[room[at]])
        prices -= np.minimum.reduceat(prices, np.searchsorted(person, np.arange(count)))[person]
        least = np.full(count, np.inf)
        np.minimum.at(least, room, prices)
        return _assigned(person, room, prices - least[room])

    def standing(self, seats: Ints) -> tuple[Floats, Floats]:
        """What each person costs here; what they would cost elsewhere is not known: see `Market`."""
        return self._prices.of_seats(seats), np.zeros(seats.shape)

    def _priced(self, price: Callable[[Ints, Ints], Floats], people: Ints, rooms: Ints) -> Floats:
        """What each person costs in each room: people of shape (edges,), rooms of shape (edges, seats)."""
        found = np.zeros(len(people))
        for column in rooms.T:
            there = np.flatnonzero(column != self._prices.n)
            found[there] += price(people[there], column[there])
        return found


def _near(spare: Counts) -> tuple[Ints, Ints]:
    """For each person the rooms in which they cost least, and their own."""
    near = spare <= np.partition(spare, NEAREST, axis=1)[:, NEAREST, None]
    near &= spare < np.inf
    np.fill_diagonal(near, True)
    return np.divmod(np.flatnonzero(near), len(spare))


def _assigned(person: Ints, room: Ints, prices: Floats) -> Ints:
    """Who goes into each room, by these edges, which rise; everybody has one to their own room."""
    person, room, prices = _levelled(person, room, prices)
    count = int(person[-1]) + 1
    starts = np.searchsorted(person, np.arange(count + 1))
    graph = csr_matrix((prices, room.astype(np.int32), starts.astype(np.int32)), shape=(count, count))
    persons, into = min_weight_full_bipartite_matching(graph)
    found = np.empty(count, np.int64)
    found[into] = persons
    return found


def _levelled(person: Ints, room: Ints, prices: Floats) -> tuple[Ints, Ints, Floats]:
    """The edges that break no more than staying does, and coarse prices of them that lie close together.

    Prices that span many magnitudes make the sparse solver ten times slower, fine ones half as fast again. So nobody
    goes where they break more than now, and of what is broken only the rank counts, each rank a little more than all
    differences of gain.

    Args:
        person: of each edge the position of who goes, rising.
        room: and of the room; everybody's own room has their own position, and an edge.
        prices: and the true price.
    """
    if prices.max() < FAULT / 2:
        return person, room, np.rint(prices / GRAIN) - (np.rint(prices.min() / GRAIN) - 1)
    faults = np.rint(prices / FAULT)
    gains = np.rint((prices - faults * FAULT) / GRAIN)
    now = np.empty(int(person[-1]) + 1)
    now[person[person == room]] = faults[person == room]
    kept = faults <= now[person]
    gains = gains[kept] - gains[kept].min() + 1
    ranks = np.searchsorted(_once(faults[kept]), faults[kept])
    return person[kept], room[kept], gains + ranks * (gains.max() + 1)


def _once(keys: Numbers) -> Numbers:
    """Each number once, rising: sorted, which here takes a tenth of `np.unique` with its table of hashes."""
    rising = np.sort(keys)
    found: Numbers = rising[np.append(True, rising[1:] != rising[:-1])]
    return found
