"""Better rooms by taking one person out of every room and seating all of them anew at once.

An *assignment neighbourhood*, exponentially large and searched exactly (Ahuja, Ergun, Orlin and Punnen, A survey of
very large-scale neighborhood search techniques, 2002): who is out is worth so much in each room that has lost one, and
the best way to seat them all is an assignment. Who takes part in it, and what it costs whom to sit where, is told by a
*market* (`markets`).
"""

from typing import Protocol

import numpy as np

from rooms.matching.case import UNIT
from rooms.matching.crowd import Bools, Floats, Ints
from rooms.matching.prices import FAULT

NOWHERE = -1
"""The room of somebody who is in none."""
CHANCE = 0.6 / UNIT
"""Chance when somebody is chosen to be taken out, as a price: half a meeting's worth. Without it the same people would
be chosen for ever."""
PULL = 0.5
"""How much it counts that somebody would fit better elsewhere, against how they fare where they are: at 1,000 people
half brings in ten sweeps what their own fare alone brings in fourteen."""
SPAN, LITTLE = 8, 1e-4
"""Sweeps after which it is seen what they brought, and what share of the whole is too little to go on."""


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

    def standing(self, seats: Ints) -> tuple[Floats, Floats]:
        """What each person costs where they sit, and at most what they would cost where they fit best, as far as that
        is known: shape as `seats`, 0 for nobody."""


def improve(seating: Seating, market: Market, chance: np.random.Generator, sweeps: int, little: float = LITTLE) -> None:
    """Take one out of every room and seat all of them anew, so many times; never worse, but for a market's grain.

    Ends earlier when `SPAN` sweeps together made less than `little` of the whole better.
    """
    before = np.inf
    for turn in range(sweeps):
        own, best = market.standing(seating.seats)
        if turn % SPAN == 0:
            total = float(own.sum())
            if before - total < little * _merit(own):
                return
            before = total
        sweep(seating, market, _chosen(seating, own - PULL * best, chance))


def _merit(own: Floats) -> float:
    """What all is worth, whatever is broken."""
    return float(np.abs(own - FAULT * np.rint(own / FAULT)).sum())


def seat_by_seat(seating: Seating, market: Market) -> None:
    """Choose anew who sits in the second seat of each room for who is in the first, then in the third, and so on."""
    for column in range(1, seating.seats.shape[1]):
        rooms = np.flatnonzero(seating.movable[:, column])
        if len(rooms) < 2:
            continue
        rest = seating.seats[rooms]
        rest[:, column:] = np.where(seating.fixed[rooms, column:], rest[:, column:], seating.nobody)
        out = seating.seats[rooms, column]
        # Seats that are empty in every room are of no interest.
        rest = rest[:, (rest != seating.nobody).any(axis=0)]
        seating.seats[rooms, column] = out[market.seat(out, rest, seating.kinds[rooms, column])]


def sweep(seating: Seating, market: Market, chosen: Ints) -> None:
    """Seat anew whoever sits in the chosen seat of each room; `NOWHERE` for a room that takes no part."""
    rooms = np.nonzero(chosen >= 0)[0]
    if len(rooms) < 2:
        return
    columns = chosen[rooms]
    inside = seating.seats[rooms]
    others = np.arange(inside.shape[1]) != columns[:, None]
    out, rest = inside[~others], inside[others].reshape(len(rooms), -1)
    seating.seats[rooms, columns] = out[market.seat(out, rest, seating.kinds[rooms, columns])]


def _chosen(seating: Seating, strain: Floats, chance: np.random.Generator) -> Ints:
    """For each room a movable seat: the one under most strain, chance added."""
    strain += chance.random(strain.shape) * CHANCE
    movable = seating.movable
    strain[~movable] = -np.inf
    found: Ints = np.where(movable.any(axis=1), strain.argmax(axis=1), NOWHERE)
    return found
