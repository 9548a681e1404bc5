"""The one door of the matcher: a request in, rooms with reasons out."""

from collections.abc import Callable, Iterable

from rooms.matching.account import account
from rooms.matching.case import Case
from rooms.matching.checks import check
from rooms.matching.evening import planned_round
from rooms.matching.few import FEW, solve_few
from rooms.matching.groups import solve_groups
from rooms.matching.pairs import solve_pairs
from rooms.matching.prepare import Prepared, prepare
from rooms.matching.repair import repair
from rooms.matching.request import Group, MatchRequest
from rooms.matching.result import MatchResult
from rooms.matching.solution import Room, Solution

Way = Callable[[Case], Solution]


def match(request: MatchRequest) -> MatchResult:
    """Make the rooms of one round. Same request, with its parts in any order: same answer, on every machine.

    Raises:
        RangeError: something is out of range; the message begins with its path.
    """
    return match_by(request, solve)


def match_by(request: MatchRequest, way: Way) -> MatchResult:
    """Check and prepare a request, keep what is pinned, let `way` make the other rooms, and account for all.

    Raises:
        RangeError: something is out of range; the message begins with its path.
    """
    check(request)
    prepared = prepare(request)
    pinned = pinned_rooms(prepared)
    return account(prepared, with_pinned(prepared.case, pinned, way), pinned)


def with_pinned(case: Case, pinned: list[Room], way: Way) -> Solution:
    """The rooms the organiser has fixed, and for everybody else those that `way` finds."""
    fixed = {who for room in pinned for who in room}
    if not fixed:
        return way(case)
    free = [who for who in range(case.n) if who not in fixed]
    found = way(case.part(free))
    rooms = [tuple(free[who] for who in room) for room in found.rooms]
    return Solution(sorted([*pinned, *rooms]), found.method)


def solve(case: Case) -> Solution:
    """The best rooms by the way that suits the case: as shown before, as planned for the evening, or anew."""
    if case.request.shown is not None and (shown := rooms_of(case, case.request.shown)):
        return repair(case, shown, solve_anew)
    return solve_anew(case)


def solve_anew(case: Case) -> Solution:
    """The best rooms, whatever was shown before."""
    if case.n < 2:
        return Solution([], "nobody")
    if planned := planned_round(case):
        return planned
    if case.n <= FEW:
        return solve_few(case)
    return solve_pairs(case) if case.request.group.max == 2 else solve_groups(case)


def pinned_rooms(prepared: Prepared) -> list[Room]:
    """The rooms the organiser has fixed, with those who are here; none in which two are kept apart."""
    case = prepared.case
    rooms: list[Room] = []
    taken: set[int] = set()
    for room in rooms_of(case, case.request.pinned):
        if taken.isdisjoint(room) and len(room) >= 2 and not case.apart(room):
            rooms.append(room)
            taken.update(room)
    return rooms


def rooms_of(case: Case, groups: Iterable[Group]) -> list[Room]:
    """Rooms by number, in a fixed order; whoever is not to be placed is left out, and so are empty rooms."""
    groups = list(groups)
    if not groups:
        return []
    place = {case.person(index).id: index for index in range(case.n)}
    rooms = (tuple(sorted(place[who] for who in group if who in place)) for group in groups)
    return sorted(room for room in rooms if room)
