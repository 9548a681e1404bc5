"""Rooms of two: the door of the ways to pair people."""

from rooms.matching.case import Case
from rooms.matching.pairs_exact import solve_exact
from rooms.matching.solution import Solution


def solve_pairs(case: Case) -> Solution:
    """The best rooms of two; see `pairs_exact` for what best means."""
    return solve_exact(case)
