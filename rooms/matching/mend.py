"""Pairs made better by exchanging partners: for those left over, and where something is broken.

Two rooms exchange partners (2-opt); where that does not help somebody who would be left out or has something broken,
three do. Each exchange makes the whole better, so that it ends.
"""

import numpy as np

from rooms.matching.case import Case
from rooms.matching.cover import Edges, paired
from rooms.matching.crowd import Floats, Ints
from rooms.matching.pairs_edges import BARRED, FAULT, value_of, values
from rooms.matching.pairs_region import refine
from rooms.matching.roads import Roads

MANY = 300
"""Left over up to whom everybody is weighed with everybody."""
PASSES = 8
"""Times that exchanged rooms are looked at again."""
TROUBLED = 64
"""Rooms for which all other rooms are looked at, at most."""
STALE = 12
"""Rooms in a row for which that did not help, after which it is given up."""
DETOURS, DETOUR_CELLS = 24, 1 << 16
"""Ways through a third room that are tried for one room; fewer for many people, so many pairs weighed in all."""


def mended(case: Case, mates: Ints, edges: Edges, idle: int) -> Ints:
    """Partners for those left over but `idle` (-1 for nobody), and better rooms around them; -1 who must have none."""
    left = np.flatnonzero(mates < 0)
    left = left[left != idle]
    if not len(left):
        return mates
    mates = mates.copy()
    pair_up(case, mates, left)
    rooms = _rooms(mates, left)
    troubled = bool((value_of(case, rooms[:, 0], rooms[:, 1]) < -FAULT / 2).any())
    roads = Roads.of(case.n, edges)
    for _ in range(PASSES):
        if not len(rooms):
            break
        rooms = _exchange(case, mates, roads, rooms)
    if len(left) <= MANY:
        refine(case, mates, roads, left)
    if troubled:
        _relieve(case, mates)
    apart = np.flatnonzero(mates >= 0)
    apart = apart[case.barred_of(apart, mates[apart])]
    mates[apart] = -1
    return mates


def pair_up(case: Case, mates: Ints, left: Ints) -> None:
    """Make rooms of those left over, the best first, even of two who must not meet: others may help them."""
    if len(left) > MANY:
        left = left[_covered(case, mates, left)]
    left = left[:MANY] if len(left) > MANY else left
    at, with_ = np.triu_indices(len(left), 1)
    one, other = left[at], left[with_]
    value = value_of(case, one, other)
    for place in np.argsort(-value, kind="stable").tolist():
        a, b = int(one[place]), int(other[place])
        if mates[a] < 0 and mates[b] < 0:
            mates[a], mates[b] = b, a


def _covered(case: Case, mates: Ints, left: Ints) -> Ints:
    """Pair most of many left over by their own double cover; where in `left` the rest stands."""
    part = case.part(left)
    found: list[Ints] = []
    step = max(1, (1 << 19) // len(left))
    most = min(12, len(left) - 1)
    for start in range(0, len(left), step):
        rows = np.arange(start, min(start + step, len(left)))
        value = values(part, rows)
        best = np.argpartition(value, len(left) - most, axis=1)[:, len(left) - most :]
        row, at = np.nonzero(np.take_along_axis(value, best, axis=1) > -BARRED)
        found.append(np.stack([rows[row], best[row, at]], axis=1))
    both = np.unique(np.sort(np.concatenate(found), axis=1), axis=0)
    edges = Edges(both[:, 0], both[:, 1], value_of(part, both[:, 0], both[:, 1]))
    inside = paired(len(left), edges)
    has = inside >= 0
    mates[left[has]] = left[inside[has]]
    return np.flatnonzero(~has)


def _rooms(mates: Ints, people: Ints) -> Ints:
    """The rooms of these people: shape (rooms, 2)."""
    people = people[mates[people] >= 0]
    return np.unique(np.sort(np.stack([people, mates[people]], axis=1), axis=1), axis=0)


def _exchange(case: Case, mates: Ints, roads: Roads, rooms: Ints) -> Ints:
    """The best exchange along an edge for each room, those that do not touch; the rooms that changed."""
    here, there = np.concatenate([rooms[:, 0], rooms[:, 1]]), np.concatenate([rooms[:, 1], rooms[:, 0]])
    source, at = roads.along(here)
    to, gain = roads.to[at], roads.gain[at]
    open_ = (mates[to] >= 0) & (to != there[source])
    source, to, gain = source[open_], to[open_], gain[open_]
    x, y, mate = here[source], there[source], mates[to]
    better = gain + value_of(case, y, mate) - value_of(case, x, y) - value_of(case, to, mate)
    changed: list[int] = []
    touched: set[int] = set()
    for place in np.argsort(-better, kind="stable").tolist():
        if better[place] <= 0:
            break
        a, b, c, d = int(x[place]), int(y[place]), int(to[place]), int(mate[place])
        if touched.isdisjoint((a, b, c, d)):
            touched.update((a, b, c, d))
            mates[a], mates[c], mates[b], mates[d] = c, a, d, b
            changed += [a, b]
    return _rooms(mates, np.array(changed, np.int64))


def _relieve(case: Case, mates: Ints) -> None:
    """Look at all other rooms for rooms in which something is broken."""
    everybody = np.flatnonzero(mates >= 0)
    worth = np.zeros(case.n)
    worth[everybody] = value_of(case, everybody, mates[everybody])
    bad = everybody[(worth[everybody] < -FAULT / 2) & (everybody < mates[everybody])]
    troubled = np.stack([bad, mates[bad]], axis=1)
    stale = 0
    for one, other in troubled[:TROUBLED].tolist():
        if mates[one] != other:
            continue
        stale = 0 if _relieved(case, mates, worth, one, other) else stale + 1
        if stale >= STALE:
            break


def _relieved(case: Case, mates: Ints, worth: Floats, one: int, other: int) -> bool:
    """Exchange with the best of all rooms, or through a third; False where nothing is better."""
    ours = values(case, np.array([one, other]))
    if (ours.max(axis=1) < worth[one] + FAULT / 2).all():
        return False  # Neither can meet anybody with less broken than now.
    seated = (mates >= 0) & (np.arange(case.n) != one) & (np.arange(case.n) != other)
    better = np.where(seated, ours[0] + ours[1][mates] - worth[one] - worth, -np.inf)
    best = int(np.argmax(better))
    if ours[0][best] + ours[1][mates[best]] > -FAULT / 2 and better[best] > 0:
        _seat(case, mates, worth, [(one, best), (other, int(mates[best]))])
        return True
    return _detour(case, mates, worth, ours, (one, other)) or _taken(case, mates, worth, better, (one, other))


def _taken(case: Case, mates: Ints, worth: Floats, better: Floats, room: tuple[int, int]) -> bool:
    best = int(np.argmax(better))
    if better[best] <= 0:
        return False
    _seat(case, mates, worth, [(room[0], best), (room[1], int(mates[best]))])
    return True


def _detour(case: Case, mates: Ints, worth: Floats, ours: Floats, room: tuple[int, int]) -> bool:
    """Three rooms exchange: one with c, c's partner d with e, e's partner with the other."""
    one, other = room
    free = mates >= 0
    free[list(room)] = False
    most = min(DETOURS, DETOUR_CELLS // case.n + 1)
    first = np.argsort(np.where(free, worth - ours[0], np.inf), kind="stable")[:most]
    first = first[free[first]]
    seconds = mates[first]
    through = values(case, seconds)
    through[:, ~free] = -np.inf
    through[np.arange(len(first)), first] = -np.inf
    ends = ours[1][mates]
    total = (ours[0] - worth)[first][:, None] + through + (ends - worth)[None, :] - worth[one]
    best = int(np.argmax(total)) if total.size else 0
    if not total.size or total.flat[best] <= 0:
        return False
    at, third = divmod(best, case.n)
    c, d = int(first[at]), int(seconds[at])
    _seat(case, mates, worth, [(one, c), (d, third), (int(mates[third]), other)])
    return True


def _seat(case: Case, mates: Ints, worth: Floats, rooms: list[tuple[int, int]]) -> None:
    for one, other in rooms:
        mates[one], mates[other] = other, one
    people = np.array(rooms).ravel()
    worth[people] = value_of(case, people, mates[people])
