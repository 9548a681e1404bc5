"""The best rooms of a round that are known: the matcher's own search, a hundred times as long and from several starts.

How good groups can be is not known (one round of them is NP-hard), and no bound comes near. So what the matcher finds
in its time is held against what it would find in minutes, twice: round by round over the same past, and an evening
against an evening in which every round had that long.
"""

from loadtests.matching.evening import Played, asked_in_turn, take, worst
from rooms.matching import MatchRequest, MatchResult
from rooms.matching.case import Case
from rooms.matching.groups import search
from rooms.matching.matcher import match_by, rooms_of
from rooms.matching.prepare import prepare
from rooms.matching.solution import Solution

LONG = ((300, 2_000, 6), (1_500, 800, 2), (10_000, 80, 1))
"""Up to so many people: so many sweeps, from so many starts. More brings less than a thousandth."""


def solve_long(case: Case) -> Solution:
    """The best groups that are found in a long time."""
    sweeps, starts = next(rest for most, *rest in LONG if case.n <= most)
    return search(case, sweeps, starts, little=0.0)


def best_evening(request: MatchRequest, rounds: int) -> Played:
    """The evening with every round searched for long."""
    played = Played()
    for asked in asked_in_turn(request, rounds, played):
        take(played, asked, match_by(asked, solve_long))
    played.worst = worst(request, played)
    return played


def share_of_best_rounds(request: MatchRequest, results: list[MatchResult]) -> float:
    """How good these rounds of an evening were, each against the best known after those before it.

    Measured by what a round makes as large as it can be: worth, raised for those who fared badly.
    """
    ours, best = 0.0, 0.0
    played = Played()
    for asked, result in zip(asked_in_turn(request, len(results), played), results, strict=True):
        case = prepare(asked).case
        found = sum(map(case.room_gain, rooms_of(case, result.matches)))
        ours += found
        best += max(found, sum(map(case.room_gain, solve_long(case).rooms)))
        take(played, asked, result)
    return ours / best
