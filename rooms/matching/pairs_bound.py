"""What the rooms of two could be worth at most: the measure of how good a solution is."""

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from rooms.matching.case import UNIT, Case
from rooms.matching.cover import Edges
from rooms.matching.crowd import Floats, Ints
from rooms.matching.pairs_edges import joined_edges, round_edges
from rooms.matching.pairs_perfect import prices
from rooms.matching.pairs_square import Square
from rooms.matching.solution import Room

TIMES_PRICED = 4
"""Times that prices are made with the pairs they did not cover before."""
MISSED = 4
"""Pairs added for each at once."""
CELLS = 1 << 20
"""Pairs looked at at once."""
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


def upper_bound(case: Case) -> float:
    """What any rooms of two with nothing broken and nobody who must not meet are worth at most, for many people.

    The prices of the best assignment over a few pairs each are checked against all pairs; those found too cheap are
    added, a few times; what is still too cheap in the end is added to the prices. Takes seconds for ten thousand.
    """
    edges = round_edges(case)
    best = np.inf
    for _ in range(TIMES_PRICED):
        edges = Edges(edges.one, edges.other, case.crowd.worth_of(case.who[edges.one], case.who[edges.other]))
        price = _prices(case.n, edges)
        lifted, missing = _lifted(case, price)
        best = min(best, float(lifted.sum()))
        if not len(missing.one):
            break
        edges = joined_edges(case.n, [edges, missing])
    return best + SLACK


def _prices(n: int, edges: Edges) -> Floats:
    """A price of at least 0 for each, two together at least the worth of their edge, with the least sum."""
    myself = np.arange(n)
    one = np.concatenate([edges.one, edges.other, myself])
    other = np.concatenate([edges.other, edges.one, myself])
    weight = np.rint(np.concatenate([edges.gain, edges.gain, np.zeros(n)]) / UNIT) * UNIT
    matrix = csr_array((weight + 1, (one, other)), shape=(n, n))
    _, given = min_weight_full_bipartite_matching(matrix, maximize=True)
    chosen = np.zeros(n)
    used = given[one] == other
    chosen[one[used]] = weight[used]
    order = np.argsort(other, kind="stable")
    start = np.searchsorted(other[order], myself)
    more, through = (weight - chosen[one])[order], given[one[order]]
    columns = np.zeros(n)
    for _ in range(n):
        raised = np.maximum.reduceat(columns[through] + more, start)
        if (raised <= columns).all():
            break
        columns = np.maximum(columns, raised)
    found: Floats = (chosen - columns[given] + columns) / 2
    return found


def _lifted(case: Case, price: Floats) -> tuple[Floats, Edges]:
    """Prices raised until they cover all pairs, and the pairs they did not cover, the worst few of each."""
    lifted = np.maximum(price, 0)
    missing: list[Ints] = [np.zeros((0, 2), np.int64)]
    step = max(1, CELLS // max(1, case.n))
    for start in range(0, case.n, step):
        rows = np.arange(start, min(start + step, case.n))
        worth = case.crowd.worth(case.who[rows], case.who)
        worth[case.barred(rows) | (case.faults(rows) > 0)] = 0
        lifted[rows] += np.maximum(0, (worth - lifted[rows][:, None] - lifted[None, :]).max(axis=1))
        short = worth - price[rows][:, None] - price[None, :]
        worst = np.argpartition(short, case.n - MISSED, axis=1)[:, case.n - MISSED :]
        row, at = np.nonzero(np.take_along_axis(short, worst, axis=1) > UNIT)
        missing.append(np.stack([rows[row], worst[row, at]], axis=1))
    one, other = np.concatenate(missing).T
    return lifted, Edges(one, other, np.zeros(len(one)))


def _clean(square: Square, rooms: list[Room]) -> bool:
    return all(bool(square.clean[one, other]) for room in rooms for one in room for other in room if one < other)
