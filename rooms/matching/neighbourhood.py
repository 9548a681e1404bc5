"""Better rooms by taking one person out of every room and seating all of them anew at once.

An *assignment neighbourhood*, exponentially large and searched exactly (Ahuja, Ergun, Orlin and Punnen, A survey of
very large-scale neighborhood search techniques, 2002): who is out is worth so much in each room that has lost one, and
the best way to seat them all is an assignment. Solved by Jonker and Volgenant's method, whole for small cases and on
the rooms of each person's candidates for large ones.
"""

from typing import Protocol

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from rooms.matching.case import UNIT
from rooms.matching.crowd import Bools, Floats, Ints
from rooms.matching.prices import FAULT, Prices

NOWHERE = -1
"""The room of somebody who is in none."""
CHANCE = 2.0 / UNIT
"""Chance when somebody is chosen to be taken out, as a price: some two meetings' worth. Without it the same people
would be chosen for ever, with nothing else the worst off would get their turn later: a third more sweeps."""

GRAIN = 512
"""Units of gain that the sparse solver takes for one: 0.008, far less than two people differ in."""


class Seating:
    """Who sits where: rooms as rows, seats as columns; `nobody` where a room has no such seat."""

    def __init__(self, seats: Ints, kinds: Ints, fixed: Bools, nobody: int) -> None:
        self.seats = seats
        """People by their numbers in the case: shape (rooms, seats)."""
        self.kinds = kinds
        """People change places only between seats of one kind: shape as `seats`."""
        self.fixed = fixed
        """Seats whose people stay: shape as `seats`."""
        self.nobody = nobody
        """The number of nobody: how many people there are."""

    @property
    def movable(self) -> Bools:
        """Seats with somebody who may be taken out."""
        found: Bools = (self.seats != self.nobody) & ~self.fixed
        return found


class Market(Protocol):
    """Seats people who stand in rooms that lack one each."""

    def seat(self, out: Ints, rest: Ints, kinds: Ints) -> Ints:
        """Who of `out` goes where.

        Args:
            out: people taken out, one of each room.
            rest: who is left in each room, shape (rooms, seats), nobody in the seats that are free.
            kinds: kind of the seat that is free in each room.

        Returns:
            For each room the position in `out` of who comes in.
        """


def improve(seating: Seating, market: Market, prices: Prices, chance: np.random.Generator, sweeps: int) -> None:
    """Take one out of every room and seat all of them anew, so many times; never worse, but for a market's grain."""
    for _ in range(sweeps):
        sweep(seating, market, _worst_off(seating, prices, chance))


def seat_by_seat(seating: Seating, market: Market) -> None:
    """Choose anew who sits in the second seat of each room for who is in the first, then in the third, and so on."""
    for column in range(1, seating.seats.shape[1]):
        rooms = np.flatnonzero(seating.movable[:, column])
        rest = seating.seats[rooms]
        rest[:, column:] = np.where(seating.fixed[rooms, column:], rest[:, column:], seating.nobody)
        out = seating.seats[rooms, column]
        if len(rooms) > 1:
            seating.seats[rooms, column] = out[market.seat(out, rest, seating.kinds[rooms, column])]


def sweep(seating: Seating, market: Market, chosen: Ints) -> None:
    """Seat anew whoever sits in the chosen seat of each room; `NOWHERE` for a room that takes no part."""
    rooms = np.nonzero(chosen >= 0)[0]
    if len(rooms) < 2:
        return
    columns = chosen[rooms]
    out = seating.seats[rooms, columns]
    rest = seating.seats[rooms]
    rest[np.arange(len(rooms)), columns] = seating.nobody
    seating.seats[rooms, columns] = out[market.seat(out, rest, seating.kinds[rooms, columns])]


def _worst_off(seating: Seating, prices: Prices, chance: np.random.Generator) -> Ints:
    """For each room a movable seat: whoever costs most there, chance added."""
    strain = prices.of_seats(seating.seats) + chance.random(seating.seats.shape) * CHANCE
    movable = seating.movable
    strain[~movable] = -np.inf
    found: Ints = np.where(movable.any(axis=1), strain.argmax(axis=1), NOWHERE)
    return found


class WholeMarket:
    """Every person may come into every room: for some hundred rooms."""

    def __init__(self, table: Floats) -> None:
        self._table = table

    def seat(self, out: Ints, rest: Ints, kinds: Ints) -> Ints:
        """Who of `out` goes where: see `Market`."""
        of_out = self._table[out].T
        prices = of_out[rest[:, 0]]
        for column in range(1, rest.shape[1]):
            prices += of_out[rest[:, column]]
        prices[kinds[:, None] != kinds[None, :]] = np.inf
        found: Ints = linear_sum_assignment(prices)[1]
        return found


class SparseMarket:
    """A person may come into the rooms of those most worth meeting, or back: for thousands of rooms."""

    def __init__(self, prices: Prices, candidates: Ints) -> None:
        self._prices = prices
        self._candidates = candidates
        """For each person others most worth meeting: shape (n, some), n for none."""

    def seat(self, out: Ints, rest: Ints, kinds: Ints) -> Ints:
        """Who of `out` goes where: see `Market`."""
        count, nobody = len(out), self._prices.n
        room_of = np.full(nobody + 1, NOWHERE)
        room_of[rest] = np.arange(count)[:, None]
        room_of[nobody] = NOWHERE
        rooms = np.concatenate([np.arange(count)[:, None], room_of[self._candidates[out]]], axis=1)
        keys = _once((np.arange(count)[:, None] * count + rooms)[rooms >= 0])
        person, room = np.divmod(keys, count)
        alike = kinds[person] == kinds[room]
        person, room = person[alike], room[alike]
        person, room, prices = _levelled(person, room, self._priced(out[person], rest[room]))
        starts = np.searchsorted(person, np.arange(count + 1))
        graph = csr_matrix((prices, room, starts), shape=(count, count))
        persons, into = min_weight_full_bipartite_matching(graph)
        found = np.empty(count, np.int64)
        found[into] = persons
        return found

    def _priced(self, people: Ints, rooms: Ints) -> Floats:
        """What each person costs in each room: people of shape (edges,), rooms of shape (edges, seats)."""
        there = rooms != self._prices.n
        edge = np.nonzero(there)[0]
        prices = self._prices.of(people[edge], rooms[there])
        found: Floats = np.bincount(edge, prices, len(people)).astype(np.float64)
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
    faults = np.rint(prices / FAULT)
    gains = np.rint((prices - faults * FAULT) / GRAIN)
    now = np.empty(int(person[-1]) + 1)
    now[person[person == room]] = faults[person == room]
    kept = faults <= now[person]
    gains = gains[kept] - gains[kept].min() + 1
    ranks = np.unique(faults[kept], return_inverse=True)[1]
    return person[kept], room[kept], gains + ranks * (gains.max() + 1)


def _once(keys: Ints) -> Ints:
    """Each number once, rising: sorted, which here takes a tenth of `np.unique` with its table of hashes."""
    rising = np.sort(keys)
    found: Ints = rising[np.append(True, rising[1:] != rising[:-1])]
    return found
