"""Pairs across two sides: everybody of the smaller side meets somebody of the larger one, whose rest waits in turn.

Who can be seated together with everybody of the smaller side is a basis of a matroid, so that seating those who
waited most is never wrong (Edmonds 1971); the best pairs of those seated are then an assignment.
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from rooms.language import rules as r
from rooms.matching.case import Case
from rooms.matching.cover import ALONE, COARSE, MOST, Edges
from rooms.matching.crowd import Bools, Crowd, Ints
from rooms.matching.mend import mended
from rooms.matching.pairs_edges import FAULT, round_edges, value_of, values
from rooms.matching.solution import Solution

DENSE = 240
"""People seated up to whom everybody is weighed with everybody."""


class Sides(NamedTuple):
    """People by number."""

    small: Ints
    large: Ints


def two_sides(case: Case) -> Sides | None:
    """The sides between which all pairs must be, where a rule that stands above the seat says so."""
    for rule in case.ruling.barring:
        sides = _sides(rule, case.crowd)
        if sides is not None and not (sides[0] & sides[1]).any():
            first, second = (np.flatnonzero(side[case.who]) for side in sides)
            return Sides(first, second) if len(first) <= len(second) else Sides(second, first)
    return None


def _sides(rule: r.Rule, crowd: Crowd) -> tuple[Bools, Bools] | None:
    if isinstance(rule, r.Complementary):
        return crowd.has(rule.attr, rule.values[0]), crowd.has(rule.attr, rule.values[1])
    if isinstance(rule, r.Quota) and rule.min == rule.max == 1:
        having = crowd.has(rule.attr, rule.value)
        return having, ~having
    return None


def solve_roles(case: Case, sides: Sides) -> Solution | None:
    """Pairs across the sides with nothing broken; None where somebody more would have to wait, or something give."""
    order = np.lexsort((case.past.draws[case.who[sides.large]], -case.sat_out[sides.large]))
    seated = Sides(sides.small, np.sort(sides.large[order[: len(sides.small)]]))
    pairs = _dense(case, seated) if 2 * len(seated.small) <= DENSE else _sparse(case, seated)
    if pairs is None:
        return None
    rooms = sorted((min(pair), max(pair)) for pair in pairs.tolist())
    return Solution([*rooms], "pairs_roles")


def _dense(case: Case, seated: Sides) -> Ints | None:
    """The best assignment; None where it breaks something. Shape (pairs, 2)."""
    value = values(case, seated.small)[:, seated.large]
    row, column = linear_sum_assignment(value, maximize=True)
    if (value[row, column] < -FAULT / 2).any():
        return None
    return np.stack([seated.small[row], seated.large[column]], axis=1)


def _sparse(case: Case, seated: Sides) -> Ints | None:
    """The best assignment over a few candidates each, mended; None where somebody is left over or something broken."""
    people = np.sort(np.concatenate(seated))
    part = case.part(people)
    edges = round_edges(part)
    smaller = np.isin(people, seated.small, assume_unique=True)
    mates = mended(part, _assigned(edges, smaller), edges, -1)
    if (mates < 0).any():
        return None
    first = np.flatnonzero(smaller)
    if (value_of(part, first, mates[first]) < -FAULT / 2).any():
        return None
    return np.stack([people[first], people[mates[first]]], axis=1)


def _assigned(edges: Edges, smaller: Bools) -> Ints:
    """The partner of each, -1 for those left over: an assignment in which each may be left to nobody of their own."""
    n, half = len(smaller), int(smaller.sum())
    place = np.where(smaller, np.cumsum(smaller), np.cumsum(~smaller)) - 1
    across = smaller[edges.one] != smaller[edges.other]
    one, other = edges.one[across], edges.other[across]
    row, column = place[np.where(smaller[one], one, other)], place[np.where(smaller[one], other, one)]
    coarse = np.rint(edges.gain[across] / COARSE) * COARSE
    gain = coarse - coarse.min(initial=0.0)
    gain = np.minimum(gain + max(ALONE, float(gain.max(initial=0.0))), MOST)
    nobody = np.arange(half)
    data = np.concatenate([gain, np.full(half, COARSE)])
    places = (np.concatenate([row, nobody]), np.concatenate([column, n - half + nobody]))
    matrix = csr_array((data, places), shape=(half, n))
    _, found = min_weight_full_bipartite_matching(matrix, maximize=True)
    mates = np.full(n, -1, np.int64)
    has = found < n - half
    first, second = np.flatnonzero(smaller)[has], np.flatnonzero(~smaller)[found[has]]
    mates[first], mates[second] = second, first
    return mates
