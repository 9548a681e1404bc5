"""The odd one joins a pair: the best room of three for whoever would be idle."""

import numpy as np

from rooms.matching.case import Case
from rooms.matching.crowd import Bools, Floats, Ints
from rooms.matching.solution import Room

LOOKED_AT = 12
"""Rooms weighed as a whole for each who joins: the best by their pairs."""
MOST_LOOKED_AT = 96
"""Rooms weighed as a whole where those were all barred."""


def joined(case: Case, rooms: list[Room], idle: list[int]) -> list[Room]:
    """The rooms with as many of the idle in them as can be, at most one in each; who sat out most comes first."""
    order = sorted(idle, key=lambda who: (-int(case.sat_out[who]), int(case.past.draws[case.who[who]])))
    grown: list[Room] = list(rooms)
    for who in order:
        if (index := best_room(case, grown, who)) is not None:
            grown[index] = tuple(sorted((*grown[index], who)))
    return grown


def best_room(case: Case, rooms: list[Room], who: int) -> int | None:
    """Which of the rooms of two this person joins best; None where they must join none."""
    pairs = [index for index, room in enumerate(rooms) if len(room) == 2]
    if not pairs:
        return None
    inside = np.array([rooms[index] for index in pairs], np.int64)
    order = _promising(case, inside, who)
    best: tuple[int, float, int] | None = None
    for looked, at in enumerate(order[:MOST_LOOKED_AT].tolist()):
        if best is not None and looked >= LOOKED_AT:
            break
        room = (*rooms[pairs[at]], who)
        if case.room_barred(room):
            continue
        faults = case.room_faults(room) - case.room_faults(rooms[pairs[at]])
        gain = case.room_gain(room) - case.room_gain(rooms[pairs[at]])
        if best is None or (faults, -gain) < best[:2]:
            best = (faults, -gain, pairs[at])
    return None if best is None else best[2]


def _promising(case: Case, inside: Ints, who: int) -> Ints:
    """Rooms in the order of what their pairs alone would break and be worth."""
    allowed, faults, gains = added(case, inside, np.full(len(inside), who))
    order = np.lexsort((-gains, faults))
    return order[allowed[order]]


def added(case: Case, inside: Ints, who: Ints) -> tuple[Bools, Ints, Floats]:
    """Whether `who[i]` may join the pair `inside[i]`, and the faults and gains that come with it, by pairs alone."""
    one, other = np.concatenate([who, who]), np.concatenate([inside[:, 0], inside[:, 1]])
    here = len(who)
    barred = case.barred_of(one, other)
    faults = case.ruling.pair_faults_of(case.who[one], case.who[other])
    gains = case.gain_of(one, other)
    return ~(barred[:here] | barred[here:]), faults[:here] + faults[here:], gains[:here] + gains[here:]
