"""Rooms of two: the door of the ways to pair people."""

from rooms.matching.case import Case
from rooms.matching.pairs_exact import EXACT, solve_exact
from rooms.matching.pairs_sparse import solve_sparse
from rooms.matching.roles import solve_roles, two_sides
from rooms.matching.solution import Solution


def solve_pairs(case: Case) -> Solution:
    """The best rooms of two, or near the best for many people.

    Level before level: never two who must not meet; as many as possible in a room; who sat out least sits out;
    as little broken as can be; the greatest gain; chance. Exact up to `EXACT` people but for rooms of three.
    """
    if case.n < 2:
        return Solution([], "nobody")
    sides = two_sides(case)
    if sides is not None and (found := solve_roles(case, sides)) is not None:
        return found
    return solve_exact(case) if case.n <= EXACT else solve_sparse(case)
