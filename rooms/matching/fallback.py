"""Rooms in bounded time, for when nothing better was found in time: bars and sizes kept, repeats avoided greedily.

Rooms are filled seat by seat. Each open seat looks at a few people only (a candidate list); the least broken and then
the best meetings are taken first, and whoever is left over looks at others. Linear in the people but for sorting.
"""

import numpy as np

from rooms.matching.case import Case
from rooms.matching.crowd import Bools, Floats, Ints
from rooms.matching.matcher import match_by
from rooms.matching.request import MatchRequest
from rooms.matching.result import MatchResult
from rooms.matching.sizes import ROOM_LEAST, lawful_sizes, room_sizes
from rooms.matching.solution import Room, Solution

LOOKED_AT = 6
"""People each open seat looks at in one pass."""
PASSES = 8
"""Each leaves about a sixth of the seats open; who is left after eight fits nobody seen."""
STRIDE = 37
"""By how much later passes begin elsewhere, so that they look at other people."""
FEW = 48
"""So few people look at everything that is open: fewer meetings than one pass of 400 people."""
HARD_TO_PLACE = 64
"""People nobody fits, or who break something, for whom other rooms are looked at one by one: a millisecond each."""
ROOMS_LOOKED_AT = 400
"""Rooms looked at for each of these."""
TRIES, PARTNERS_TRIED = 24, 4
"""Times that all rooms are looked at to seat two more, and with how many others each is tried."""


def greedy(request: MatchRequest) -> MatchResult:
    """Rooms for a request, lawful and quickly found.

    Raises:
        RangeError: something is out of range; the message begins with its path.
    """
    return match_by(request, solve_greedily)


def solve_greedily(case: Case) -> Solution:
    """Rooms for everybody whom sizes and bars allow; where one more has to sit out, it is who did so least."""
    request = case.request
    sizes = np.array(room_sizes(case.n, request.group, request.odd), np.int64)
    if not len(sizes):
        return Solution([], "greedy")
    draws = case.past.draws[case.who]
    seated = np.lexsort((draws, -case.sat_out))[: int(sizes.sum())]
    rooms, loose = _fill(case, sizes, seated[np.argsort(draws[seated])])
    least, most = lawful_sizes(request.group, request.odd)
    loose += [who for room in rooms if len(room) < least for who in room]
    rooms = [room for room in rooms if len(room) >= least]
    for who in _seat_two_by_two(case, rooms, loose, least):
        _take_in(case, rooms, who, most)
    if case.ruling.barring and not case.ruling.in_pairs:
        rooms = [room for room in rooms if not case.room_barred(room)]
    return Solution(sorted(tuple(sorted(room)) for room in rooms), "greedy")


def _fill(case: Case, sizes: Ints, people: Ints) -> tuple[list[Room], list[int]]:
    """Rooms of these sizes (largest first), and whoever fits nowhere."""
    rooms = np.full((len(sizes), int(sizes[0])), -1, np.int64)
    rooms[:, 0], rest = people[: len(sizes)], people[len(sizes) :]
    for seat in range(1, int(sizes[0])):
        open_ = np.flatnonzero((sizes > seat) & (rooms[:, seat - 1] >= 0))
        wanted, later = rest[: len(open_)], rest[len(open_) :]
        rooms[open_, seat] = found = _fill_seats(case, rooms[open_, :seat], wanted)
        rest = np.concatenate([wanted[~np.isin(wanted, found)], later])
    return [tuple(room[room >= 0].tolist()) for room in rooms], rest.tolist()


def _fill_seats(case: Case, members: Ints, people: Ints) -> Ints:
    """Who takes the next seat of each room; -1 where nobody fits. `members`: shape (rooms, people in each)."""
    found = np.full(len(members), -1, np.int64)
    for turn in range(PASSES):
        open_, free = np.flatnonzero(found < 0), people[~np.isin(people, found)]
        if not len(open_) or not len(free):
            break
        few = len(free) <= FEW
        looks = len(free) if few else LOOKED_AT
        if few:
            open_ = open_[: 2 * FEW]
        room = np.tile(np.arange(len(open_)), looks)
        person = (room + np.repeat(np.arange(looks), len(open_)) + turn * STRIDE) % len(free)
        for index, who in _best_first(case, members[open_], room, free, person):
            found[open_[index]] = free[who]
        if few:
            break
    _mend(case, members, found, people)
    return found


def _best_first(case: Case, members: Ints, room: Ints, people: Ints, person: Ints) -> list[tuple[int, int]]:
    """Of the meetings of `members[room[i]]` with `people[person[i]]`, as many as go together, the best ones first."""
    barred, faults, gain = _meetings(case, members[room], people[person])
    order = np.lexsort((-gain, faults))
    order = order[~barred[order]]
    taken: set[int] = set()
    seated: dict[int, int] = {}
    for index, who in zip(room[order].tolist(), person[order].tolist(), strict=True):
        if index not in seated and who not in taken:
            seated[index] = who
            taken.add(who)
    return list(seated.items())


def _meetings(case: Case, members: Ints, people: Ints) -> tuple[Bools, Ints, Floats]:
    """For each row of members with one more person: whether that is barred, what it breaks, how good it is."""
    count = members.shape[1]
    one, other = members.ravel(), np.repeat(people, count)
    pairs = case.ruling.in_pairs
    faults = (case.faults_of if pairs else case.pair_faults_of)(one, other)
    gain = (case.gain_of if pairs else case.pair_gain_of)(one, other)
    barred: Bools = case.barred_of(one, other).reshape(-1, count).max(axis=1)
    return barred, faults.reshape(-1, count).sum(axis=1), gain.reshape(-1, count).sum(axis=1)


def _mend(case: Case, members: Ints, found: Ints, people: Ints) -> None:
    """Whom no open room takes, and who sits where something is broken, changes places with somebody elsewhere."""
    for who in people[~np.isin(people, found)][:HARD_TO_PLACE].tolist():
        if len(open_ := np.flatnonzero(found < 0)):
            _exchange(case, members, found, int(open_[0]), who)
    filled = np.flatnonzero(found >= 0)
    _, faults, _ = _meetings(case, members[filled], found[filled])
    for gap in filled[faults > 0][:HARD_TO_PLACE].tolist():
        _exchange(case, members, found, gap, int(found[gap]))


def _exchange(case: Case, members: Ints, found: Ints, gap: int, who: int) -> None:
    """Seat somebody elsewhere and whoever sat there in the gap, if that is lawful and breaks less than before."""
    filled = np.flatnonzero(found >= 0)
    filled = filled[filled != gap][:ROOMS_LOOKED_AT]
    if not len(filled):
        return
    there = np.broadcast_to(members[gap], (len(filled), members.shape[1]))
    barred, faults, gain = _meetings(case, members[filled], np.full(len(filled), who))
    barred_there, faults_there, gain_there = _meetings(case, there, found[filled])
    _, before, gain_before = _meetings(case, members[filled], found[filled])
    broken = faults + faults_there - before
    order = np.lexsort((gain_before - gain - gain_there, broken))
    order = order[~(barred | barred_there)[order]]
    own = _meetings(case, members[gap : gap + 1], np.array([who]))[1][0]
    if len(order) and (found[gap] < 0 or broken[order[0]] < own):
        best = int(filled[order[0]])
        found[gap], found[best] = found[best], who


def _seat_two_by_two(case: Case, rooms: list[Room], loose: list[int], least: int) -> list[int]:
    """Make rooms for two of the loose at a time where somebody seated can change places with one; who is left over."""
    waiting, left = loose[:HARD_TO_PLACE], list[int]()
    tries = TRIES if least <= ROOM_LEAST else 0
    while waiting:
        who = waiting.pop(0)
        for other in waiting[:PARTNERS_TRIED]:
            tries -= 1
            if tries >= 0 and _parted(case, rooms, who, other):
                waiting.remove(other)
                break
        else:
            left.append(who)
    return left


def _parted(case: Case, rooms: list[Room], who: int, other: int) -> bool:
    """Put one in a seat of which the holder goes with the other into a room of their own, if such a seat there is."""
    for size in sorted({len(room) for room in rooms}):
        some = [index for index, room in enumerate(rooms) if len(room) == size]
        members = np.array([rooms[index] for index in some], np.int64)
        for place in range(size):
            rest = np.delete(members, place, axis=1)
            barred = case.barred_of(rest, np.full(rest.shape, who)).any(axis=1)
            barred |= case.barred_of(members[:, place], np.full(len(some), other))
            if len(free := np.flatnonzero(~barred)):
                index = some[int(free[0])]
                holder = rooms[index][place]
                rooms[index] = (*(one for one in rooms[index] if one != holder), who)
                rooms.append((holder, other))
                return True
    return False


def _take_in(case: Case, rooms: list[Room], who: int, most: int) -> None:
    """Let somebody join one of the smallest rooms that may hold one more, if there is one."""
    size = min((len(room) for room in rooms), default=most)
    open_ = [index for index, room in enumerate(rooms) if len(room) == size][:ROOMS_LOOKED_AT] if size < most else []
    if not open_:
        return
    members = np.array([rooms[index] for index in open_], np.int64)
    barred, faults, gain = _meetings(case, members, np.full(len(open_), who))
    order = np.lexsort((-gain, faults))
    order = order[~barred[order]]
    if len(order):
        rooms[open_[order[0]]] = (*rooms[open_[order[0]]], who)
