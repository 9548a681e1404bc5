"""What the rooms of two could be worth at most: the measure of how good a solution is."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from rooms.matching.pairs_perfect import prices
from rooms.matching.pairs_square import Square
from rooms.matching.solution import Room

SLACK = 1e-9
"""Room for rounding in sums of a few thousand floats."""


def bound_of(square: Square, rooms: list[Room]) -> float:
    """What any rooms are worth at most that break no more than these, and have no more people in rooms of three.

    Prices of the best assignment of everybody to everybody, oneself for nothing, cover every set of pairs; a room of
    three is worth at most twice the prices of its people.
    """
    worst = max((square.case.room_faults(room) for room in rooms), default=0) if not _clean(square, rooms) else 0
    open_ = square.allowed & (square.faults <= worst)
    weights = np.where(open_, np.maximum(square.worth, 0), 0)
    np.fill_diagonal(weights, 0)
    _, mates = linear_sum_assignment(weights, maximize=True)
    trios = sum(len(room) == 3 for room in rooms)
    if not trios:
        return float(weights[np.arange(square.n), mates].sum()) / 2 + SLACK
    doubled, total = prices(weights, mates)
    return total / 2 + float(np.sort(doubled)[-3 * trios :].sum()) / 2 + SLACK


def _clean(square: Square, rooms: list[Room]) -> bool:
    return all(bool(square.clean[one, other]) for room in rooms for one in room for other in room if one < other)
