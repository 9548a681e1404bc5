"""Rooms that were shown already, mended for who is here now: as few of them as possible change.

Rooms that are still whole, allowed and of a lawful size stay; those without one are placed among themselves and the
people of a few rooms with whom they go best. Where that breaks something or leaves somebody out, more rooms are
opened, in the end all of them.
"""

from collections import Counter
from collections.abc import Callable
from itertools import chain

import numpy as np

from rooms.matching.candidates import candidates
from rooms.matching.case import Case
from rooms.matching.crowd import Bools, Ints
from rooms.matching.sizes import lawful_sizes, room_sizes
from rooms.matching.solution import Room, Solution

Solve = Callable[[Case], Solution]

OPENED = (3, 8)
"""Rooms opened for each who has none, at first and where that did not do."""
MOST_OPENED = 0.6
"""Share of the people from which on everything is solved anew."""


def repair(case: Case, shown: list[Room], solve: Solve) -> Solution:
    """Rooms for the case in which as many of the shown ones as possible stay as they are.

    `solve` makes rooms for any part of the case. Nobody is left out, and nothing is broken, that `solve` would seat
    or keep for the whole case. Where that gains nothing, all stays as shown.
    """
    found = _mended(case, shown, solve)
    if _may_stay(case, shown) and _lacks(case, shown) <= _lacks(case, found.rooms):
        return Solution(sorted(shown), "repair_nothing")
    return found


def _may_stay(case: Case, shown: list[Room]) -> bool:
    """Whether everybody shown is in one room, and the rooms are such as may be."""
    least, most = lawful_sizes(case.request.group, case.request.odd)
    people = [who for room in shown for who in room]
    if len(set(people)) < len(people) or not all(least <= len(room) <= most for room in shown):
        return False
    return not any(_barred(case, inside).any() for inside in _by_size(shown))


def _lacks(case: Case, rooms: list[Room]) -> tuple[int, ...]:
    """What counts more than that nothing changes, the most important first: seats, turns, sizes, faults by level."""
    idle = np.ones(case.n, bool)
    idle[[who for room in rooms for who in room]] = False
    turns = case.sat_out[idle]
    sizes = [len(room) for room in rooms]
    uneven = max(0, max(sizes, default=0) - min(sizes, default=0) - 1)
    short = sum(size < case.request.group.min for size in sizes)
    levels = np.arange(len(case.ruling.levels))[::-1] * case.ruling.bits
    faults = np.zeros(len(levels), np.int64)
    for inside in _by_size(rooms):
        for packed in (case.pair_faults_of(*_pairs_in(inside)), case.ruling.rooms_faults(case.who[inside])):
            faults += (packed[:, None] >> levels & ((1 << case.ruling.bits) - 1)).sum(axis=0)
    return len(turns), int(turns.sum()), int(turns.max(initial=0)), uneven, short, *faults.tolist()


def _mended(case: Case, shown: list[Room], solve: Solve) -> Solution:
    wanted = room_sizes(case.n, case.request.group, case.request.odd)
    kept, free = _standing(case, shown, wanted)
    if not free:
        return Solution(sorted(kept), "repair_nothing")
    for opened in OPENED:
        inside = _opened(case, kept, free, opened)
        if len(inside) > MOST_OPENED * case.n:
            break
        found = _with_part(case, kept, inside, solve)
        if _flawless(case, found, wanted):
            return Solution(found, "repair")
    anew = solve(case)
    return Solution(anew.rooms, f"repair_{anew.method}", anew.bound)


def _standing(case: Case, shown: list[Room], sizes: tuple[int, ...]) -> tuple[list[Room], list[int]]:
    """The shown rooms that may stay, and everybody else. Sizes of which there are too many now do not stay."""
    wanted = Counter(sizes)
    usual = max(wanted, key=lambda size: (wanted[size], size), default=0)
    whole = [room for room in shown if len(room) == usual]
    sound = [good for inside in _by_size(whole) for good in _sound(case, inside)]
    kept = [room for room, good in zip(whole, sound, strict=True) if good][: wanted[usual]]
    placed = {who for room in kept for who in room}
    return kept, [who for who in range(case.n) if who not in placed]


def _sound(case: Case, inside: Ints) -> list[bool]:
    """Which rooms of one size, shape (rooms, people), break nothing."""
    faults = (case.pair_faults_of(*_pairs_in(inside)) > 0).reshape(len(inside), -1).any(axis=1)
    broken = _barred(case, inside) | faults | (case.ruling.rooms_faults(case.who[inside]) > 0)
    found: list[bool] = (~broken).tolist()
    return found


def _barred(case: Case, inside: Ints) -> Bools:
    """Which rooms of one size, shape (rooms, people), must not be."""
    pairs = case.pair_barred_of(*_pairs_in(inside)).reshape(len(inside), -1)
    found: Bools = pairs.any(axis=1) | case.ruling.rooms_barred(case.who[inside])
    return found


def _pairs_in(inside: Ints) -> tuple[Ints, Ints]:
    """Each two of each room of one size, room after room."""
    left, right = np.triu_indices(inside.shape[1], 1)
    return inside[:, left].ravel(), inside[:, right].ravel()


def _by_size(rooms: list[Room]) -> list[Ints]:
    """The rooms of each size as one array."""
    found: dict[int, list[Room]] = {}
    for room in rooms:
        found.setdefault(len(room), []).append(room)
    return [np.fromiter(chain.from_iterable(some), np.int64).reshape(-1, size) for size, some in found.items()]


def _opened(case: Case, kept: list[Room], free: list[int], opened: int) -> Ints:
    """The free, and the people of the few kept rooms with whom each goes best; and of the one whose turn it is."""
    room_of = np.full(case.n, -1, np.int64)
    sizes = np.fromiter(map(len, kept), np.int64)
    room_of[np.fromiter(chain.from_iterable(kept), np.int64)] = np.repeat(np.arange(len(kept)), sizes)
    place = np.full(case.crowd.n + 1, -1, np.int64)
    place[case.who] = np.arange(case.n)
    others = place[candidates(case).others[case.who[free]]]
    rooms = np.where(others >= 0, room_of[others], -1)
    first = np.cumsum(rooms >= 0, axis=1) <= opened
    chosen = set(rooms[first & (rooms >= 0)].tolist())
    in_turn = np.flatnonzero(case.sat_out == case.sat_out.min())
    chosen.add(int(room_of[in_turn[np.argmin(case.past.draws[case.who[in_turn]])]]))
    chosen.discard(-1)
    return np.array(sorted({*free, *(who for index in chosen for who in kept[index])}), np.int64)


def _with_part(case: Case, kept: list[Room], inside: Ints, solve: Solve) -> list[Room]:
    opened = set(inside.tolist())
    rooms = [room for room in kept if room[0] not in opened]
    people = inside.tolist()
    part = solve(case.part(people))
    return sorted([*rooms, *(tuple(people[who] for who in room) for room in part.rooms)])


def _flawless(case: Case, rooms: list[Room], wanted: tuple[int, ...]) -> bool:
    """Whether sizes are as for everybody at once, nobody sits out of turn, and nothing is broken."""
    if sorted(map(len, rooms), reverse=True) != list(wanted):
        return False
    return all(all(_sound(case, some)) for some in _by_size(rooms)) and _in_turn(case, rooms)


def _in_turn(case: Case, rooms: list[Room]) -> bool:
    idle = np.ones(case.n, bool)
    idle[[who for room in rooms for who in room]] = False
    return not idle.any() or case.sat_out[idle].max() <= np.partition(case.sat_out, idle.sum() - 1)[idle.sum() - 1]
