"""Tables without a repeat by algebra: so many rounds in which no two of n people sit together twice.

- Transversal designs: people stand in columns x of q each, q a power of a prime; table c of round m seats (x, c + m·x)
  of each column. Two of different columns share a table once, two of one column never; q rounds. Where tables divide
  columns, people of one column meet in further rounds, by the same construction (affine planes are such). See Beth,
  Jungnickel and Lenz, *Design Theory* I.
- Kirkman's schoolgirls for 3q girls, q = 6t + 1 a power of a prime: Ray-Chaudhuri and Wilson, "Solution of Kirkman's
  schoolgirl problem" (1971), theorem 2.
- Smaller ones that were searched for: `designs_known`.

Whoever is missing leaves a chair empty: that never makes two meet.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from rooms.matching.crowd import Ints
from rooms.matching.designs_fields import field, prime_of
from rooms.matching.designs_known import STARTERS, Starter
from rooms.matching.solution import Room

DESIGNS_KEPT = 64
TABLES_MOST = 128
"""Tables of the largest design: 128 tables of two are 256 people."""


class Design(NamedTuple):
    """A schedule for full tables."""

    rounds: Ints
    """Who sits where: shape (rounds, tables, people at a table), people from 0."""
    spare: Ints
    """Of these no two ever meet: if they are missing, no table lacks two."""


@lru_cache(DESIGNS_KEPT)
def design_rounds(people: int, tables: int) -> tuple[tuple[Room, ...], ...]:
    """As many rounds of so many tables as are known in which nobody meets twice; tables differ by one at most.

    Nothing where there are not even two people for each table.
    """
    size = -(-people // tables)
    if size < 2 or tables > TABLES_MOST:
        return ()
    found = (_without(design, tables * size - people) for design in _designs(tables, size))
    return max(found, key=len, default=())


def _designs(tables: int, size: int) -> Iterator[Design]:
    if (tables, size) in STARTERS:
        yield _developed(STARTERS[tables, size])
    if prime_of(tables) and size <= tables:
        yield _transversal(tables, size)
    if prime_of(tables) and size == 3 and tables % 6 == 1:
        yield _kirkman(tables)
    if tables < size:
        yield Design(np.arange(tables * size).reshape(1, tables, size), np.arange(0, tables * size, size))


def _without(design: Design, missing: int) -> tuple[tuple[Room, ...], ...]:
    """A design without so many of its people, the others numbered anew; only rounds with tables that differ by one."""
    if missing > len(design.spare):
        return ()
    gone = design.spare[len(design.spare) - missing :]
    people = design.rounds[0].size
    number = np.full(people, -1)
    number[np.setdiff1d(np.arange(people), gone)] = np.arange(people - missing)
    found = []
    for tables in number[design.rounds]:
        if ((tables < 0).sum(axis=1) <= 1).all():
            found.append(tuple(sorted(tuple(sorted(who for who in table if who >= 0)) for table in tables.tolist())))
    return tuple(found)


def _transversal(q: int, size: int) -> Design:
    numbers = field(q)
    columns, seats = np.arange(size), np.arange(q)
    rounds = [numbers.add[seats[:, None], numbers.multiply[slope, columns][None, :]] for slope in range(q)]
    found = np.array(rounds) + columns * q
    if q % size == 0:
        inner = max((design.rounds for design in _designs(q // size, size)), key=len)
        further = [np.concatenate([tables + column * q for column in columns]) for tables in inner]
        found = np.concatenate([found, np.array(further)])
    return Design(found, np.arange((size - 1) * q, size * q))


def _developed(starter: Starter) -> Design:
    moving = starter.around * starter.circles
    first = np.array(starter.first)
    start = first - first % starter.around
    steps = np.arange(starter.around)[:, None, None, None]
    moved = np.where(first < moving, start + (first + steps) % starter.around, first)
    return Design(moved.reshape(-1, *first.shape[1:]), np.arange(moving, moving + starter.still))


def _kirkman(q: int) -> Design:
    """3q girls in three rows of q; row j holds girls j·q to j·q + q - 1."""
    numbers, t = field(q), (q - 1) // 6
    powers = _powers(numbers.multiply, q)
    rows = np.arange(3)
    inside = [[row * q + powers[i + k * 2 * t] for k in range(3)] for i in range(t) for row in rows]
    across = [[row * q + powers[(i + row * 2 * t) % (q - 1)] for row in rows] for i in range(q - 1)]
    mixed = [across[i + k * t] for k in (1, 3, 5) for i in range(t)]
    base = np.array([[row * q for row in rows], *inside, *mixed])
    rest = np.array([across[i + k * t] for k in (0, 2, 4) for i in range(t)])
    row, place = base // q, base % q
    found = [row * q + numbers.add[place, shift] for shift in range(q)]
    row, place = rest // q, rest % q
    found += [np.array([row[at] * q + numbers.add[place[at], shift] for shift in range(q)]) for at in range(len(rest))]
    return Design(np.array(found), np.arange(1))


def _powers(multiply: Ints, q: int) -> list[int]:
    """1, g, g², … for an element g whose powers are everything but 0."""
    for generator in range(2, q):
        powers = [1]
        while (after := int(multiply[powers[-1], generator])) != 1:
            powers.append(after)
        if len(powers) == q - 1:
            return powers
    raise ValueError(f"expected a power of a prime above 2, got {q}")
